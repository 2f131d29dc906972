/** The offers of which nobody says which model they are, as findings for review: so many of each source. */
import type { SourcedFinding } from "../domain/finding.ts";
import type { LinkedOffer } from "./documents.ts";

/** Of one source: enough to see what is wrong with it. */
const DOUBTS_MAX = 500;

export function doubtsIn(offers: readonly LinkedOffer[]): readonly SourcedFinding[] {
  const bySource = Map.groupBy(
    offers.flatMap((offer) => doubt(offer) ?? []),
    ({ source }) => source,
  );
  return [...bySource].flatMap(([source, found]): readonly SourcedFinding[] => {
    const rest = found.length - DOUBTS_MAX;
    if (rest <= 0) return found;
    const message = `${rest} more offers of ${source} are models of their own`;
    return [...found.slice(0, DOUBTS_MAX), { kind: "identity", source, subject: "more", message }];
  });
}

function doubt({ id, source, link }: LinkedOffer): SourcedFinding | undefined {
  const { rule, evidence, candidates = [] } = link;
  if (rule === "ambiguous")
    return {
      kind: "identity",
      source,
      subject: id,
      message: `may be ${candidates.join(" or ")}: ${evidence}`,
    };
  if (rule === "unlinked")
    return { kind: "identity", source, subject: id, message: "no rule says which model it is" };
  return undefined;
}
