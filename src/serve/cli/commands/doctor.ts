/** `modeldex doctor`: what is wrong with the catalog, the ledger, the prices and the sources. */
import type { Diagnosis, Examination, Verdict } from "../../../domain/diagnosis.ts";
import { single } from "../../http/answers/envelope.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { table, type Column } from "../table.ts";
import { counted } from "../words.ts";

const CHECKS: readonly Column[] = [
  { title: "CHECK" },
  { title: "RESULT" },
  { title: "LOOKED AT", shrinksTo: 20 },
];
/** What a person reads of one check; `--json` has more. */
const SHOWN_MAX = 10;
const EXIT_CODES: { readonly [verdict in Diagnosis["verdict"]]: ExitCode } = {
  fine: 0,
  findings: 3,
  broken: 1,
};

export async function doctor(host: Host, flags: Flags): Promise<ExitCode> {
  const settings = settingFlags(flags);
  return withApplication(host.open.reading(settings), async (application) => {
    const staleAfterMs = host.staleAfterMs(settings);
    const diagnosis = await application.provenance.diagnose(host.clock.now(), staleAfterMs);
    if (flags["json"] === true) printJson(host, single({ object: "diagnosis", ...diagnosis }));
    else host.out.write(text(host, diagnosis));
    return EXIT_CODES[diagnosis.verdict];
  });
}

function text({ out }: Host, { checks, verdict }: Diagnosis): string {
  const rows = checks.map((check) => [check.check, resultOf(check), check.looked]);
  const details = checks.flatMap(({ check, found, symptoms }) => {
    if (found === 0) return [];
    const shown = symptoms
      .slice(0, SHOWN_MAX)
      .map(({ subject, message }) => `  ${plain(subject)}: ${plain(message)}\n`);
    const rest = found > shown.length ? `  and ${found - shown.length} more: --json\n` : "";
    return [`\n${out.colours.bold(check)}\n${shown.join("")}${rest}`];
  });
  return `${table(out, CHECKS, rows)}${details.join("")}\n${ENDS[verdict]}\n`;
}

const ENDS: { readonly [verdict in Diagnosis["verdict"]]: string } = {
  fine: "nothing is wrong",
  findings: "there are findings: they deserve a look, and nothing was changed",
  broken: "something is broken, and nothing was changed",
};

function resultOf({ verdict, found }: Examination): string {
  return verdict === "findings" ? counted(found, "finding") : RESULTS[verdict];
}

const RESULTS: { readonly [verdict in Exclude<Verdict, "findings">]: string } = {
  broken: "BROKEN",
  fine: "fine",
  skipped: "skipped",
};
