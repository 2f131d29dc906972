/** A bare name at a gateway of many labs: its first word may belong to one lab alone, and the rest must be known of it. */
import { bareName, type ClaimRule } from "../claim.ts";
import { labOfFamily } from "../labs.ts";

export const parsedName: ClaimRule = {
  name: "parsed-name",
  claim: (reading) => {
    const name = bareName(reading);
    const lab = name === undefined ? undefined : labOfFamily(name);
    return name === undefined || lab === undefined
      ? undefined
      : { lab: lab.id, name, evidence: `the name is one of ${lab.name}'s, and is known from elsewhere` };
  },
};
