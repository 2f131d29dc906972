/** The contradictions of a revision, as findings: so many of each source, and how many more there are. */
import type { SourcedFinding } from "../domain/finding.ts";
import type { LinkedOffer } from "./documents.ts";

/** Of one source: enough to see what is wrong with it. */
const CONFLICTS_MAX = 200;

export function conflictsIn(offers: readonly LinkedOffer[]): readonly SourcedFinding[] {
  const bySource = Map.groupBy(
    offers.flatMap(({ conflicts }) => conflicts),
    ({ source }) => source,
  );
  return [...bySource].flatMap(([source, found]): readonly SourcedFinding[] => {
    const rest = found.length - CONFLICTS_MAX;
    if (rest <= 0) return found;
    const message = `${rest} more offers are contradicted; modeldex accuracy ${source} counts the prices`;
    return [...found.slice(0, CONFLICTS_MAX), { kind: "conflict", source, subject: "more", message }];
  });
}
