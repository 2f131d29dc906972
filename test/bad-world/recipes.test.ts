/** Every recipe, on every page of a list of every kind: good data stays, the reason is named, and the next good answer heals. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ERRORS } from "../../src/domain/errors.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { FAULTS, type NamedRecipe } from "../simulator/faults.ts";
import { pagedBody } from "../simulator/paged.ts";
import { ALL_KINDS, hostOf, listOf, PAGE_SIZE, rows, sourceOf, type Row } from "./kinds.ts";
import { endOf, POSITIONS, verdictOf, type Position } from "./recipes.ts";
import { offersIn, openWorld, type Served } from "./world.ts";

const BEFORE = rows(3 * PAGE_SIZE);
/** What is true while the world is bad, and after: one offer renamed, one gone, one new. */
const AFTER: readonly Row[] = [
  ...BEFORE.map((row) => (row.id === "m-1" ? { ...row, name: "Renamed" } : row)).filter(
    ({ id }) => id !== "m-8",
  ),
  ...rows(1, 10),
];

const CASES = ALL_KINDS.flatMap((kind) =>
  (Object.keys(POSITIONS) as readonly Position[])
    .filter((position) => kind !== "single" || position === "page 1")
    .map((position) => {
      const id = `${kind}-${POSITIONS[position]}`;
      return { kind, position, pagesRead: POSITIONS[position] - 1, source: sourceOf(kind, id) };
    }),
);
const SOURCES = CASES.map(({ source }) => source);

let upstreams: Upstreams;
beforeAll(async () => {
  upstreams = await startUpstreams();
});
afterAll(() => upstreams.close());

/** A caller does not wait long in these. */
describe("latency", () => {
  test.each(FAULTS.latency)("$name", async (fault) => {
    expect(await suffer(fault, { attemptMs: 400 })).toEqual([]);
  });
});
describe("status", () => {
  test.each(FAULTS.status)("$name", async (fault) => {
    expect(await suffer(fault)).toEqual([]);
  });
});
describe("body", () => {
  test.each(FAULTS.body)("$name", async (fault) => {
    expect(await suffer(fault)).toEqual([]);
  });
});

/** What the fault did that it must not do. */
async function suffer(
  fault: NamedRecipe,
  limits: { readonly attemptMs?: number } = {},
): Promise<readonly string[]> {
  const world = await openWorld({ upstreams, limits });
  try {
    upstreams.clearFaults();
    upstreams.clearBodies();
    listing(BEFORE);
    const first = await world.sync(...SOURCES);
    expect(first.map(({ outcome }) => outcome)).toEqual(SOURCES.map(() => "complete"));
    const good = await world.served(...SOURCES);

    listing(AFTER);
    for (const { source, position } of CASES)
      upstreams.setFault({ host: hostOf(source.id), from: POSITIONS[position] }, fault);
    const reports = await world.sync(...SOURCES);
    const bad = await world.served(...SOURCES);
    expect(reports.map(endIn)).toEqual(
      CASES.map(({ kind, position, pagesRead, source }) =>
        [source.id, endOf(verdictOf(fault.name, kind, position), pagesRead)].join(": "),
      ),
    );
    const faults = reports.flatMap((report) => [...unnamed(report), ...harm(report, good, bad)]);

    upstreams.clearFaults();
    const healed = await world.sync(...SOURCES);
    expect(healed.map(endIn)).toEqual(SOURCES.map(({ id }) => `${id}: complete whole`));
    const after = await world.served(...SOURCES);
    for (const { id } of SOURCES) {
      expect(offersIn(after.get(id))).toEqual(AFTER.map((row) => `${id}/unstated/${row.id}`).toSorted());
      expect(after.get(id)?.get(`${id}/unstated/m-1`)).toContain('"Renamed"');
    }
    return faults;
  } finally {
    await world.close();
  }
}

function listing(items: readonly Row[]): void {
  for (const { kind, source } of CASES)
    upstreams.setBody(listOf(source.id), pagedBody({ paging: kind, pageSize: PAGE_SIZE, items }));
}

function endIn({ source, outcome, error, coverage }: RunReport): string {
  return `${source}: ${outcome} ${error?.code ?? coverage?.kind ?? "nothing"}`;
}

/** Every verdict says why, in the words of the table and where it happened. */
function unnamed({ source, outcome, error, coverage }: RunReport): readonly string[] {
  const faults: string[] = [];
  if (outcome !== "complete" && outcome !== "unchanged") {
    if (error === undefined) faults.push("no error");
    else if (error.message.length <= ERRORS[error.code].means.length + 2) faults.push("no detail");
    else if (!error.message.startsWith(ERRORS[error.code].means)) faults.push("other words");
  }
  if (outcome === "partial" && coverage?.evidence.includes(error?.message ?? "nothing") !== true)
    faults.push("no evidence");
  if (coverage?.kind === "window" && coverage.evidence === "") faults.push("no evidence");
  return faults.map((what) => `${source}: ${what}`);
}

/** What must not have happened to the documents of this source. */
function harm(
  { source, outcome, removed }: RunReport,
  good: ReadonlyMap<string, Served>,
  bad: ReadonlyMap<string, Served>,
): readonly string[] {
  const was = good.get(source) ?? new Map<string, string>();
  const is = bad.get(source) ?? new Map<string, string>();
  const gone = [...was.keys()].filter((id) => !is.has(id));
  switch (outcome) {
    case "failed":
    case "rejected":
    case "unchanged":
      return JSON.stringify([...was]) === JSON.stringify([...is]) && was.size > 0
        ? []
        : [`${source}: what is served changed`];
    case "complete":
      // Only the recipes that do no harm at all end like this, and a window removes nothing.
      return gone.length === removed * 2 ? [] : [`${source}: ${gone.join(" ")} are gone`];
    case "partial":
    case "held":
    case "skipped":
      return gone.length + removed === 0 ? [] : [`${source}: ${gone.join(" ")} are gone`];
  }
}
