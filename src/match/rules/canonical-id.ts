/** The model that a gateway's own list names behind an id, where that list keeps one name for one model. */
import { splitLabName, type ClaimRule } from "../claim.ts";
import { labSpelled } from "../labs.ts";
import { additions, parseName } from "../name.ts";

export const canonicalId: ClaimRule = {
  name: "canonical-id",
  claim: ({ id, names, facts }) => {
    const parts = facts.canonicalId === undefined ? undefined : splitLabName(facts.canonicalId);
    if (names.statesCanonicalIds !== true || parts === undefined) return undefined;
    const lab = labSpelled(parts.lab, parts.name);
    // An id without a date stands for the dated model of the day: that is where it points, not what it is.
    const added = additions(parseName(id, lab?.ownWords), parseName(parts.name, lab?.ownWords));
    if (added?.includes("dates") === true) return undefined;
    return {
      lab: lab?.id ?? parts.lab,
      name: parts.name,
      standing: "lab",
      evidence: `the source states the canonical id ${facts.canonicalId}`,
    };
  },
};
