/** The answers that were kept are read again with today's rules, and what differs can be recorded as a correction. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RereadSource } from "../../src/domain/reread.ts";
import type { WebSource } from "../../src/kit/source.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { rereadSource } from "../../src/sync/past/reread.ts";
import { all } from "../ledger/making.ts";
import { ALPHA, contextOf, day, directoryOf, importInto, instantOf, NOW, type Entry } from "./recordings.ts";

const EVER = Number.MAX_SAFE_INTEGER;
const LATER = NOW + 3_600_000;

/** Today's rules: names are read in capitals. */
const LOUD: WebSource = {
  ...ALPHA,
  listings: (item) => ALPHA.listings(item).map((draft) => ({ ...draft, name: draft.name?.toUpperCase() })),
};
/** Yesterday's rules, which read no name. */
const NAMELESS: WebSource = {
  ...ALPHA,
  listings: (item) => ALPHA.listings(item).map(({ name: _name, ...draft }) => draft),
};
const ignoring = (id: string): WebSource => ({
  ...ALPHA,
  // An item of the test's own schema has an id.
  ignore: (item) => ((item as { readonly id: string }).id === id ? "of no interest" : undefined),
});

let ledger: Ledger;

beforeEach(async () => {
  ledger = await openLedger({ url: ":memory:", now: () => NOW });
});
afterEach(() => ledger.close());

async function read(entries: readonly Entry[], source: WebSource = ALPHA): Promise<void> {
  const directory = directoryOf(entries);
  await importInto(ledger, directory.path, { sources: [source] });
  directory.drop();
}

async function reread(source: WebSource, mode: "show" | "apply" = "show"): Promise<RereadSource | undefined> {
  const addresses = { sourceUrls: new Map(), sourceCredentials: new Set<string>(), mirrorCredentials: false };
  return rereadSource(
    source,
    { ...contextOf(ledger, LATER), addresses },
    { mode, onAnswer: () => undefined },
  );
}

const namesAt = async (at: number, knownAt = EVER) =>
  Object.fromEntries(
    (await all(ledger.listingsAsOf(at, knownAt))).map(({ nativeId, facts }) => [nativeId, facts.name]),
  );

const WEEK: readonly Entry[] = [
  { recordedAt: day(1), list: { a: "1", b: "1" } },
  { recordedAt: day(2), list: { a: "2", b: "1" } },
  { recordedAt: day(3), list: { a: "2", b: "1", c: "1" } },
];

describe("reading again", () => {
  it("says nothing where the rules are the same", async () => {
    await read(WEEK);
    expect(await reread(ALPHA)).toEqual({ source: "alpha", answers: 3, unreadable: 0, differences: [] });
  });

  it("says nothing at all of a source of which no answer is kept", async () => {
    await read(WEEK);
    await ledger.pruneRawBodies({ bytesMax: 0, olderThan: 0 });
    expect(await reread(LOUD)).toBeUndefined();
  });

  it("shows field by field what today's rules would have said, and writes nothing", async () => {
    await read(WEEK);
    const before = await ledger.contentMark();
    const shown = await reread(LOUD);
    expect(shown?.differences.map(({ nativeId, at, kind }) => [nativeId, at, kind])).toEqual([
      ["a", instantOf(1), "changed"],
      ["b", instantOf(1), "changed"],
      ["a", instantOf(2), "changed"],
      ["c", instantOf(3), "changed"],
    ]);
    expect(shown?.differences[0]?.fields).toEqual([{ field: "name", before: "a", after: "A" }]);
    expect(await ledger.contentMark()).toBe(before);
  });

  it("records a correction: true from when it was, known from now on", async () => {
    await read(WEEK);
    const before = await ledger.contentMark();
    await reread(LOUD, "apply");
    expect(await namesAt(instantOf(1))).toEqual({ a: "A", b: "B" });
    expect(await namesAt(instantOf(3))).toEqual({ a: "A", b: "B", c: "C" });
    expect(await namesAt(instantOf(3), NOW)).toEqual({ a: "a", b: "b", c: "c" });
    // What is published by this mark is published anew.
    expect(await ledger.contentMark()).not.toBe(before);
    const now = await all(ledger.openListings());
    expect(now.map(({ cause }) => cause)).toEqual(["correction", "correction", "correction"]);
    expect(now.map(({ firstSeen }) => firstSeen)).toEqual([instantOf(1), instantOf(1), instantOf(3)]);
    expect(await ledger.verify()).toEqual([]);
  });

  it("is asked for at once, also where it is about what is over, and no revision comes of it", async () => {
    await read([
      { recordedAt: day(1), list: { a: "1", b: "1" } },
      { recordedAt: day(2), list: { a: "1" } },
    ]);
    const then = { asOf: instantOf(1), knownAt: LATER + 1 };
    const before = await ledger.snapped(then);
    await reread(ignoring("b"), "apply");
    const after = await ledger.snapped(then);
    expect([before?.knownAt, after?.knownAt]).toEqual([NOW, LATER]);
    expect(Object.keys(await namesAt(instantOf(1), after?.knownAt))).toEqual(["a"]);
    expect(await ledger.snapped({ ...then, knownAt: LATER - 1 })).toEqual(before);

    await reread(ALPHA, "apply");
    expect(Object.keys(await namesAt(instantOf(1)))).toEqual(["a", "b"]);
  });

  it("is known from then on where it only adds what was left out", async () => {
    await read(
      [
        { recordedAt: day(1), list: { a: "1", b: "1" } },
        { recordedAt: day(2), list: { a: "1" } },
      ],
      ignoring("b"),
    );
    await reread(ALPHA, "apply");
    expect(await ledger.snapped({ asOf: instantOf(1), knownAt: LATER + 1 })).toEqual({
      asOf: instantOf(1),
      knownAt: LATER,
    });
  });

  it("has nothing more to say once it was applied", async () => {
    await read(WEEK);
    await reread(LOUD, "apply");
    expect((await reread(LOUD, "apply"))?.differences).toEqual([]);
    expect((await reread(ALPHA))?.differences).toHaveLength(4);
  });

  it("leaves the next answer nothing to change", async () => {
    await read(WEEK);
    await reread(LOUD, "apply");
    const directory = directoryOf([...WEEK, { recordedAt: day(9), list: { a: "2", b: "1", c: "1" } }]);
    const [imported] = await importInto(ledger, directory.path, { sources: [LOUD], now: LATER });
    expect(imported?.answers.at(-1)?.report).toMatchObject({ added: 0, changed: 0, removed: 0 });
    directory.drop();
  });

  it("finds the change that the old rules were blind to, on its day", async () => {
    const said = (name: string) => JSON.stringify({ data: [{ id: "a", name, price: "1" }] });
    await read(
      [
        { recordedAt: day(1), body: said("first") },
        { recordedAt: day(2), body: said("second") },
      ],
      NAMELESS,
    );
    expect(await namesAt(instantOf(2))).toEqual({ a: undefined });
    await reread(ALPHA, "apply");
    expect(await namesAt(instantOf(1))).toEqual({ a: "first" });
    expect(await namesAt(instantOf(2))).toEqual({ a: "second" });
    expect(await ledger.verify()).toEqual([]);
  });

  it("takes back what today's rules leave out, as never having been listed", async () => {
    await read(WEEK);
    const shown = await reread(ignoring("b"), "apply");
    expect(shown?.differences).toMatchObject([{ nativeId: "b", kind: "removed", at: instantOf(1) }]);
    expect(Object.keys(await namesAt(instantOf(2)))).toEqual(["a"]);
    expect(Object.keys(await namesAt(instantOf(2), NOW))).toEqual(["a", "b"]);
    const endings = await ledger.endings([{ gateway: "alpha", provider: "unstated", nativeId: "b" }]);
    expect([...endings.values()]).toEqual(["correction"]);
  });

  it("adds what the old rules left out, from when to when it was listed", async () => {
    await read(
      [
        { recordedAt: day(1), list: { a: "1", b: "1" } },
        { recordedAt: day(2), list: { a: "1", b: "1", c: "1" } },
        { recordedAt: day(3), list: { a: "1", c: "1" } },
      ],
      ignoring("b"),
    );
    await reread(ALPHA, "apply");
    expect(Object.keys(await namesAt(instantOf(1)))).toEqual(["a", "b"]);
    expect(Object.keys(await namesAt(instantOf(2)))).toEqual(["a", "b", "c"]);
    expect(Object.keys(await namesAt(instantOf(3)))).toEqual(["a", "c"]);
    expect(await ledger.verify()).toEqual([]);
  });

  it("lets what is held be held: that the answer said otherwise is no news", async () => {
    const full = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, "1"]));
    const dear = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, "1000"]));
    await read([
      { recordedAt: day(1), list: full },
      { recordedAt: day(2), list: dear },
      { recordedAt: day(3), list: { m0: "1" } },
    ]);
    expect((await reread(ALPHA))?.differences).toEqual([]);
  });

  it("counts an answer that is no list to today's rules, and goes on", async () => {
    await read(WEEK);
    const shown = await reread({ ...LOUD, items: "elsewhere" });
    expect(shown).toMatchObject({ answers: 3, unreadable: 3, differences: [] });
  });

  it("waits for nobody: a source that is being read is said to be", async () => {
    await read(WEEK);
    await ledger.takeLease("source:alpha", "somebody", LATER, 60_000);
    expect((await reread(LOUD))?.note).toMatch(/being read right now/);
  });
});
