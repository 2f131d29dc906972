/** Recorded series become the past: day by day what the bodies themselves say, before what is already there. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoredListing } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { startUpstreams } from "../../tools/upstreams/server.ts";
import { listOf, textOf } from "./lists.ts";
import { PlainDiff, type Difference } from "./plain-diff.ts";
import { newHome, type Home } from "./program.ts";
import { daysOf, directory, rowsOf, type Day } from "./recorded.ts";

const JULY = daysOf("https://openrouter.ai/api/v1/models?output_modalities=all", "2026-07-01", "2026-08-05");
const CHUTES = daysOf("https://llm.chutes.ai/v1/models", "2026-06-01", "2026-08-31");
const MOVED = "z-ai/glm-5.2";

interface Imported {
  readonly sources: readonly { readonly source: string; readonly answers: readonly Answer[] }[];
}

interface Answer {
  readonly at: string;
  readonly files: readonly string[];
  readonly left_out?: string;
  readonly run?: { readonly outcome: string; readonly [count: string]: unknown };
}

/** The bodies of a year before are another story, which `older-bodies` tells. */
const SERIES_FROM = "2026-05";

let home: Home;
let imported: Imported;

beforeAll(async () => {
  home = newHome({});
  seriesIn(home);
  imported = await importInto(home, ["openrouter", "chutes", "xai"]);
});

afterAll(() => home.drop());

/** The recordings of the series alone: an index of their own, beside the same files. */
function seriesIn(of: Home): void {
  const all = JSON.parse(readFileSync(join(directory(), "index.json"), "utf8")) as readonly {
    readonly recordedAt: string | null;
  }[];
  const series = all.filter(({ recordedAt }) => recordedAt !== null && recordedAt >= SERIES_FROM);
  mkdirSync(join(of.path, "series"));
  writeFileSync(join(of.path, "series/index.json"), JSON.stringify(series));
  for (const folder of readdirSync(directory(), { withFileTypes: true }))
    if (folder.isDirectory())
      symlinkSync(join(directory(), folder.name), join(of.path, "series", folder.name));
}

async function importInto(into: Home, sources: readonly string[]): Promise<Imported> {
  const answer: unknown = await into.ask([
    "import",
    join(home.path, "series"),
    "--source",
    sources.join(","),
  ]);
  return answer as Imported;
}

function answersOf(source: string, all = imported): readonly Answer[] {
  return all.sources.find((each) => each.source === source)?.answers ?? [];
}

function runOn(source: string, { date }: Day): Answer["run"] {
  return answersOf(source).find(({ at }) => at.startsWith(date))?.run;
}

test("every dated answer is read, none is rejected", () => {
  for (const source of ["openrouter", "chutes", "xai"]) {
    const outcomes = answersOf(source).map(({ run }) => run?.outcome);
    expect(outcomes.filter((outcome) => outcome !== "complete" && outcome !== "held")).toEqual([]);
  }
  expect(answersOf("openrouter").length).toBe(JULY.length);
  expect(answersOf("chutes").length).toBe(CHUTES.length);
});

describe("openrouter", () => {
  const expected = new Map<string, Difference>();
  beforeAll(() => {
    const diff = new PlainDiff();
    for (const { date, file } of JULY) expected.set(date, diff.next(listOf(file)));
  });

  test.each(JULY)("$date: added, returned, removed and held are those of the bodies", (day) => {
    const difference = expected.get(day.date);
    expect(runOn("openrouter", day)).toMatchObject({
      added: difference?.added.size,
      returned: difference?.returned.size,
      removed: difference?.removed.size,
      held: (difference?.heldRemovals.size ?? 0) + (difference?.heldPrices.size ?? 0),
      rejected: 0,
    });
  });

  test("the past is what it was: as of each day exactly the offers that were believed", async () => {
    const diff = new PlainDiff();
    const believed = new Set<string>();
    await withLedger(home, async (listingsAt) => {
      for (const { date, file } of JULY) {
        const { added, returned, removed } = diff.next(listOf(file));
        for (const id of [...added, ...returned]) believed.add(id);
        for (const id of removed) believed.delete(id);
        const then = await listingsAt(date);
        expect(new Set(then.map(({ nativeId }) => nativeId)), `on ${date}`).toEqual(believed);
      }
    });
  });

  test(`the price of ${MOVED} moves as often as its bodies say`, async () => {
    const stated = JULY.map(({ date, file }) => ({
      date,
      sheet: [...(listOf(file).get(MOVED) ?? [])].join(),
    }));
    const moves = stated.filter(({ sheet }, index) => index > 0 && sheet !== stated[index - 1]?.sheet);
    console.info(`${MOVED}: ${moves.length} moves of price in ${JULY.length} days`);
    expect(moves.length).toBeGreaterThan(5);
    await withLedger(home, async (listingsAt) => {
      const prices: string[] = [];
      for (const { date } of JULY) {
        const listing = (await listingsAt(date)).find(({ nativeId }) => nativeId === MOVED);
        prices.push(JSON.stringify(listing?.facts.prices));
      }
      const seen = JULY.filter((_day, index) => index > 0 && prices[index] !== prices[index - 1]);
      expect(seen.map(({ date }) => date)).toEqual(moves.map(({ date }) => date));
    });
  });
});

test("chutes: the time of the poll and the exchange rate change nothing, and all else does", () => {
  const texts = CHUTES.map(({ file }) => new Map(rowsOf(file).map((row) => [row.id, textOf(row)])));
  for (const [index, day] of CHUTES.entries()) {
    const [before, now] = [texts[index - 1], texts[index] ?? new Map<string, string>()];
    if (before === undefined) continue;
    const changed = [...now].filter(([id, text]) => before.has(id) && before.get(id) !== text);
    const run = runOn("chutes", day);
    expect(run, `on ${day.date}`).toMatchObject({
      changed: changed.length,
      removed: [...before.keys()].filter((id) => !now.has(id)).length,
      held: 0,
    });
    expect(Number(run?.["added"]) + Number(run?.["returned"]), `on ${day.date}`).toBe(
      [...now.keys()].filter((id) => !before.has(id)).length,
    );
  }
});

test("xai: 16 become 7 only when a later list says so again", () => {
  const held = answersOf("xai").map(({ at, run }) => [at.slice(0, 10), run?.["held"], run?.["removed"]]);
  expect(held.find(([date]) => date === "2026-05-16")).toEqual(["2026-05-16", expect.any(Number), 0]);
  expect(Number(held.find(([date]) => date === "2026-05-16")?.[1])).toBeGreaterThan(3);
});

test("imported again, nothing is read", async () => {
  const before = home.rows("run");
  const again = await importInto(home, ["openrouter", "chutes", "xai"]);
  const read = again.sources.flatMap(({ answers }) => answers.filter(({ left_out: why }) => why !== "known"));
  expect(read).toEqual([]);
  expect(home.rows("run")).toBe(before);
});

test("behind a present that was read first, the past is the same, and the present stays as it was", async () => {
  const upstreams = await startUpstreams({ directory: directory(), at: "2026-08-05" });
  const late = newHome({ MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: "openrouter" });
  try {
    await late.ask(["sync"]);
    const before = await withLedger(late, (listingsAt) => listingsAt(undefined));
    await importInto(late, ["openrouter"]);
    const after = await withLedger(late, (listingsAt) => listingsAt(undefined));
    const factsOf = (listings: readonly StoredListing[]) =>
      listings.map(({ nativeId, facts, lastSeen }) => ({ nativeId, facts, lastSeen }));
    expect(factsOf(after)).toEqual(factsOf(before));
    for (const { date } of JULY.slice(0, -1)) {
      const [mine, its] = await Promise.all(
        [late, home].map((one) => withLedger(one, (listingsAt) => listingsAt(date))),
      );
      expect(factsOf(mine ?? []), `on ${date}`).toEqual(factsOf(its ?? []));
    }
  } finally {
    await upstreams.close();
    late.drop();
  }
});

/** Listings as of a day, or now. */
type ListingsAt = (date: string | undefined) => Promise<readonly StoredListing[]>;

async function withLedger<Result>(
  of: Home,
  use: (listingsAt: ListingsAt) => Promise<Result>,
): Promise<Result> {
  const url = join(of.settings["MODELDEX_HOME"] ?? "", "modeldex.db");
  const ledger = await openLedger({ url, now: Date.now });
  try {
    return await use(async (date) => {
      const listings =
        date === undefined
          ? ledger.openListings()
          : ledger.listingsAsOf(Date.parse(date), Number.MAX_SAFE_INTEGER);
      return (await Array.fromAsync(listings)).filter(({ source }) => source === "openrouter");
    });
  } finally {
    await ledger.close();
  }
}
