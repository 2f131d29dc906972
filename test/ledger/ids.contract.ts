/** Ids in odd forms come back as they were, in the order of their bytes; what a store would alter is refused. */
import { describe, expect, it } from "vitest";
import type { Subject } from "./ledger.test.ts";
import { all, applied, byBytes, keyOf, leaseOf, opening, priced, SOURCE, versionOf } from "./making.ts";

const ODD = [
  "__proto__",
  "constructor",
  "../x",
  "caf\u00e9",
  "cafe\u0301",
  "Model",
  "model",
  "=1+1",
  "\u202egnp.exe",
  "zero\u200bwidth",
  "'; drop table run; --",
  '"quoted"',
  "100%_like",
  "日本語",
  "\u{1f600}",
  "\uff5e",
  "a/b/c",
  "a b",
];
const UNSTORABLE = ["nul\0inside", "half\ud83d", "\udc00half"];

export function idsContract(current: () => Subject): void {
  describe("ids", () => {
    it("in odd forms stay apart and come back as they were", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(applied(1, { openings: ODD.map((id) => opening(id, priced("0.1"))) }), lease);
      const listed = await all(ledger.openListings());
      expect(listed.map(({ nativeId }) => nativeId).toSorted()).toEqual(ODD.toSorted());
      expect(listed).toEqual(listed.toSorted(byBytes));
      for (const id of ODD) {
        expect(await versionOf(ledger, id)).toMatchObject({ nativeId: id });
      }
      await ledger.commitRun(
        applied(2, {
          unseen: ODD.map(keyOf),
          holds: ODD.map((id) => ({ ...keyOf(id), kind: "removal" as const })),
        }),
        lease,
      );
      expect((await ledger.holds({})).map(({ nativeId }) => nativeId)).toEqual(ODD);
      const { open } = await ledger.sourceState(SOURCE);
      await ledger.commitRun(
        applied(3, { closings: open.map(({ versionId }) => ({ versionId, cause: "upstream" as const })) }),
        lease,
      );
      expect(await ledger.everListed(SOURCE, ODD.map(keyOf))).toEqual(
        new Set(ODD.map((id) => `groq/unstated/${id}`)),
      );
    });

    it("that a store would alter are refused before anything is written", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      for (const id of UNSTORABLE) {
        await expect(
          ledger.commitRun(applied(1, { openings: [opening(id, priced("0.1"))] }), lease),
        ).rejects.toThrow("not storable");
        await expect(
          ledger.addOverride({ kind: "hide", target: id, value: "", createdAt: 0 }),
        ).rejects.toThrow("not storable");
      }
      expect(await ledger.runs({ limit: 9 })).toEqual([]);
    });

    it("and facts of any text are stored as they are hashed", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const facts = {
        name: 'tabs\tand "quotes" and \\ and nul\0 and half\ud83d and \u{1f600} and \u202e',
        tags: ["__proto__", "", "é"],
      };
      await ledger.commitRun(applied(1, { openings: [opening("a", facts)] }), lease);
      expect(await all(ledger.openListings())).toMatchObject([{ facts }]);
      expect(await ledger.verify()).toEqual([]);
    });
  });
}
