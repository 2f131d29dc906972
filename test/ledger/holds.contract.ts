/** Holds: shown by a run, pending, then confirmed, accepted or withdrawn. */
import { describe, expect, it } from "vitest";
import type { Subject } from "./ledger.test.ts";
import { all, applied, HOUR_MS, keyOf, leaseOf, opening, priced, SOURCE } from "./making.ts";
import { NOW } from "./places.ts";

export function holdsContract(current: () => Subject): void {
  describe("holds", () => {
    it("a hold is pending until it ends, and says which run showed it", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const facts = priced("0.5");
      await ledger.commitRun(
        applied(1, { openings: [opening("a", priced("0.1")), opening("b", priced("0.1"))] }),
        lease,
      );
      const runId = await ledger.commitRun(
        applied(2, {
          holds: [
            { ...keyOf("a"), kind: "removal" },
            { ...keyOf("a"), kind: "price", facts },
            { ...keyOf("b"), kind: "removal" },
          ],
        }),
        lease,
      );
      const pending = await ledger.holds({ runId });
      const since = {
        source: SOURCE,
        runId,
        sinceObserved: NOW + 2 * HOUR_MS - 1_000,
        sinceRecorded: NOW + 2 * HOUR_MS,
      };
      const [removal, price, other] = pending;
      expect(pending).toEqual([
        { ...keyOf("a"), ...since, id: removal?.id, kind: "removal" },
        { ...keyOf("a"), ...since, id: price?.id, kind: "price", facts },
        { ...keyOf("b"), ...since, id: other?.id, kind: "removal" },
      ]);
      expect((await all(ledger.openListings())).map(({ held }) => held)).toEqual([
        ["price", "removal"],
        ["removal"],
      ]);
      expect((await ledger.health())[0]?.held).toBe(3);

      await ledger.commitRun(
        applied(3, {
          endedHolds: [
            { id: removal?.id ?? 0, how: "withdrawn" },
            { id: other?.id ?? 0, how: "confirmed" },
          ],
        }),
        lease,
      );
      expect(await ledger.holds({ runId })).toEqual([price]);
      expect(await ledger.holds({ source: SOURCE })).toEqual([price]);
      expect(await ledger.holds({ source: "other" })).toEqual([]);
      expect((await ledger.sourceState(SOURCE)).holds).toEqual([price]);
    });

    it("a hold ends once, and can be shown again", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(
        applied(1, { openings: [opening("a", priced("0.1"))], holds: [{ ...keyOf("a"), kind: "removal" }] }),
        lease,
      );
      const [hold] = await ledger.holds({});
      const end = { endedHolds: [{ id: hold?.id ?? 0, how: "withdrawn" as const }] };
      await ledger.commitRun(applied(2, end), lease);
      await expect(ledger.commitRun(applied(3, end), lease)).rejects.toThrow("not pending");
      await ledger.commitRun(applied(3, { holds: [{ ...keyOf("a"), kind: "removal" }] }), lease);
      expect(await ledger.holds({})).toHaveLength(1);
    });
  });
}
