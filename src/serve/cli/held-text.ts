/** What a sync held back, by name: whoever accepts it should have seen it. */
import type { Report } from "../../domain/run.ts";
import type { Memory } from "../application.ts";
import { plain } from "./plain.ts";
import { counted } from "./words.ts";

const SHOWN_MAX = 12;
/** More than this many are not counted one by one. */
const FINDINGS_MAX = 1_000;
const KINDS = [
  { kind: "held-removal", one: "removal", several: "removals" },
  { kind: "held-price", one: "price", several: "prices" },
] as const;

export async function heldText(ledger: Memory, reports: readonly Report[]): Promise<string> {
  const lines: string[] = [];
  for (const { source } of reports.filter(({ held }) => held > 0)) {
    for (const { kind, one, several } of KINDS) {
      const found = await ledger.findings({ source, kind, limit: FINDINGS_MAX });
      const names = found.slice(0, SHOWN_MAX).map(({ subject }) => subject);
      const rest = found.length - names.length;
      if (names.length > 0)
        lines.push(
          `${source}: ${counted(found.length, one, several)} held: ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
        );
    }
  }
  return lines.map((line) => `${plain(line)}\n`).join("");
}
