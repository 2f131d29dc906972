/** The models that offers were. */
import { describe, expect, it } from "vitest";
import type { Subject } from "./ledger.test.ts";
import { leaseOf } from "./making.ts";
import { NOW } from "./places.ts";

const KEY = { gateway: "groq", provider: "groq", nativeId: "a" };

export function modelIdsContract(current: () => Subject): void {
  describe("the models that an offer was", () => {
    const revision = (hash: string) => ({
      hash,
      createdAt: NOW,
      knownAt: NOW,
      runId: 0,
      models: 1,
      offers: 1,
    });

    it("are told in their order, until a revision", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRevision(revision("1"), [], lease, [{ ...KEY, model: "lab/old" }]);
      await ledger.commitRevision(revision("2"), [], lease);
      await ledger.commitRevision(revision("3"), [], lease, [
        { ...KEY, model: "lab/new" },
        { ...KEY, provider: "other", model: "lab/other" },
      ]);
      expect([...(await ledger.modelIds(2))]).toEqual([["groq/groq/a", ["lab/old"]]]);
      expect([...(await ledger.modelIds(3))]).toEqual([
        ["groq/groq/a", ["lab/old", "lab/new"]],
        ["groq/other/a", ["lab/other"]],
      ]);
      expect([...(await ledger.modelIds(0))]).toEqual([]);
    });

    it("are refused where they hold what no database keeps", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await expect(
        ledger.commitRevision(revision("1"), [], lease, [{ ...KEY, model: "a\u0000b" }]),
      ).rejects.toThrow("NUL");
      expect(await ledger.latestRevision()).toBeUndefined();
    });
  });
}
