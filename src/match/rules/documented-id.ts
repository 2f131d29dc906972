/** An id that leaves something out, and what its gateway's documentation says that it calls. */
import { DOCUMENTED_IDS } from "../aliases.ts";
import { splitHubId, type ClaimRule } from "../claim.ts";

export const documentedId: ClaimRule = {
  name: "documented-id",
  claim: ({ gateway, id }) => {
    const documented = DOCUMENTED_IDS.get(`${gateway}/${id.toLowerCase()}`);
    const parts = documented && splitHubId(documented.model);
    return (
      documented &&
      parts && { ...parts, standing: "stated", evidence: `${gateway} documents it: ${documented.source}` }
    );
  },
};
