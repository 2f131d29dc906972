/** The whole Hub: rows are staged with the page that follows, put in their place in steps, and only then read. */
import { describe, expect, it } from "vitest";
import type { HubModel, HubRow } from "../../src/domain/hub-model.ts";
import type { HubCrawl, HubState, HubTally } from "../../src/ledger/hub.ts";
import { LeaseLost, type Ledger } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { all, leaseOf, HOUR_MS } from "./making.ts";
import { NOW } from "./places.ts";

const WHOLE = { kind: "whole", evidence: "the list ended" } as const;
const NONE: HubTally = { unique: 0, added: 0, changed: 0, returned: 0 };

export function hubContract(current: () => Subject): void {
  describe("the whole Hub", () => {
    it("keeps a page aside together with the place of the next one, and shows nobody a list that has not ended", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      expect(await ledger.hub.state()).toEqual({ models: 0 });
      const state = reading(1, { nextUrl: "https://hub/page-2", pages: 1, rows: 2 });
      await ledger.hub.stagePage([row("a/1"), row("a/2")], state, lease);
      expect(await ledger.hub.state()).toEqual(state);
      expect(await modelsOf(ledger)).toEqual([]);
    });

    it("puts staged rows in their place, counts what that came to, and gives them back as they were", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const full: HubRow = {
        id: "openai/gpt-oss-120b",
        createdAt: NOW,
        lastModified: NOW + 1,
        downloads: 3_400_000_000,
        likes: 0,
        facts: { gated: "auto", license: "apache-2.0", tags: ["tëst"], parameters: 120_000_000_000 },
      };
      const state = await crawl(ledger, 1, [full, row("b/bare")]);
      expect(state.models).toBe(2);
      const { facts, ...columns } = full;
      expect(await modelsOf(ledger)).toEqual([{ ...columns, ...facts }, { id: "b/bare" }]);
      expect(
        (await moved(ledger, 2, [full, row("b/bare", { license: "mit" }), row("c/new")])).crawl?.tally,
      ).toEqual({ unique: 3, added: 1, changed: 1, returned: 0 });
      expect(await ledger.hub.dropStaged(lease)).toBe(false);
    });

    it("counts the last of several rows of one model, and one that cannot be read as there", async () => {
      const { ledger } = current();
      await crawl(ledger, 1, [row("a/1"), row("a/2")]);
      const state = await moved(ledger, 2, [
        row("a/1", { license: "first" }),
        { id: "a/2" },
        { id: "a/unknown" },
        row("a/1", { license: "last" }),
      ]);
      expect(state.crawl?.tally).toEqual({ unique: 3, added: 0, changed: 1, returned: 0 });
      expect(await modelsOf(ledger)).toEqual([{ id: "a/1", license: "last" }, { id: "a/2" }]);
      expect(await notedMissing(ledger, 2)).toEqual([]);
    });

    it("moves thousands of rows in steps, and a chunk of models is never larger than the reader bears", async () => {
      const { ledger } = current();
      const rows = Array.from({ length: 7_001 }, (_, index) => row(`lab/model-${index}`));
      const state = await crawl(ledger, 1, rows);
      expect(state.models).toBe(7_001);
      const chunks = await all(ledger.hub.models());
      expect(chunks.map((chunk) => chunk.length)).toEqual([5_000, 2_001]);
      expect(chunks.flat().map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    });

    it("takes a page at once, of models that are known or of all", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const before = await crawl(ledger, 1, [row("a/1")]);
      const rows = [{ ...row("a/1"), likes: 7 }, row("a/2")];
      const known = await ledger.hub.takePage(rows, before, "known", lease);
      expect(known.tally).toEqual({ ...NONE });
      expect(await modelsOf(ledger)).toEqual([{ id: "a/1", likes: 7 }]);
      const every = await ledger.hub.takePage(rows, known.state, "all", lease);
      expect([every.tally.added, every.state.models, (await ledger.hub.state()).models]).toEqual([1, 2, 2]);
    });

    it("changes its mark exactly when what is read of it can change", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const marks = [await ledger.hub.mark()];
      const note = async () => marks.push(await ledger.hub.mark());
      await ledger.hub.stagePage([row("a/1")], reading(1), lease);
      await note();
      await crawl(ledger, 1, []);
      await note();
      await ledger.hub.noteMissing(2, 0, lease);
      await note();
      await ledger.hub.settle("a/1", { kind: "gone" }, NOW, await ledger.hub.state(), lease);
      await note();
      expect(marks.map((mark, index) => mark !== marks[index - 1])).toEqual([true, false, true, false, true]);
    });

    it("holds the missing until they are let go, and closes what is gone", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await crawl(
        ledger,
        1,
        ["a/1", "a/2", "a/3"].map((id) => row(id)),
      );
      let state = await crawl(ledger, 2, [row("a/3")]);
      expect(await notedMissing(ledger, 2)).toEqual(["a/1", "a/2"]);
      expect(await ledger.hub.missing()).toEqual({ held: 2, waiting: 0 });
      await ledger.hub.releaseMissing(2, lease);
      expect(await ledger.hub.missing()).toEqual({ held: 2, waiting: 0 });
      await ledger.hub.releaseMissing(3, lease);
      expect(await ledger.hub.waitingIds(9)).toEqual(["a/1", "a/2"]);
      state = await ledger.hub.settle("a/1", { kind: "undecided" }, NOW, state, lease);
      // Whoever was just asked is asked last.
      expect(await ledger.hub.waitingIds(9)).toEqual(["a/2", "a/1"]);
      state = await ledger.hub.settle("a/2", { kind: "there" }, NOW, state, lease);
      state = await ledger.hub.settle("a/1", { kind: "gone" }, NOW, state, lease);
      expect(state.models).toBe(2);
      expect((await modelsOf(ledger)).map(({ id }) => id)).toEqual(["a/2", "a/3"]);
      expect(await notedMissing(ledger, 2)).toEqual([]);
      // Removed means closed and kept: it can return.
      expect((await moved(ledger, 3, [row("a/1")])).crawl?.tally).toMatchObject({ returned: 1, added: 0 });
    });

    it("follows a rename, keeps every old id as an alias, and none that another model bears today", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      let state = await crawl(ledger, 1, [row("old/name"), row("other/one")]);
      const renamed = (id: string) => ({ kind: "renamed", to: row(id) }) as const;
      state = await ledger.hub.settle("old/name", renamed("new/name"), NOW, state, lease);
      state = await ledger.hub.settle("new/name", renamed("newest/name"), NOW, state, lease);
      expect(await modelsOf(ledger)).toEqual([
        { id: "other/one" },
        { id: "newest/name", aliases: ["new/name", "old/name"] },
      ]);
      expect(state.models).toBe(2);
      await ledger.hub.takePage([row("old/name")], state, "all", lease);
      expect((await modelsOf(ledger)).find(({ id }) => id === "newest/name")?.aliases).toEqual(["new/name"]);
    });

    it("removes what is held when the operator believes it", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await crawl(ledger, 1, [row("a/1"), row("a/2")]);
      const state = await crawl(ledger, 2, [row("a/2")]);
      await notedMissing(ledger, 2);
      expect(await ledger.hub.heldIds(9)).toEqual(["a/1"]);
      expect((await ledger.hub.acceptHeld(NOW, state, lease)).models).toBe(1);
      expect(await ledger.hub.missing()).toEqual({ held: 0, waiting: 0 });
      expect((await modelsOf(ledger)).map(({ id }) => id)).toEqual(["a/2"]);
    });

    it("is written by the holder of the lease and by nobody else", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.takeLease(lease.name, "thief", NOW + 2_000 * HOUR_MS, HOUR_MS);
      const state = reading(1);
      await expect(ledger.hub.stagePage([row("a/1")], state, lease)).rejects.toThrow(LeaseLost);
      await expect(ledger.hub.moveStaged(state, lease)).rejects.toThrow(LeaseLost);
      await expect(ledger.hub.takePage([row("a/1")], state, "all", lease)).rejects.toThrow(LeaseLost);
      expect(await ledger.hub.state()).toEqual({ models: 0 });
    });
  });
}

function row(id: string, facts: HubRow["facts"] = {}): HubRow {
  return { id, facts };
}

function reading(number: number, parts: Partial<HubCrawl> = {}): HubState {
  const begun: HubCrawl = {
    number,
    startedAt: NOW,
    view: "sort=createdAt",
    phase: "reading",
    pages: 0,
    rows: 0,
    rejected: 0,
    unknownItems: 0,
    tally: NONE,
    ...parts,
  };
  return { models: 0, crawl: begun };
}

/** Stages these rows and puts them in their place. */
async function moved(ledger: Ledger, number: number, rows: readonly HubRow[]): Promise<HubState> {
  const lease = await leaseOf(ledger);
  const before = await ledger.hub.state();
  await ledger.hub.stagePage(rows, { ...before, ...crawlOf(number) }, lease);
  let state = await ledger.hub.state();
  for (;;) {
    const next = await ledger.hub.moveStaged(state, lease);
    if (next === undefined) return state;
    state = next;
  }
}

/** The same, and the crawl has ended. */
async function crawl(ledger: Ledger, number: number, rows: readonly HubRow[]): Promise<HubState> {
  const { crawl: ended, ...state } = await moved(ledger, number, rows);
  if (ended === undefined) throw new Error("a crawl is under way");
  const last = { ...ended, coverage: WHOLE, endedAt: NOW };
  await ledger.hub.stagePage([], { ...state, last }, await leaseOf(ledger));
  return ledger.hub.state();
}

function crawlOf(number: number): Pick<HubState, "crawl"> {
  const { crawl: made } = reading(number);
  return made === undefined ? {} : { crawl: made };
}

async function notedMissing(ledger: Ledger, number: number): Promise<readonly string[]> {
  const lease = await leaseOf(ledger);
  let after: number | undefined = 0;
  while (after !== undefined) after = await ledger.hub.noteMissing(number, after, lease);
  return ledger.hub.heldIds(9);
}

async function modelsOf(ledger: Ledger): Promise<readonly HubModel[]> {
  return (await all(ledger.hub.models())).flat();
}
