/** What changed in a past that is imported is told as if it had been read when it was the present, and announced to nobody. */
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { nextMessage } from "../../src/notify/message.ts";
import { newKey } from "../../src/kit/runtime.ts";
import { writeSecret } from "../../src/notify/signature.ts";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import { seeded } from "../ledger/making.ts";
import { openIn, places } from "../ledger/places.ts";
import { day, instantOf, type List } from "./recordings.ts";
import { openWorld, recorded, saidOf, type World } from "./world.ts";

const worlds: World[] = [];
const open = async () => {
  const world = await openWorld();
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

type Lists = readonly (readonly [day: number, list: List])[];

/** A model comes, moves, goes and comes back; a second one goes for good. */
const WEEK: Lists = [
  [1, { "lab/a": "1", "lab/b": "2", "lab/c": "3", "lab/d": "4" }],
  [2, { "lab/a": "1.5", "lab/b": "2", "lab/c": "3", "lab/d": "4" }],
  [3, { "lab/a": "1.5", "lab/b": "2", "lab/c": "3" }],
  [4, { "lab/a": "1", "lab/c": "3", "lab/e": "5" }],
  [5, { "lab/a": "1", "lab/c": "3", "lab/d": "4", "lab/e": "5" }],
];

const OFFERS_OF_THE_WEEK = [
  "02 alpha/unstated/lab/a changed",
  "03 alpha/unstated/lab/d removed",
  "04 alpha/unstated/lab/a changed",
  "04 alpha/unstated/lab/e added",
  "04 alpha/unstated/lab/b removed",
  "05 alpha/unstated/lab/d returned",
];

async function told(world: World, subject: "offer" | "model" = "offer") {
  return (await world.changes({ subject })).map(
    ({ at, subjectId, kind }) => `${new Date(at).toISOString().slice(8, 10)} ${subjectId} ${kind}`,
  );
}

async function readLive(world: World, lists: Lists): Promise<void> {
  for (const [number, list] of lists) await world.reads(number, list);
}

describe("a past that is imported", () => {
  test("is in the changes, as of the days on which its upstream said it", async () => {
    const world = await open();
    expect(await world.imports(recorded(WEEK))).toBe((await world.changes()).length);
    expect(await told(world)).toEqual(OFFERS_OF_THE_WEEK);
    expect(await told(world, "model")).toEqual(
      OFFERS_OF_THE_WEEK.map((line) => line.replace("alpha/unstated/", "~alpha/")),
    );
    const [first] = await world.changes();
    expect(first).toMatchObject({
      at: instantOf(2),
      revision: 1,
      cause: "upstream",
      topics: ["price", "dearer"],
      gateway: "alpha",
      isImported: true,
    });
    expect(first?.fields[0]).toMatchObject({
      field: "prices",
      before: [{ usd: "1" }],
      after: [{ usd: "1.5" }],
    });
    expect(await world.changes({ since: instantOf(3), until: instantOf(4), subject: "offer" })).toHaveLength(
      1,
    );
  });

  test("is told like a ledger that read it live tells it", async () => {
    const [live, later] = [await open(), await open()];
    await readLive(live, WEEK);
    await later.imports(recorded(WEEK));
    expect((await later.changes()).map(saidOf)).toEqual((await live.changes()).map(saidOf));
    expect(await told(live)).toEqual(OFFERS_OF_THE_WEEK);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    "however it is cut into past, present and what comes behind (seed %i)",
    async (seed) => {
      const lists = series(seed);
      const random = seeded(seed + 1_000);
      const [live, mixed] = [await open(), await open()];
      await readLive(live, lists);
      const [from, to] = [1 + random(4), 6 + random(4)];
      await readLive(mixed, lists.slice(from, to));
      // The past first, or what lies behind: each is an import of its own.
      const imports = [lists.slice(0, from), lists.slice(to)];
      for (const some of seed % 2 === 0 ? imports : imports.toReversed()) await mixed.imports(recorded(some));
      // What was told before the past was known could not know that an offer had been there already.
      const saying = (change: StoredChange) =>
        change.at >= instantOf(from + 1) && change.kind === "returned"
          ? saidOf({ ...change, kind: "added" })
          : saidOf(change);
      expect((await mixed.changes()).map(saying).toSorted(), `cut at ${from} and ${to}`).toEqual(
        (await live.changes()).map(saying).toSorted(),
      );
      const news = (await mixed.changes({ imported: false })).map(({ at }) => at);
      expect(news.every((at) => at >= instantOf(from + 1) && at < instantOf(to + 1))).toBe(true);
    },
  );

  test("before a present that told its first reading itself: only what the past left standing is told of it", async () => {
    const world = await open();
    await world.publish();
    await world.reads(11, { "lab/a": "1", "lab/z": "2" });
    await world.imports(
      recorded([
        [1, { "lab/a": "2", "lab/b": "2" }],
        [2, { "lab/a": "3", "lab/b": "2" }],
      ]),
    );
    expect(await told(world)).toEqual([
      "02 alpha/unstated/lab/a changed",
      "11 alpha/unstated/lab/a added",
      "11 alpha/unstated/lab/z added",
      "11 alpha/unstated/lab/a changed",
      "11 alpha/unstated/lab/b removed",
    ]);
    expect((await world.changes({ imported: false, subject: "offer" })).map(({ kind }) => kind)).toEqual([
      "added",
      "added",
    ]);
  });

  test("before a present that began with a list that broke off: what went is told where the list first ended", async () => {
    const world = await open();
    const list = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`lab/${name}`, "1"]));
    const { "lab/f": _gone, ...rest } = list;
    const broken = { status: { from: 2, until: 99, code: 500 } };
    await world.reads(10, rest, { source: "gamma", script: broken });
    await world.reads(11, rest, { source: "gamma" });
    await world.imports(
      recorded(
        [
          [1, { ...list, "lab/a": "2" }],
          [2, { ...list, "lab/a": "3" }],
        ],
        "gamma",
      ),
    );
    expect(await told(world)).toEqual([
      "02 gamma/unstated/lab/a changed",
      "10 gamma/unstated/lab/a changed",
      "11 gamma/unstated/lab/e added",
      "11 gamma/unstated/lab/f removed",
    ]);
  });

  test("between the readings of a source that told its own: what moved in between is not told once more", async () => {
    const world = await open();
    await world.reads(1, { "lab/a": "1" }, { source: "beta" });
    await world.reads(4, { "lab/a": "2" }, { source: "beta" });
    await world.imports(
      recorded([
        [2, { "lab/x": "1" }],
        [3, { "lab/x": "2" }],
        [5, { "lab/x": "3" }],
      ]),
    );
    expect(await told(world)).toEqual([
      "02 alpha/unstated/lab/x added",
      "03 alpha/unstated/lab/x changed",
      "04 beta/unstated/lab/a changed",
      "05 alpha/unstated/lab/x changed",
    ]);
  });

  test("beside a source that was read at the same instants: each change is of who said it", async () => {
    const world = await open();
    await world.reads(1, { "lab/a": "1" }, { source: "beta" });
    await world.reads(2, { "lab/a": "2" }, { source: "beta" });
    const before = (await world.changes()).length;
    await world.imports(
      recorded([
        [1, { "lab/x": "1" }],
        [2, { "lab/x": "2" }],
      ]),
    );
    const since = (await world.changes({ by: "number" })).slice(before);
    // A source that nobody read before is new to a catalog that is out.
    expect(
      since.map(({ at, subjectId, kind }) => `${at === instantOf(1) ? 1 : 2} ${subjectId} ${kind}`),
    ).toEqual([
      "1 alpha/unstated/lab/x added",
      "1 ~alpha/lab/x added",
      "2 alpha/unstated/lab/x changed",
      "2 ~alpha/lab/x changed",
    ]);
  });

  test("differs from a reading beside it for the upstream's reason, unless it answers another question", async () => {
    const [same, other] = [await open(), await open()];
    for (const [world, query] of [
      [same, ""],
      [other, "?all=1"],
    ] as const) {
      await world.reads(10, { "lab/a": "1", "lab/b": "2", "lab/n": "2" });
      const past = recorded([[1, { "lab/a": "2", "lab/b": "2", "lab/x": "1" }]]);
      await world.imports(past.map((entry) => ({ ...entry, url: `${entry.url}${query}` })));
    }
    const causes = async (world: World) =>
      (await world.changes({ subject: "offer" })).map(
        ({ subjectId, kind, cause }) => `${subjectId} ${kind} ${cause}`,
      );
    const expected = (cause: string) => [
      `alpha/unstated/lab/a changed ${cause}`,
      `alpha/unstated/lab/n added ${cause}`,
      `alpha/unstated/lab/x removed ${cause}`,
    ];
    expect(await causes(same)).toEqual(expected("upstream"));
    expect(await causes(other)).toEqual(expected("scope"));
  });

  test("is told once: imported again, and after being stopped, it is the same", async () => {
    const [whole, stopped] = [await open(), await open()];
    await whole.imports(recorded(WEEK));
    const once = await whole.changes();
    expect(await whole.imports(recorded(WEEK))).toBe(0);
    expect(await whole.changes()).toEqual(once);
    const first = await stopped.imports(recorded(WEEK), { afterMoments: 2 });
    expect(first).toBe((await stopped.changes()).length);
    expect(first).toBeLessThan(once.length);
    expect(await stopped.imports(recorded(WEEK))).toBe(once.length - first);
    expect(await stopped.changes()).toEqual(once);
  });

  test("is no news: a watch passes over it, and hears what comes then", async () => {
    const world = await open();
    await readLive(world, WEEK.slice(3));
    const secret = writeSecret(newKey());
    const watch = await world.ledger.watches.add({ url: "http://a.example", wish: {}, secret, createdAt: 0 });
    await world.imports(recorded(WEEK.slice(0, 3)));
    await world.imports(recorded([[7, { "lab/a": "1", "lab/c": "3", "lab/d": "4", "lab/e": "6" }]]));
    const { message, position } = await nextMessage(world.ledger, watch, secret);
    expect(message).toBeUndefined();
    const [newest] = await world.changes({ by: "number", order: "desc", limit: 1 });
    expect(position).toBe(newest?.id);
    expect(await world.ledger.stories({ imported: false, since: instantOf(6), limit: 9 })).toEqual([]);
    await world.reads(40, { "lab/a": "7", "lab/c": "3", "lab/d": "4", "lab/e": "6" });
    const next = await nextMessage(world.ledger, { ...watch, position }, secret);
    expect(JSON.parse(next.message?.body ?? "{}").data.changes).toMatchObject([
      { subject_id: "alpha/unstated/lab/a", kind: "changed" },
      { subject_id: "~alpha/lab/a", kind: "changed" },
    ]);
  });

  test("a price that moves again and again in it is one story, whose number never moves", async () => {
    const world = await open();
    const prices = ["1", "2", "1", "2", "1"];
    await world.imports(recorded(prices.slice(2).map((price, index) => [index + 3, { "lab/a": price }])));
    const [story] = await world.ledger.stories({ subject: "offer", limit: 9 });
    expect(story?.map(({ at }) => at)).toEqual([instantOf(4), instantOf(5)]);
    await world.imports(recorded(prices.slice(0, 2).map((price, index) => [index + 1, { "lab/a": price }])));
    const stories = await world.ledger.stories({ subject: "offer", limit: 9 });
    expect(stories.map((each) => each.map(({ at }) => at))).toEqual([
      [instantOf(4), instantOf(5)],
      [instantOf(2), instantOf(3)],
    ]);
    expect(stories[0]?.[0]?.id).toBe(story?.[0]?.id);
  });
});

describe.each(places())("in $name", (place) => {
  afterAll(() => place.leave());

  test("it is told like a ledger that read it live tells it", async () => {
    const room = await place.make();
    const later = await openWorld(await openIn(room));
    const live = await open();
    const lists = series(7);
    await readLive(live, lists);
    await later.imports(recorded(lists.slice(0, 8)));
    await later.imports(recorded(lists.slice(8)));
    expect((await later.changes()).map(saidOf)).toEqual((await live.changes()).map(saidOf));
    await later.close();
    await room.clear();
  });
});

describe("whoever pages through the changes", () => {
  test.each(["asc", "desc"] as const)(
    "loses nothing and sees nothing twice while a past comes in (%s)",
    async (order) => {
      const world = await open();
      await readLive(world, WEEK.slice(2));
      const there = (await world.changes({ order })).map(({ id }) => id);
      const seen: number[] = [];
      for (;;) {
        const last = seen.at(-1);
        const from = last === undefined ? {} : order === "asc" ? { afterId: last } : { beforeId: last };
        const page = await world.changes({ order, limit: 2, ...from });
        seen.push(...page.map(({ id }) => id));
        if (seen.length === 2) await world.imports(recorded(WEEK.slice(0, 2)));
        if (page.length < 2) break;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => there.includes(id))).toEqual(there);
    },
  );

  test("by number sees what is new last, whenever it happened", async () => {
    const world = await open();
    await readLive(world, WEEK.slice(2));
    const newest = Math.max(...(await world.changes()).map(({ id }) => id));
    await world.imports(recorded(WEEK.slice(0, 2)));
    const after = await world.changes({ by: "number", afterId: newest });
    expect(after.length).toBeGreaterThan(0);
    expect(after.every(({ at, isImported }) => isImported === true && at <= instantOf(3))).toBe(true);
    expect(day(3)).toBe(new Date(Math.max(...after.map(({ at }) => at))).toISOString().slice(0, 10));
  });
});

/** Offers come, go, come back and change, a few a day: none of it looks like a mistake. */
function series(seed: number): Lists {
  const random = seeded(seed);
  let list: List = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`lab/m${index}`, "0.001"]));
  return Array.from({ length: 12 }, (_, index) => {
    const ids = Object.keys(list);
    const [gone, changed] = [ids[random(ids.length)], ids[random(ids.length)]];
    list = Object.fromEntries([
      ...Object.entries(list).filter(([id]) => id !== gone),
      ...(changed === undefined ? [] : [[changed, `0.00${1 + random(3)}`]]),
      ...(random(2) === 0 ? [[`lab/m${random(30)}`, "0.002"]] : []),
    ]);
    return [index + 1, list] as const;
  });
}
