/** How well the rules do on the table of pairs, and every pair that they see otherwise. */

import type { Link } from "../../src/match/link.ts";
import { judgePairs, scoreOf, type Judged } from "../../test/match/pairs.ts";

export function pairsReport(): string {
  const { pairs, precision, recall, variantRecall, wrong } = scoreOf(judgePairs());
  return [
    `${pairs} pairs written by hand: precision ${share(precision)}, recall ${share(recall)}; of the variants ${share(variantRecall)} are found.`,
    `${wrong.length} are seen otherwise than the table has them:`,
    ...wrong.map(explained),
    "",
  ].join("\n");
}

function explained({ line, verdict, found, links }: Judged): string {
  return [`  ${line}`, `    ${verdict} in the table, ${found} by the rules`, ...links.map(linkText)].join(
    "\n",
  );
}

function linkText(link: Link | undefined): string {
  if (link === undefined) return "    no link";
  const candidates = link.candidates === undefined ? "" : ` (${link.candidates.join(", ")})`;
  return `    ${link.rule}: ${link.model}${candidates}: ${link.evidence}`;
}

function share(part: number): string {
  return part.toFixed(4);
}
