/** A run is written whole or not at all. */
import { describe, expect, it } from "vitest";
import type { RunCommit } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { all, applied, HOUR_MS, idsNow, keyOf, leaseOf, opening, priced, SOURCE } from "./making.ts";
import { NOW } from "./places.ts";

const FACTS = priced("0.0000001");

export function commitContract(current: () => Subject): void {
  describe("a commit", () => {
    it("that fails leaves nothing behind, not even a number", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: [opening("a", FACTS)] }), lease);
      const before = [
        await ledger.sourceState(SOURCE),
        await ledger.runs({ limit: 9 }),
        await ledger.contentMark(),
      ];
      const broken = applied(2, {
        openings: [opening("b", FACTS)],
        closings: [{ versionId: 999, cause: "upstream" }],
      });
      await expect(ledger.commitRun(broken, lease)).rejects.toThrow(
        "1 versions of groq should be closed, and 0 of them are open",
      );
      // The database itself refuses this one, in the middle of the rows.
      await expect(
        ledger.commitRun(applied(2, { openings: [opening("c", FACTS), opening("a", FACTS)] }), lease),
      ).rejects.toThrow(/unique/i);
      expect([
        await ledger.sourceState(SOURCE),
        await ledger.runs({ limit: 9 }),
        await ledger.contentMark(),
      ]).toEqual(before);
      expect(await ledger.commitRun(applied(3), lease)).toBe(2);
    });

    it("of 5,000 listings is one run", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const openings = Array.from({ length: 5_000 }, (_, index) =>
        opening(`org/model-${index}`, priced(`0.${index + 1}`)),
      );
      await ledger.commitRun(applied(1, { openings }), lease);
      const { open } = await ledger.sourceState(SOURCE);
      expect(open).toHaveLength(5_000);
      const listed = await all(ledger.openListings());
      expect(listed).toHaveLength(5_000);
      expect(listed.find(({ nativeId }) => nativeId === "org/model-4321")?.facts).toEqual(priced("0.4322"));
      await ledger.commitRun(
        applied(2, { closings: open.map(({ versionId }) => ({ versionId, cause: "upstream" as const })) }),
        lease,
      );
      expect(await idsNow(ledger)).toEqual([]);
      expect(await ledger.everListed(SOURCE, openings)).toHaveProperty("size", 5_000);
    });

    it("changes the content mark exactly when it can change what is published", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const marks = [await ledger.contentMark()];
      const step = async (commit: RunCommit) => {
        await ledger.commitRun(commit, lease);
        marks.push(await ledger.contentMark());
      };
      await step(applied(1, { openings: [opening("a", FACTS)] }));
      await step(applied(2));
      await step(applied(3, { holds: [{ ...keyOf("a"), kind: "removal" }] }));
      const id = await ledger.addOverride({ kind: "hide", target: "x", value: "", createdAt: NOW });
      marks.push(await ledger.contentMark());
      expect(await ledger.endOverride(id, NOW)).toBe(true);
      marks.push(await ledger.contentMark());
      expect(await ledger.endOverride(id, NOW)).toBe(false);
      marks.push(await ledger.contentMark());
      expect(marks.map((mark, index) => mark !== marks[index - 1])).toEqual([
        true,
        true,
        false,
        true,
        true,
        true,
        false,
      ]);
    });

    it("is refused when the observed time runs backwards, when a hash is wrong, and when the outcome says otherwise", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(2, { openings: [opening("a", FACTS)] }), lease);
      await expect(ledger.commitRun({ ...applied(3), observedAt: NOW + HOUR_MS }, lease)).rejects.toThrow(
        "runs backwards",
      );
      await expect(
        ledger.commitRun(applied(3, { openings: [{ ...opening("b", FACTS), hash: "0" }] }), lease),
      ).rejects.toThrow("hash");
      const rejected = applied(3);
      await expect(
        ledger.commitRun({ ...rejected, report: { ...rejected.report, outcome: "rejected" } }, lease),
      ).rejects.toThrow("applies nothing");
      expect(await ledger.runs({ limit: 9 })).toHaveLength(1);
    });

    it("without an observation was said when the upstream last spoke", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: [opening("a", FACTS)] }), lease);
      await ledger.commitRun(
        applied(2, { holds: [{ ...keyOf("a"), kind: "removal" }], unseen: [keyOf("a")] }),
        lease,
      );
      const { open, holds } = await ledger.sourceState(SOURCE);
      const { observedAt: _none, ...accept } = applied(5, {
        closings: open.map(({ versionId }) => ({ versionId, cause: "upstream" as const })),
        endedHolds: holds.map(({ id }) => ({ id, how: "accepted" as const })),
      });
      await ledger.commitRun(accept, lease);
      const at = async (hour: number, knownHour: number) =>
        (await all(ledger.listingsAsOf(NOW + hour * HOUR_MS, NOW + knownHour * HOUR_MS))).length;
      expect([await at(3, 4), await at(3, 6), await at(1, 6)]).toEqual([1, 0, 1]);
      expect(await ledger.verify()).toEqual([]);
    });
  });
}
