/** `modeldex import`: recorded answers become the past of the ledger. */
import type { ImportedAnswer, SourceImport } from "../../../domain/imported.ts";
import type { ImportResult } from "../../past.ts";
import { runReport } from "../../http/answers/run-report.ts";
import { settingFlags, type Flags } from "../ask.ts";
import type { ExitCode, Host } from "../host.ts";
import { plain, plainJson } from "../plain.ts";
import { redrawn } from "../redrawn.ts";
import { table, type Column } from "../table.ts";
import { count, counted } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "SOURCE" },
  { title: "FROM" },
  { title: "TO" },
  { title: "ANSWERS", align: "right" },
  { title: "READ", align: "right" },
  { title: "KNOWN", align: "right" },
  { title: "BETWEEN", align: "right" },
  { title: "REJECTED", align: "right" },
  { title: "CHANGES" },
  { title: "NOTE", shrinksTo: 20 },
];

/** Files that are named in the account; `--json` names all. */
const NAMED_MAX = 20;

export async function importRecordings(host: Host, directory: string, flags: Flags): Promise<ExitCode> {
  const mode = flags["dryRun"] === true ? "plan" : "read";
  const named = typeof flags["source"] === "string" ? flags["source"].split(",") : [];
  const stop = new AbortController();
  const line = redrawn(host);
  void stopOnSignal();
  const past = await host.open.past(settingFlags(flags));
  try {
    const result = await past
      .importRecordings(directory, {
        sources: named.map((name) => name.trim()).filter((name) => name !== ""),
        mode,
        signal: stop.signal,
        onAnswer: (source, { at }, done, total) =>
          line.show(`${source}: ${count(done)} of ${counted(total, "answer")}, ${dayOf(at)}`),
        onTelling: (at) => line.show(`what changed: ${dayOf(at)}`),
      })
      .finally(line.clear);
    if (flags["json"] === true) host.out.write(plainJson(`${JSON.stringify(documentOf(result, mode))}\n`));
    else host.out.write(textOf(host, result, mode));
    return stop.signal.aborted ? 1 : exitCode(result);
  } finally {
    await past.close();
  }

  async function stopOnSignal(): Promise<void> {
    const signal = await host.untilStopped();
    line.clear();
    host.err.write(`${signal}: stopping after this answer\n`);
    stop.abort();
  }
}

/** An answer that is there already is no failure; a directory without any that a source could read is one. */
function exitCode({ imports }: ImportResult): ExitCode {
  if (imports.length === 0) return 1;
  const reports = imports.flatMap(({ answers }) => answers.flatMap(({ report }) => report ?? []));
  const bad = reports.filter(isBad).length;
  if (reports.length > 0 && bad === reports.length) return 1;
  return bad > 0 || imports.some(({ note }) => note !== undefined) ? 3 : 0;
}

function isBad(report: NonNullable<ImportedAnswer["report"]>): boolean {
  return report.outcome === "rejected" || report.outcome === "failed" || report.outcome === "skipped";
}

function textOf(
  host: Host,
  { imports, leftOut, changes, revision }: ImportResult,
  mode: "read" | "plan",
): string {
  const troubles = imports.flatMap(({ source, answers }) =>
    answers.flatMap(({ files, report }) =>
      report?.error === undefined ? [] : [`${source}: ${files.join(", ")}: ${report.error.message}`],
    ),
  );
  const reasons = Map.groupBy(leftOut, ({ why }) => why);
  return [
    imports.length === 0
      ? "no answer in it is one that these sources could read\n"
      : table(
          host.out,
          COLUMNS,
          imports.map((each) => row(each, mode)),
        ),
    ...troubles.slice(0, NAMED_MAX).map((trouble) => `${plain(trouble)}\n`),
    troubles.length > NAMED_MAX ? `… and ${troubles.length - NAMED_MAX} more\n` : "",
    ...[...reasons].map(
      ([why, files]) => `left out, ${why}: ${plain(listed(files.map(({ file }) => file)))}\n`,
    ),
    mode === "plan"
      ? "nothing was read: this is what an import would do\n"
      : `${counted(changes, "change")} of the past; revision ${revision}\n`,
  ].join("");
}

function row({ source, answers, note }: SourceImport, mode: "read" | "plan"): readonly string[] {
  const reports = answers.flatMap(({ report }) => report ?? []);
  const sum = (of: (report: NonNullable<ImportedAnswer["report"]>) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const [first, last] = [answers.at(0), answers.at(-1)];
  const read = mode === "plan" ? answers.filter(({ why }) => why === undefined).length : reports.length;
  return [
    source,
    first === undefined ? "" : dayOf(first.at),
    last === undefined ? "" : dayOf(last.at),
    count(answers.length),
    count(read),
    blankZero(answers.filter(({ why }) => why === "known").length),
    blankZero(answers.filter(({ why }) => why === "between").length),
    blankZero(reports.filter(isBad).length),
    mode === "plan"
      ? ""
      : `+${sum(({ added }) => added)} ~${sum(({ changed }) => changed)} -${sum(({ removed }) => removed)} ↩${sum(({ returned }) => returned)}`,
    note ?? "",
  ];
}

function documentOf({ imports, leftOut, changes, revision }: ImportResult, mode: "read" | "plan"): object {
  return {
    object: "import",
    dry_run: mode === "plan",
    revision,
    changes,
    sources: imports.map(({ source, answers, note }) => ({
      source,
      note,
      answers: answers.map(({ at, files, why, report }) => ({
        at: new Date(at).toISOString(),
        files,
        left_out: why,
        run: report === undefined ? undefined : { id: report.runId, ...runReport(report) },
      })),
    })),
    left_out: leftOut,
  };
}

function listed(files: readonly string[]): string {
  const more = files.length > NAMED_MAX ? ` and ${files.length - NAMED_MAX} more` : "";
  return `${files.slice(0, NAMED_MAX).join(", ")}${more}`;
}

function blankZero(number: number): string {
  return number === 0 ? "" : count(number);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
