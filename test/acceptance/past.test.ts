/** Recorded answers become the past: day by day what the bodies themselves say, in lists and in changes, before what is there. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoredListing } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { startUpstreams } from "../../tools/upstreams/server.ts";
import { listOf, textOf } from "./lists.ts";
import { PlainDiff, type Difference } from "./plain-diff.ts";
import { newHome, type Document, type Home, type Json, type Served } from "./program.ts";
import { daysOf, directory, rowsOf, type Day } from "./recorded.ts";

/** Lists of the year before come first: the series begins with what they left. */
const JULY = daysOf("https://openrouter.ai/api/v1/models?output_modalities=all", "2026-07-01", "2026-08-05");
const OPENROUTER = daysOf("https://openrouter.ai/api/v1/models", "2025-07-02", "2026-08-05").filter(
  ({ file }) => !file.includes("endpoints") && !file.includes("providers"),
);
const CHUTES = daysOf("https://llm.chutes.ai/v1/models", "2025-01-01", "2026-08-31");
const XAI = daysOf("https://api.x.ai/v1/models", "2025-01-01", "2026-08-31");
const MOVED = "z-ai/glm-5.2";

interface Imported {
  readonly changes: number;
  readonly sources: readonly { readonly source: string; readonly answers: readonly Answer[] }[];
}

interface Answer {
  readonly at: string;
  readonly files: readonly string[];
  readonly left_out?: string;
  readonly run?: { readonly outcome: string; readonly [count: string]: unknown };
}

let home: Home;
let imported: Imported;
/** Every change, in the order of its day. */
let listed: readonly Change[];

beforeAll(async () => {
  home = newHome({});
  imported = await importInto(home, ["openrouter", "chutes", "xai"]);
  listed = await changesOf(home);
});

afterAll(() => home.drop());

async function importInto(into: Home, sources: readonly string[]): Promise<Imported> {
  const answer: unknown = await into.ask(["import", directory(), "--source", sources.join(",")]);
  return answer as Imported;
}

interface Change extends Document {
  readonly at: string;
  readonly subject: string;
  readonly subject_id: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly cause: string;
  readonly gateway?: string;
  readonly imported?: boolean;
}

type Page = Json & { readonly next_cursor?: string };

async function paged(ask: (cursor: string | undefined) => Promise<Json>): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let cursor: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next begins
    const page = (await ask(cursor)) as Page;
    // `/v1/changes` lists changes.
    changes.push(...(page.data as readonly Change[]));
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return changes;
}

function changesOf(of: Home): Promise<readonly Change[]> {
  return paged((cursor) =>
    of.ask([
      "changes",
      "--since",
      "2025-01-01",
      "--limit",
      "1000",
      ...(cursor === undefined ? [] : ["--cursor", cursor]),
    ]),
  );
}

/** The native ids of offers. */
function idsOf(changes: readonly Change[], kind: string): ReadonlySet<string> {
  return new Set(
    changes
      .filter((change) => change.kind === kind)
      .map(({ subject_id: id }) => id.split("/").slice(2).join("/")),
  );
}

function saidOf({ at, subject_id: id, kind, topics, ...change }: Change): string {
  return JSON.stringify([at, id, kind, topics, change["fields"]]);
}

function countedByKind(changes: readonly Change[]) {
  const count = (subject: string, kind: string) =>
    changes.filter((change) => change.subject === subject && change.kind === kind).length;
  return {
    added: count("offer", "added"),
    changed: count("offer", "changed"),
    removed: count("offer", "removed"),
    returned: count("offer", "returned"),
    models: changes.filter(({ subject }) => subject === "model").length,
  };
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
  expect(answersOf("openrouter").length).toBe(OPENROUTER.length);
  expect(answersOf("chutes").length).toBe(CHUTES.length);
  expect(answersOf("xai").length).toBe(XAI.length);
});

describe("openrouter", () => {
  const expected = new Map<string, Difference>();
  beforeAll(() => {
    const diff = new PlainDiff();
    for (const { date, file } of OPENROUTER) expected.set(date, diff.next(listOf(file)));
  });

  test.each(JULY)("$date: added, returned and removed are those of the bodies", (day) => {
    const difference = expected.get(day.date);
    expect(runOn("openrouter", day)).toMatchObject({
      added: difference?.added.size,
      returned: difference?.returned.size,
      removed: difference?.removed.size,
      rejected: 0,
    });
  });

  // The list before the first is a year old, and asked for less: its prices are not of the same parts.
  test.each(JULY.slice(1))("$date: held are those of the bodies", (day) => {
    const { heldRemovals, heldPrices } = expected.get(day.date) ?? {};
    expect(runOn("openrouter", day)).toMatchObject({
      held: (heldRemovals?.size ?? 0) + (heldPrices?.size ?? 0),
    });
  });

  test.each(JULY.slice(1))("$date: the changes that are listed are those of the bodies", ({ date }) => {
    const offers = listed.filter(
      ({ at, subject, gateway }) =>
        at === `${date}T00:00:00Z` && subject === "offer" && gateway === "openrouter",
    );
    const difference = expected.get(date);
    expect(idsOf(offers, "added")).toEqual(difference?.added);
    expect(idsOf(offers, "returned")).toEqual(difference?.returned);
    expect(idsOf(offers, "removed")).toEqual(difference?.removed);
    const repriced = offers.filter(({ topics }) => topics.includes("price"));
    expect(idsOf(repriced, "changed")).toEqual(difference?.repriced);
    expect(
      offers.filter(({ cause, imported: isImported }) => cause !== "upstream" || isImported !== true),
    ).toEqual([]);
  });

  test("the past is what it was: as of each day exactly the offers that were believed", async () => {
    const diff = new PlainDiff();
    const believed = new Set<string>();
    await withLedger(home, async (listingsAt) => {
      for (const { date, file } of OPENROUTER) {
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
    const question = ["--model", MOVED, "--subject", "offer", "--gateway", "openrouter", "--topic", "price"];
    const { data: stories } = await home.ask(["changes", "--stories", ...question, "--since", "2026-07-13"]);
    expect(stories).toMatchObject([
      {
        count: moves.length,
        first_at: `${moves[0]?.date}T00:00:00Z`,
        last_at: `${moves.at(-1)?.date}T00:00:00Z`,
      },
    ]);
    console.info(`${MOVED}: ${stories.length} story of ${String(stories[0]?.["count"])} changes`);
  });
});

describe("chutes: the time of the poll and the exchange rate change nothing, and all else does", () => {
  const texts = CHUTES.map(({ file }) => new Map(rowsOf(file).map((row) => [row.id, textOf(row)])));
  const idsOn = (index: number) => new Set(texts[index]?.keys());
  /** The list of the year before shares nothing with the series: what it held went when the next day said so again. */
  const gone = idsOn(0).difference(idsOn(1));

  test.each(CHUTES.slice(2).map((day, index) => ({ ...day, index: index + 2 })))(
    "$date",
    ({ index, ...day }) => {
      const [before, now] = [
        texts[index - 1] ?? new Map<string, string>(),
        texts[index] ?? new Map<string, string>(),
      ];
      const changed = new Set(
        [...now.keys()].filter((id) => before.has(id) && before.get(id) !== now.get(id)),
      );
      const removed = idsOn(index - 1)
        .difference(idsOn(index))
        .union(index === 2 ? gone : new Set());
      const fresh = idsOn(index).difference(idsOn(index - 1));
      const run = runOn("chutes", day);
      expect(run).toMatchObject({ changed: changed.size, removed: removed.size, held: 0 });
      expect(Number(run?.["added"]) + Number(run?.["returned"])).toBe(fresh.size);

      const offers = listed.filter(
        ({ at, subject, gateway }) =>
          at === `${day.date}T00:00:00Z` && subject === "offer" && gateway === "chutes",
      );
      expect(idsOf(offers, "removed")).toEqual(removed);
      expect(idsOf(offers, "added").union(idsOf(offers, "returned"))).toEqual(fresh);
      expect(idsOf(offers, "changed")).toEqual(changed);
    },
  );
});

test("xai: 16 become 7 only when a later list says so again", () => {
  const ids = (date: string) =>
    new Set(rowsOf(XAI.find((day) => day.date === date)?.file ?? "").map(({ id }) => id));
  const [full, short, later] = [ids("2026-05-06"), ids("2026-05-16"), ids("2026-05-21")];
  const missing = full.difference(short);
  expect([full.size, short.size]).toEqual([16, 7]);
  const run = answersOf("xai").find(({ at }) => at.startsWith("2026-05-16"))?.run;
  expect(run).toMatchObject({ outcome: "held", held: missing.size, removed: 0 });
  const removedOn = (date: string) =>
    idsOf(
      listed.filter(
        ({ at, subject, gateway }) => at === `${date}T00:00:00Z` && subject === "offer" && gateway === "xai",
      ),
      "removed",
    );
  expect(removedOn("2026-05-16")).toEqual(new Set());
  expect(removedOn("2026-05-21")).toEqual(full.union(short).difference(later));
});

describe("the changes of the weeks in which they were recorded", () => {
  let served: Served;
  beforeAll(async () => {
    // Nothing answers there: what is served is what was imported.
    served = await home.serve({
      MODELDEX_MIRROR: "http://127.0.0.1:9",
      MODELDEX_SOURCES: "openrouter,chutes,xai",
    });
  });
  afterAll(() => served.stop());

  test("are the same over HTTP, page by page, in the order of their days", async () => {
    const asked = await paged((cursor) =>
      served.get(
        `/v1/changes?since=2026-07-13&until=2026-08-06&limit=100${cursor === undefined ? "" : `&cursor=${cursor}`}`,
      ),
    );
    const inWindow = listed.filter(({ at }) => at >= "2026-07-13" && at < "2026-08-06");
    expect(asked.map(({ id }) => id)).toEqual(inWindow.map(({ id }) => id));
    expect(asked.map(({ at }) => at)).toEqual(asked.map(({ at }) => at).toSorted());
    const counts = Map.groupBy(inWindow, ({ at }) => at.slice(0, 10));
    console.table(Object.fromEntries([...counts].map(([date, its]) => [date, countedByKind(its)])));
  });

  test("tell of models too: one that went and did not come back is gone, and the day is known", async () => {
    const fates = new Map(
      listed.filter(({ subject }) => subject === "model").map((change) => [change.subject_id, change]),
    );
    const gone = [...fates.values()].filter(({ kind, at }) => kind === "removed" && at >= "2026-07-14");
    expect(gone.length).toBeGreaterThan(20);
    let moved = 0;
    for (const { subject_id: id, at } of gone) {
      const answer = await fetch(
        `${served.url}/v1/models/${id.startsWith("~") ? encodeURIComponent(id) : id}`,
      );
      const said = (await answer.json()) as { readonly id?: string; readonly removed_at?: string };
      // It may go on under another id, to which this one leads.
      const goesOn = answer.status === 200 && said.id !== id;
      moved += goesOn ? 1 : 0;
      expect(goesOn || (answer.status === 410 && said.removed_at === at), `${id}: ${answer.status}`).toBe(
        true,
      );
    }
    console.info(`${gone.length} models went, ${moved} of them go on under another id`);
  });

  test("are history: no feed tells them", async () => {
    expect(await served.get("/v1/feed.json?cause=all&limit=200")).toMatchObject({ items: [] });
  });
});

test("imported again, nothing is read", async () => {
  const before = home.rows("run");
  const again = await importInto(home, ["openrouter", "chutes", "xai"]);
  const read = again.sources.flatMap(({ answers }) => answers.filter(({ left_out: why }) => why !== "known"));
  expect(read).toEqual([]);
  expect(home.rows("run")).toBe(before);
  expect(again.changes).toBe(0);
  expect(home.rows("change")).toBe(listed.length);
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
    // What went between the last recording and the first reading went on the day of that reading.
    const told = await changesOf(late);
    const toldOf = (some: readonly Change[]) =>
      some
        .filter(
          ({ at, gateway, subject }) => at < "2026-08-05" && gateway === "openrouter" && subject === "offer",
        )
        .map(saidOf);
    expect(new Set(toldOf(told))).toEqual(new Set(toldOf(listed)));
    expect(told.filter(({ imported: isImported }) => isImported !== true)).toEqual([]);
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
