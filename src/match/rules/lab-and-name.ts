/** The id itself, where its gateway names models by lab and name. */
import { splitLabName, type ClaimRule, type Reading } from "../claim.ts";
import { labSpelled } from "../labs.ts";

export const labAndName: ClaimRule = {
  name: "lab-and-name",
  claim: (reading) => {
    const parts = partsOf(reading);
    if (parts === undefined || isHost(reading, parts.lab)) return undefined;
    const lab = labSpelled(parts.lab, parts.name);
    // Before the slash anything may stand, where the gateway does not say that it is the lab.
    if (lab === undefined && reading.names.ids !== "lab-name") return undefined;
    return {
      lab: lab?.id ?? parts.lab,
      name: parts.name,
      standing: "gateway",
      evidence: `${reading.gateway} names models by lab and name`,
    };
  },
};

function partsOf({ id, names }: Reading) {
  if (names.ids !== "lab.name") return splitLabName(id);
  const dot = id.indexOf(".");
  return dot <= 0 ? undefined : { lab: id.slice(0, dot), name: id.slice(dot + 1) };
}

function isHost({ names }: Reading, word: string): boolean {
  return names.hosts?.includes(word) === true;
}
