/** `modeldex sources`: every source, how it is, and what it waits for. */
import { sourceList } from "../../http/answers/sources.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { readList, type SourceDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { age, count, counted, whatToSet } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "SOURCE", shrinksTo: 10 },
  { title: "GATEWAY" },
  { title: "LAST RUN" },
  { title: "COVERAGE" },
  { title: "OFFERS", align: "right" },
  { title: "READ" },
  { title: "HELD", align: "right" },
  { title: "FINDINGS", align: "right" },
  { title: "NOTE", shrinksTo: 16 },
];

export async function sources(host: Host, flags: Flags): Promise<ExitCode> {
  const settings = settingFlags(flags);
  return withApplication(host.open.reading(settings), async (application) => {
    const staleness = { now: host.clock.now(), staleAfterMs: host.staleAfterMs(settings) };
    const answer = await sourceList(application, staleness, []);
    if (flags["json"] === true) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<SourceDocument>(answer);
    if (list.data.length > 0) host.out.write(table(host.out, COLUMNS, list.data.map(row)));
    host.out.write(`${counted(list.data.length, "source")}; read them with: modeldex sync\n`);
    return 0;
  });
}

function row(source: SourceDocument): readonly string[] {
  const read = age(source.age_seconds === undefined ? undefined : source.age_seconds * 1_000);
  return [
    source.id,
    source.gateway,
    source.last_run?.outcome ?? "",
    source.coverage?.kind ?? "",
    count(source.offers),
    source.stale && source.age_seconds !== undefined ? `${read}, stale` : read,
    source.held === 0 ? "" : count(source.held),
    source.findings === 0 ? "" : count(source.findings),
    note(source),
  ];
}

function note({ lacks, held, last_run: run }: SourceDocument): string {
  if (run?.error !== undefined) return `${run.error.code}: ${run.error.message}`;
  if (held > 0 && run !== undefined) return `to apply what is held: modeldex accept ${run.id}`;
  return lacks === undefined ? (run?.reason ?? "") : whatToSet(lacks);
}
