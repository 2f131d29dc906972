/** Leases: of two writers, one wins, and the other one writes nothing. */
import { describe, expect, it } from "vitest";
import { LeaseLost } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { applied, idsNow, opening, priced } from "./making.ts";
import { NOW, openIn } from "./places.ts";

const TTL_MS = 1_000;

export function leasesContract(current: () => Subject): void {
  describe("leases", () => {
    it("a lease is one holder's until it runs out; taking it over raises the fence", async () => {
      const { ledger } = current();
      const first = await ledger.takeLease("sync", "a", NOW, TTL_MS);
      expect(first).toEqual({ name: "sync", holder: "a", fence: 1, expiresAt: NOW + TTL_MS });
      expect(await ledger.takeLease("sync", "b", NOW + 999, TTL_MS)).toBeUndefined();
      expect(await ledger.takeLease("sync", "a", NOW + 500, TTL_MS)).toEqual({
        name: "sync",
        holder: "a",
        fence: 1,
        expiresAt: NOW + 1_500,
      });
      expect(await ledger.takeLease("publish", "b", NOW, TTL_MS)).toMatchObject({ holder: "b", fence: 1 });
      expect(await ledger.takeLease("sync", "b", NOW + 1_500, TTL_MS)).toMatchObject({
        holder: "b",
        fence: 2,
      });
      expect(await ledger.takeLease("sync", "a", NOW + 1_600, TTL_MS)).toBeUndefined();
    });

    it("a lease is renewed by its holder and by nobody else, and can be given back", async () => {
      const { ledger } = current();
      const mine = await ledger.takeLease("sync", "a", NOW, TTL_MS);
      if (mine === undefined) throw new Error("nobody else is here");
      expect(await ledger.renewLease(mine, NOW + 900, TTL_MS)).toEqual({ ...mine, expiresAt: NOW + 1_900 });
      expect(await ledger.renewLease({ ...mine, holder: "b" }, NOW, TTL_MS)).toBeUndefined();
      await ledger.releaseLease(mine);
      expect(await ledger.renewLease(mine, NOW + 950, TTL_MS)).toBeUndefined();
      expect(await ledger.takeLease("sync", "b", NOW + 950, TTL_MS)).toMatchObject({ holder: "b", fence: 2 });
    });

    it("a lease of a holder that is gone can be taken at once, with a higher fence", async () => {
      const { ledger } = current();
      const dead = await ledger.takeLease("sync", "dead", NOW, TTL_MS);
      if (dead === undefined) throw new Error("nobody else is here");
      const isGone = (holder: string) => holder === "dead";
      expect(await ledger.takeLease("sync", "b", NOW, TTL_MS, () => false)).toBeUndefined();
      expect(await ledger.takeLease("sync", "b", NOW, TTL_MS, isGone)).toMatchObject({
        holder: "b",
        fence: 2,
      });
      await expect(ledger.commitRun(applied(1, {}), dead)).rejects.toThrow(LeaseLost);
    });

    it("a leader that was stopped past its lease writes nothing, even where its lease came back to its own name", async () => {
      const { ledger } = current();
      const stale = await ledger.takeLease("sync", "a", NOW, TTL_MS);
      const fresh = await ledger.takeLease("sync", "b", NOW + 2_000, TTL_MS);
      const again = await ledger.takeLease("sync", "a", NOW + 4_000, TTL_MS);
      if (stale === undefined || fresh === undefined || again === undefined)
        throw new Error("each lease had run out");
      const commit = applied(1, { openings: [opening("a", priced("0.1"))] });
      const revision = { hash: "h", createdAt: NOW, knownAt: NOW, runId: 0, models: 0, offers: 0 };
      await expect(ledger.commitRun(commit, stale)).rejects.toThrow(LeaseLost);
      await expect(ledger.commitRun(commit, fresh)).rejects.toThrow(LeaseLost);
      await expect(ledger.commitRevision(revision, [], stale)).rejects.toThrow(LeaseLost);
      expect(await ledger.runs({ limit: 9 })).toEqual([]);
      expect(await ledger.latestRevision()).toBeUndefined();
      await ledger.commitRun(commit, again);
      expect(await idsNow(ledger)).toEqual(["groq/unstated/a"]);
    });

    it("of two who ask at once, one gets the lease, and runs of both follow each other", async () => {
      const { ledger, room } = current();
      if (!room.shared) return;
      const other = await openIn(room);
      // Two connections to one SQLite file in one thread would wait for each other: a lock's owner could not go on.
      const both = ledger.dialect === "postgres" ? atOnce : inTurn;
      try {
        const leases = await both(
          () => ledger.takeLease("sync", "a", NOW, TTL_MS),
          () => other.takeLease("sync", "b", NOW, TTL_MS),
        );
        expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
        const [left, right] = [
          await ledger.takeLease("x", "a", NOW, TTL_MS),
          await other.takeLease("y", "b", NOW, TTL_MS),
        ];
        if (left === undefined || right === undefined) throw new Error("nobody else asks for these");
        const ids = await both(
          () => ledger.commitRun(applied(1, { openings: [opening("a", priced("0.1"))] }, "one"), left),
          () => other.commitRun(applied(1, { openings: [opening("a", priced("0.1"))] }, "two"), right),
        );
        expect(new Set(ids)).toEqual(new Set([1, 2]));
        expect(await idsNow(other)).toHaveLength(2);
      } finally {
        await other.close();
      }
    });
  });
}

async function atOnce<Result>(
  one: () => Promise<Result>,
  two: () => Promise<Result>,
): Promise<readonly Result[]> {
  return Promise.all([one(), two()]);
}

async function inTurn<Result>(
  one: () => Promise<Result>,
  two: () => Promise<Result>,
): Promise<readonly Result[]> {
  return [await one(), await two()];
}
