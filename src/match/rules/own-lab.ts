/** A bare name at the gateway of the lab that made the model. */
import { bareName, type ClaimRule } from "../claim.ts";
import { labOfFamily } from "../labs.ts";

export const ownLab: ClaimRule = {
  name: "own-lab",
  claim: (reading) => {
    const name = bareName(reading);
    const { lab } = reading.names;
    if (name === undefined || lab === undefined) return undefined;
    const family = labOfFamily(name);
    // A lab's gateway may serve what others made.
    if (family !== undefined && family.id !== lab) return undefined;
    return { lab, name, standing: "lab", evidence: `${reading.gateway} is the lab's own gateway` };
  },
};
