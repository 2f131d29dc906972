/** A past that is imported is the past: as if it had been read when it was the present. */
import { gzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger, StoredListing } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { isDue } from "../../src/sync/schedule.ts";
import { BadDirectory, openDirectory } from "../../src/sync/past/directory.ts";
import { planOf } from "../../src/sync/past/plan.ts";
import { all, seeded } from "../ledger/making.ts";
import { openIn, places, type Room } from "../ledger/places.ts";
import { sourceOf } from "../worlds/lists.ts";
import {
  ADDRESS,
  ALPHA,
  bodyOf,
  day,
  directoryOf,
  importInto,
  instantOf,
  NOW,
  write,
  type Entry,
  type List,
} from "./recordings.ts";

const SEEDS = [1, 2, 3, 4];
/** Whatever is known by then. */
const EVER = Number.MAX_SAFE_INTEGER;
const DAYS = 12;
const OFFERS = 40;

/** Offers come, go and change, a few a day: none of it looks like a mistake. */
function series(seed: number): readonly Entry[] {
  const random = seeded(seed);
  let list: List = Object.fromEntries(Array.from({ length: OFFERS }, (_, index) => [`m${index}`, "0.001"]));
  return Array.from({ length: DAYS }, (_, index) => {
    const ids = Object.keys(list);
    const gone = ids[random(ids.length)];
    const changed = ids[random(ids.length)];
    list = Object.fromEntries([
      ...Object.entries(list).filter(([id]) => id !== gone || random(2) === 0),
      ...(changed === undefined ? [] : [[changed, `0.00${1 + random(3)}`]]),
      ...(random(2) === 0 ? [[`n${random(6)}`, "0.002"]] : []),
    ]);
    return { recordedAt: day(index + 1), list };
  });
}

for (const place of places()) {
  describe(`in ${place.name}`, () => {
    const rooms: Room[] = [];
    const ledgers: Ledger[] = [];
    const open = async () => {
      const room = await place.make();
      const ledger = await openIn(room);
      rooms.push(room);
      ledgers.push(ledger);
      return ledger;
    };
    afterEach(async () => {
      for (const ledger of ledgers.splice(0)) await ledger.close();
      for (const room of rooms.splice(0)) await room.clear();
    });
    afterAll(() => place.leave());

    for (const seed of SEEDS) {
      it(`a past imported behind the present is that of a ledger that read it in time (seed ${seed})`, async () => {
        const entries = series(seed);
        const whole = directoryOf(entries);
        const expected = await stateOf(await open(), [whole.path]);
        const cut = 1 + seeded(seed + 100)(DAYS - 2);
        const [past, present] = [directoryOf(entries.slice(0, cut)), directoryOf(entries.slice(cut))];
        // One place has one engine: what was said of the one is kept before the other is opened.
        const mixed = await open();
        const state = await stateOf(mixed, [present.path, past.path]);
        expect(state.now, `seed ${seed}, cut ${cut}`).toEqual(expected.now);
        expect(state.past, `seed ${seed}, cut ${cut}`).toEqual(expected.past);
        expect(await mixed.verify()).toEqual([]);
        for (const directory of [whole, past, present]) directory.drop();
      });
    }
  });
}

/** Imports one after the other, and says all that is then true now and was true on each day, but for why. */
async function stateOf(ledger: Ledger, directories: readonly string[]) {
  for (const [index, directory] of directories.entries())
    await importInto(ledger, directory, { now: NOW + index });
  const past: unknown[] = [];
  for (let at = 1; at <= DAYS; at += 1)
    past.push((await all(ledger.listingsAsOf(instantOf(at), EVER))).map(withoutCause));
  return { now: (await all(ledger.openListings())).map(withoutCause), past };
}

function withoutCause({ cause: _cause, ...listing }: StoredListing): unknown {
  return listing;
}

describe("an import", () => {
  let ledger: Ledger;
  const directories: { drop(): void }[] = [];
  beforeEach(async () => {
    ledger = await openLedger({ url: ":memory:", now: () => NOW });
  });
  afterEach(async () => {
    await ledger.close();
    for (const directory of directories.splice(0)) directory.drop();
  });

  const made = (entries: readonly Entry[]) => {
    const directory = directoryOf(entries);
    directories.push(directory);
    return directory.path;
  };
  const prices = async (listings: AsyncIterable<StoredListing>) =>
    Object.fromEntries(
      (await all(listings)).map(({ nativeId, facts }) => [nativeId, facts.prices?.[0]?.usd ?? ""]),
    );
  const now = () => prices(ledger.openListings());
  const asOf = (number: number, knownAt = EVER) => prices(ledger.listingsAsOf(instantOf(number), knownAt));

  it("leaves what is true now as it is, however much the past differs from it", async () => {
    await importInto(ledger, made([{ recordedAt: day(20), list: { a: "1", z: "5" } }]));
    const before = await now();
    const past = { ...Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`old${n}`, "9"])), a: "100" };
    await importInto(ledger, made([{ recordedAt: day(1), list: past }]), { now: NOW + 1 });
    expect(await now()).toEqual(before);
    expect(await asOf(1)).toEqual(past);
    expect(await asOf(19)).toEqual(past);
    expect(await asOf(20)).toEqual(before);
    expect(await ledger.verify()).toEqual([]);
  });

  it("says nothing of a past as it was known before", async () => {
    await importInto(ledger, made([{ recordedAt: day(20), list: { a: "1" } }]), { now: NOW });
    await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1", b: "2" } }]), { now: NOW + 1_000 });
    expect(await asOf(10, NOW)).toEqual({});
    expect(await asOf(20, NOW)).toEqual({ a: "1" });
    expect(await asOf(10, NOW + 60_000)).toEqual({ a: "1", b: "2" });
  });

  it("makes one version of what the past and the present say alike", async () => {
    await importInto(ledger, made([{ recordedAt: day(20), list: { a: "1" } }]));
    await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1" } }]), { now: NOW + 1 });
    const [listing] = await all(ledger.openListings());
    expect(listing).toMatchObject({
      firstSeen: instantOf(1),
      factsSince: instantOf(1),
      lastSeen: instantOf(20),
    });
  });

  it("reads nothing twice, and what was added to the directory", async () => {
    const entries = [
      { recordedAt: day(1), list: { a: "1" } },
      { recordedAt: day(2), list: { a: "2" } },
    ];
    const directory = made(entries);
    await importInto(ledger, directory);
    const runs = (await ledger.runs({ limit: 100 })).length;
    write(directory, [...entries, { recordedAt: day(3), list: { a: "3" } }]);
    const [again] = await importInto(ledger, directory, { now: NOW + 1 });
    expect(again?.answers.map(({ why }) => why)).toEqual(["known", "known", undefined]);
    expect((await ledger.runs({ limit: 100 })).length).toBe(runs + 1);
    expect(await now()).toEqual({ a: "3" });
  });

  it("knows a recording by its date and its bytes: the same bytes of another day are another one", async () => {
    await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1" } }]));
    const [imported] = await importInto(ledger, made([{ recordedAt: day(2), list: { a: "1" } }]));
    expect(imported?.answers[0]?.report).toMatchObject({ outcome: "unchanged" });
  });

  it.each([
    ["an HTML page", "<!doctype html><title>Login</title>"],
    ["a truncated list", bodyOf({ a: "1", b: "2" }).slice(0, 30)],
    ["nothing", ""],
    ["an error", '{"error":{"message":"no"}}'],
  ])("rejects %s as a run of its own, and goes on", async (_what, body) => {
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), list: { a: "1" } },
        { recordedAt: day(2), body },
        { recordedAt: day(3), list: { a: "3" } },
      ]),
    );
    expect(imported?.answers.map(({ report }) => report?.outcome)).toEqual([
      "complete",
      "rejected",
      "complete",
    ]);
    expect(await asOf(2)).toEqual({ a: "1" });
    expect(await now()).toEqual({ a: "3" });
  });

  it("rejects a broken body in a past behind the present, too", async () => {
    await importInto(ledger, made([{ recordedAt: day(20), list: { a: "1" } }]));
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), body: "<html>" },
        { recordedAt: day(2), list: { a: "0.5" } },
      ]),
      { now: NOW + 1 },
    );
    expect(imported?.answers.map(({ report }) => report?.outcome)).toEqual(["rejected", "complete"]);
    expect(await asOf(1)).toEqual({});
    expect(await asOf(3)).toEqual({ a: "0.5" });
    expect(await ledger.verify()).toEqual([]);
  });

  it("holds a mass removal of the past until the next day says it again", async () => {
    const full = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, "1"]));
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), list: full },
        { recordedAt: day(2), list: { m0: "1" } },
        { recordedAt: day(3), list: { m0: "1" } },
      ]),
    );
    expect(imported?.answers.map(({ report }) => [report?.held, report?.removed])).toEqual([
      [0, 0],
      [19, 0],
      [0, 19],
    ]);
    expect(Object.keys(await asOf(2))).toHaveLength(20);
    expect(await asOf(3)).toEqual({ m0: "1" });
  });

  it("calls what came, went and came back returned", async () => {
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), list: { a: "1", b: "1", c: "1" } },
        { recordedAt: day(2), list: { a: "1", c: "1" } },
        { recordedAt: day(3), list: { a: "1", b: "1", c: "1" } },
      ]),
    );
    expect(imported?.answers.map(({ report }) => [report?.added, report?.removed, report?.returned])).toEqual(
      [
        [3, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    );
  });

  it("leaves out what is dated while the ledger was reading the source itself", async () => {
    await importInto(
      ledger,
      made([
        { recordedAt: day(1), list: { a: "1" } },
        { recordedAt: day(20), list: { a: "2" } },
      ]),
    );
    const [imported] = await importInto(ledger, made([{ recordedAt: day(10), list: { a: "7" } }]));
    expect(imported?.answers).toEqual([{ at: instantOf(10), files: ["0.json"], why: "between" }]);
    expect(await asOf(10)).toEqual({ a: "1" });
  });

  it("says of each run which file it was", async () => {
    await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1" }, file: "first.json" }]));
    expect((await ledger.runs({ limit: 1 }))[0]?.report).toMatchObject({ recording: "first.json" });
  });

  it("does not keep the source from being read today", async () => {
    await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1" } }]));
    const [health] = await ledger.health();
    expect(isDue(health, NOW + 1, { intervalMs: 3_600_000, stayAwayMaxMs: 0 })).toBe(true);
  });

  it("reads packed files, and keeps what they say as it was", async () => {
    const body = bodyOf({ a: "1" });
    await importInto(ledger, made([{ recordedAt: day(1), body: gzipSync(body), file: "a.json.gz" }]));
    const [page] = await ledger.rawPages(1);
    expect(Buffer.from((await ledger.rawBody(page?.hash ?? "")) ?? []).toString()).toBe(body);
  });

  it("rejects what cannot be unpacked", async () => {
    const [imported] = await importInto(
      ledger,
      made([{ recordedAt: day(1), body: "no gzip", file: "a.json.gz" }]),
    );
    expect(imported?.answers[0]?.report?.outcome).toBe("rejected");
  });

  it("reads a list of several pages of one time as one list", async () => {
    const beta = sourceOf("beta", "cursor");
    const page = (ids: readonly string[], more: boolean) =>
      JSON.stringify({
        data: ids.map((id) => ({ id, name: id, price: "1" })),
        has_more: more,
        last_id: ids.at(-1),
      });
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), body: page(["a", "b"], true) },
        { recordedAt: day(1), body: page(["c"], false), url: `${ADDRESS}?after_id=b` },
        // The second page of the next day was not recorded: nothing is proven by what is missing.
        { recordedAt: day(2), body: page(["a"], true) },
      ]),
      { sources: [beta] },
    );
    expect(imported?.answers.map(({ report }) => [report?.pages, report?.coverage?.kind])).toEqual([
      [2, "whole"],
      [1, "partial"],
    ]);
    expect(Object.keys(await now())).toEqual(["a", "b", "c"]);
  });

  it("takes a list that was asked for with other parameters as another question", async () => {
    const [imported] = await importInto(
      ledger,
      made([
        { recordedAt: day(1), list: { a: "1" } },
        { recordedAt: day(2), list: { a: "1", b: "1" }, url: `${ADDRESS}?all=1` },
        { recordedAt: day(3), list: { a: "2", b: "1" }, url: `${ADDRESS}?all=1` },
      ]),
    );
    expect(imported?.answers.map(({ report }) => report?.added)).toEqual([1, 1, 0]);
    const causes = (await all(ledger.openListings())).map(({ nativeId, cause }) => [nativeId, cause]);
    expect(causes).toEqual([
      ["a", "upstream"],
      ["b", "scope"],
    ]);
  });

  it("keeps nothing of a past that it did not read to its end", async () => {
    await importInto(ledger, made([{ recordedAt: day(20), list: { a: "1" } }]));
    const stop = new AbortController();
    const directory = made([
      { recordedAt: day(1), list: { a: "3" } },
      { recordedAt: day(2), list: { a: "4" } },
    ]);
    const [stopped] = await importInto(ledger, directory, {
      signal: stop.signal,
      onAnswer: () => stop.abort(),
    });
    expect(stopped?.note).toMatch(/stopped: nothing of it is kept/);
    expect(await asOf(2)).toEqual({});
    await importInto(ledger, directory, { now: NOW + 1 });
    expect(await asOf(2)).toEqual({ a: "4" });
  });

  it("waits for nobody: a source that is being read is said to be", async () => {
    await ledger.takeLease("source:alpha", "somebody", NOW, 60_000);
    const [imported] = await importInto(ledger, made([{ recordedAt: day(1), list: { a: "1" } }]));
    expect(imported).toEqual({
      source: "alpha",
      answers: [],
      note: expect.stringMatching(/being read right now/),
    });
  });

  it("that is only planned says what it would read, and writes nothing", async () => {
    await importInto(ledger, made([{ recordedAt: day(5), list: { a: "1" } }]));
    const directory = made([
      { recordedAt: day(1), list: { a: "3" } },
      { recordedAt: day(5), list: { a: "1" } },
      { recordedAt: day(9), list: { a: "4" } },
    ]);
    const before = await ledger.contentMark();
    const [planned] = await importInto(ledger, directory, { mode: "plan" });
    expect(planned?.answers.map(({ why }) => why)).toEqual([undefined, "known", undefined]);
    expect([await ledger.contentMark(), (await ledger.runs({ limit: 9 })).length]).toEqual([before, 1]);
  });
});

describe("the index", () => {
  const plan = async (entries: readonly Entry[]) => {
    const directory = directoryOf(entries);
    try {
      const sources = [ALPHA];
      return planOf(await openDirectory(directory.path), { sources, credential: () => undefined, now: NOW });
    } finally {
      directory.drop();
    }
  };

  it.each([
    ["2026", Date.UTC(2026, 0)],
    ["2026-03", Date.UTC(2026, 2)],
    ["2026-03-04", Date.UTC(2026, 2, 4)],
    ["2026-03-04T05:06:07Z", Date.UTC(2026, 2, 4, 5, 6, 7)],
    ["2026-03-04T05:06:07.890+02:00", Date.UTC(2026, 2, 4, 3, 6, 7)],
  ])("the date %s is its first second in UTC", async (recordedAt, at) => {
    const { answers } = await plan([{ recordedAt, list: {} }]);
    expect(answers.get("alpha")?.map((answer) => answer.at)).toEqual([at]);
  });

  it.each(["2026-02-30", "2026-3-4", "yesterday", "2026-03-04T05:06:07", ""])(
    "the date %j is refused",
    async (recordedAt) => {
      await expect(plan([{ recordedAt, list: {} }])).rejects.toThrow(
        /the date of 0\.json is .*write 2026-08-05/,
      );
    },
  );

  it("what cannot be read is left out, each with its reason", async () => {
    const { answers, leftOut } = await plan([
      { list: {} },
      { recordedAt: null, list: {} },
      { recordedAt: day(1), list: {}, serve: false },
      { recordedAt: day(1), list: {}, url: "(various)" },
      { recordedAt: day(1), list: {}, url: "https://elsewhere.example.com/v1/models" },
      { recordedAt: "2099", list: {} },
    ]);
    expect(answers.size).toBe(0);
    expect(leftOut.map(({ why }) => why)).toEqual([
      "it has no date",
      "it has no date",
      "its index says that it is no answer of a list",
      "its address is no URL",
      "no source has its address",
      "its date lies in the future",
    ]);
  });

  it("answers are read in the order of their dates, whatever the order of the index", async () => {
    const { answers } = await plan([
      { recordedAt: day(3), list: {} },
      { recordedAt: day(1), list: {} },
      { recordedAt: day(2), list: {} },
    ]);
    expect(answers.get("alpha")?.map(({ at }) => at)).toEqual([instantOf(1), instantOf(2), instantOf(3)]);
  });

  it("of two recordings of one question and one time the later one in the index counts", async () => {
    const { answers } = await plan([
      { recordedAt: day(1), list: {} },
      { recordedAt: day(1), list: { a: "1" } },
    ]);
    expect(answers.get("alpha")?.map(({ pages }) => pages.map(({ file }) => file))).toEqual([["1.json"]]);
  });

  it.each([
    ["no index", (path: string) => writeFileSync(join(path, "index.json"), "nothing")],
    ["an index that is no list", (path: string) => writeFileSync(join(path, "index.json"), "{}")],
    [
      "a file that is not there",
      (path: string) =>
        writeFileSync(join(path, "index.json"), JSON.stringify([{ file: "x", url: ADDRESS }])),
    ],
    [
      "a file outside its directory",
      (path: string) =>
        writeFileSync(join(path, "index.json"), JSON.stringify([{ file: "../x", url: ADDRESS }])),
    ],
  ])("a directory with %s is refused in words", async (_what, spoil) => {
    const directory = directoryOf([]);
    spoil(directory.path);
    await expect(openDirectory(directory.path)).rejects.toThrow(BadDirectory);
    directory.drop();
  });
});
