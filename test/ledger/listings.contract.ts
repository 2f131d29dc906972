/** Listing versions: opened, replaced, closed, opened again; and what a run needs to know of them. */
import { describe, expect, it } from "vitest";
import { factsHash } from "../../src/ledger/hash.ts";
import type { Subject } from "./ledger.test.ts";
import {
  all,
  applied,
  HOUR_MS,
  idsNow,
  keyOf,
  leaseOf,
  opening,
  priced,
  SOURCE,
  unbelieved,
  versionOf,
} from "./making.ts";
import { NOW } from "./places.ts";

const CHEAP = priced("0.0000001");
const DEAR = priced("0.0000002");
const observed = (hour: number) => NOW + hour * HOUR_MS - 1_000;

export function listingsContract(current: () => Subject): void {
  describe("listings", () => {
    it("a source that never ran has an empty state", async () => {
      expect(await current().ledger.sourceState(SOURCE)).toEqual({
        source: SOURCE,
        everWhole: false,
        open: [],
        unseen: [],
        holds: [],
        validators: [],
      });
    });

    it("a listing that is opened is listed, with its first and last sighting", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const runId = await ledger.commitRun(
        applied(1, { openings: [opening("a", CHEAP)], fingerprint: "f7" }),
        lease,
      );
      const [listing, ...others] = await all(ledger.openListings());
      expect(others).toEqual([]);
      expect(listing).toEqual({
        ...keyOf("a"),
        source: SOURCE,
        facts: CHEAP,
        firstSeen: observed(1),
        lastSeen: observed(1),
        factsSince: observed(1),
        cause: "upstream",
        isUnseen: false,
      });
      const version = await versionOf(ledger, "a");
      expect(version).toEqual({ ...keyOf("a"), versionId: version.versionId, hash: factsHash(CHEAP) });
      const state = await ledger.sourceState(SOURCE);
      expect(state.lastApplied).toEqual({
        runId,
        observedAt: observed(1),
        recordedAt: NOW + HOUR_MS,
        rows: 3,
      });
      expect(state).toMatchObject({ everWhole: true, fingerprint: "f7", lastRunAt: NOW + HOUR_MS - 2_000 });
    });

    it("a change closes the old version when the new one was stated, and keeps the first sighting", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP)] }), lease);
      const before = await versionOf(ledger, "a");
      await ledger.commitRun(applied(2, { openings: [opening("a", DEAR, before.versionId)] }), lease);
      expect(await all(ledger.openListings())).toMatchObject([
        { facts: DEAR, firstSeen: observed(1), factsSince: observed(2), lastSeen: observed(2) },
      ]);
      expect(await ledger.factsOf([before.versionId])).toEqual(new Map([[before.versionId, CHEAP]]));
      expect(await ledger.verify()).toEqual([]);
    });

    it("a removed offer is closed and kept, and returns with its first sighting", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP), opening("b", CHEAP)] }), lease);
      const { versionId } = await versionOf(ledger, "a");
      await ledger.commitRun(applied(2, { closings: [{ versionId, cause: "scope" }] }), lease);
      expect(await idsNow(ledger)).toEqual(["groq/unstated/b"]);
      expect(await ledger.everListed(SOURCE, [keyOf("a"), keyOf("b"), keyOf("c")])).toEqual(
        new Set(["groq/unstated/a"]),
      );
      expect(await ledger.endings([keyOf("a"), keyOf("b"), keyOf("c")])).toEqual(
        new Map([["groq/unstated/a", "scope"]]),
      );
      await ledger.commitRun(applied(3, { openings: [opening("a", CHEAP)] }), lease);
      expect(await ledger.everListed(SOURCE, [keyOf("a")])).toEqual(new Set());
      expect(await all(ledger.openListings())).toMatchObject([
        { nativeId: "a", firstSeen: observed(1), factsSince: observed(3) },
        { nativeId: "b" },
      ]);
    });

    it("an offer that a run did not see keeps its last sighting until it is seen again", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const lastSeen = async () => (await all(ledger.openListings())).map((listing) => listing.lastSeen);
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP), opening("b", CHEAP)] }), lease);
      await ledger.commitRun(applied(2, { unseen: [keyOf("a")] }), lease);
      expect(await lastSeen()).toEqual([observed(1), observed(2)]);
      expect((await ledger.sourceState(SOURCE)).unseen).toEqual([keyOf("a")]);
      await ledger.commitRun(applied(3, { unseen: [keyOf("a")] }), lease);
      expect(await lastSeen()).toEqual([observed(1), observed(3)]);
      await ledger.commitRun(applied(4), lease);
      expect(await lastSeen()).toEqual([observed(4), observed(4)]);
      expect((await ledger.sourceState(SOURCE)).unseen).toEqual([]);
      const past = await all(ledger.listingsAsOf(observed(3), NOW + 9 * HOUR_MS));
      expect(past.map((listing) => listing.lastSeen)).toEqual([observed(1), observed(3)]);
    });

    it("volatile facts make no version, and their history is sampled by the day", async () => {
      const { ledger, store } = current();
      const lease = await leaseOf(ledger);
      const downloads = (count: number) => ({ volatile: [{ ...keyOf("a"), values: { downloads: count } }] });
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP)], ...downloads(10) }), lease);
      const before = await versionOf(ledger, "a");
      await ledger.commitRun(applied(2, downloads(20)), lease);
      await ledger.commitRun(applied(26, downloads(30)), lease);
      expect(await versionOf(ledger, "a")).toEqual(before);
      expect(await all(ledger.openListings())).toMatchObject([{ volatile: { downloads: 30 } }]);
      expect(await ledger.volatileOf("groq")).toEqual([{ ...keyOf("a"), values: { downloads: 30 } }]);
      expect(await ledger.volatileOf("another")).toEqual([]);
      expect(await ledger.measuredOf([keyOf("a"), keyOf("b")])).toEqual([
        { ...keyOf("a"), source: "groq", at: observed(26), values: { downloads: 30 } },
      ]);
      expect(await all(ledger.listingsAsOf(observed(3), NOW + 99 * HOUR_MS))).toMatchObject([
        { volatile: { downloads: 10 } },
      ]);
      expect(
        await store.db.selectFrom("volatile_sample").select("facts").orderBy("day").execute(),
      ).toHaveLength(2);
    });

    it("an unchanged run writes its own row and the source's, and nothing else", async () => {
      const { ledger, store } = current();
      const lease = await leaseOf(ledger);
      const parts = {
        validators: [{ view: "list", etag: '"1"', fingerprint: "f1" }],
        volatile: [{ ...keyOf("a"), values: { likes: 1 } }],
      };
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP)], ...parts }), lease);
      const mark = await ledger.contentMark();
      const tables = [
        "listing_version",
        "absence",
        "hold",
        "finding",
        "validator",
        "volatile_facts",
        "volatile_sample",
        "raw_page",
        "raw_body",
      ] as const;
      const rows = async () =>
        Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()));
      const before = await rows();
      const commit = applied(2, parts);
      await ledger.commitRun(
        { ...commit, report: { ...commit.report, outcome: "unchanged", rows: 0 } },
        lease,
      );
      expect(await rows()).toEqual(before);
      expect(await ledger.contentMark()).toBe(mark);
      expect((await ledger.sourceState(SOURCE)).lastApplied).toMatchObject({
        observedAt: observed(2),
        rows: 3,
      });
      expect(await all(ledger.openListings())).toMatchObject([{ lastSeen: observed(2) }]);
    });

    it("a run that was not believed changes nothing but its own account", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: [opening("a", CHEAP)], fingerprint: "f7" }), lease);
      const before = await ledger.sourceState(SOURCE);
      for (const [index, outcome] of (["failed", "rejected", "skipped"] as const).entries()) {
        await ledger.commitRun({ ...unbelieved(2 + index, outcome), notBefore: NOW + 9 * HOUR_MS }, lease);
      }
      const after = await ledger.sourceState(SOURCE);
      expect(after).toEqual({
        ...before,
        lastRunAt: NOW + 3 * HOUR_MS - 2_000,
        notBefore: NOW + 9 * HOUR_MS,
      });
      expect(await idsNow(ledger)).toEqual(["groq/unstated/a"]);
      const runs = await ledger.runs({ source: SOURCE, limit: 3 });
      expect(runs.map((run) => run.report.outcome)).toEqual(["skipped", "rejected", "failed"]);
      expect(await ledger.run(runs[0]?.id ?? 0)).toEqual(runs[0]);
      expect(await ledger.run(99)).toBeUndefined();
      expect(await ledger.health()).toMatchObject([
        {
          source: SOURCE,
          lastRun: { report: { outcome: "skipped" } },
          lastApplied: { coverage: { kind: "whole" } },
          everWhole: true,
          offers: 1,
          held: 0,
          findings: 0,
        },
      ]);
    });

    it("validators are those of the last applied run", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(
        applied(1, {
          validators: [
            { view: "list", etag: '"1"', fingerprint: "f1" },
            { view: "more", lastModified: "yesterday", fingerprint: "f1" },
          ],
        }),
        lease,
      );
      await ledger.commitRun(
        applied(2, { validators: [{ view: "list", etag: '"2"', fingerprint: "f2" }] }),
        lease,
      );
      expect((await ledger.sourceState(SOURCE)).validators).toEqual([
        { view: "list", etag: '"2"', fingerprint: "f2" },
      ]);
    });

    it("a reader that stops early, or writes while it reads, sees one state", async () => {
      const { ledger, room } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(
        applied(1, { openings: Array.from({ length: 4_500 }, (_, index) => opening(`m${index}`, CHEAP)) }),
        lease,
      );
      for await (const listing of ledger.openListings()) {
        expect(listing.source).toBe(SOURCE);
        break;
      }
      // In process there is one connection, which a reader keeps to himself.
      if (!room.shared && ledger.dialect === "postgres") return;
      let seen = 0;
      for await (const listing of ledger.openListings()) {
        if (seen === 0) await ledger.commitRun(applied(2, { openings: [opening("zzz", CHEAP)] }), lease);
        expect(listing.nativeId).not.toBe("zzz");
        seen += 1;
      }
      expect(seen).toBe(4_500);
      expect(await idsNow(ledger)).toHaveLength(4_501);
    });
  });
}
