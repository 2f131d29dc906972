/** The strongest evidence in an upstream's own words: the model's id on the Hugging Face Hub. */
import { splitHubId, type ClaimRule } from "../claim.ts";

export const huggingFaceId: ClaimRule = {
  name: "hugging-face-id",
  claim: ({ id, names, facts }) => {
    const isHub = names.ids === "hub";
    const stated = isHub ? id : facts.huggingFaceId;
    const parts = stated === undefined ? undefined : splitHubId(stated);
    return (
      parts && {
        ...parts,
        standing: isHub ? "hub" : "stated",
        evidence: isHub ? "the id is the Hub's own" : `the source states the Hugging Face id ${stated}`,
      }
    );
  },
};
