/** What the ledger recalls of single offers, and what it still tells of a value that is not stated any more. */
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import type { Cause } from "../../src/domain/change.ts";
import { offerId } from "../../src/domain/offer.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { all, applied, HOUR_MS, keyOf, leaseOf, opening, priced } from "./making.ts";
import { NOW } from "./places.ts";

const BEFORE = priced("0.000001");
const AFTER: Facts = { name: "a model", billing: "unknown" };

export function recallContract(current: () => Subject): void {
  describe("recall", () => {
    it("tells what was replaced for three runs that walked the list, and no longer", async () => {
      const { ledger } = current();
      await says(ledger, 1, BEFORE);
      await says(ledger, 2, AFTER);
      expect(await told(ledger)).toEqual([BEFORE]);
      await runs(ledger, 3);
      await runs(ledger, 4);
      expect(await told(ledger)).toEqual([BEFORE]);
      const mark = await ledger.contentMark();
      await runs(ledger, 5, "partial");
      expect(await told(ledger)).toEqual([BEFORE]);
      expect(await ledger.contentMark()).toBe(mark);
      await runs(ledger, 6);
      expect(await told(ledger)).toBeUndefined();
      expect(await ledger.contentMark(), "it is to be published").not.toBe(mark);
      const next = await ledger.contentMark();
      await runs(ledger, 7);
      expect(await ledger.contentMark()).toBe(next);
    });

    it("tells nothing of what our own rules took back, nor of what was before that", async () => {
      const { ledger } = current();
      await says(ledger, 1, BEFORE);
      await says(ledger, 2, { ...BEFORE, name: "another" });
      await says(ledger, 3, AFTER, "rules");
      expect(await told(ledger)).toBeUndefined();
    });

    it("gives the listings of the offers asked for, now and then, and of no others", async () => {
      const { ledger } = current();
      await says(ledger, 1, BEFORE);
      await says(ledger, 2, AFTER);
      const keys = [keyOf("a"), keyOf("never")];
      expect((await ledger.listingsOf(keys)).map(({ facts }) => facts)).toEqual([AFTER]);
      const then = { asOf: NOW + HOUR_MS, knownAt: NOW + 2 * HOUR_MS };
      expect((await ledger.listingsOf(keys, then)).map(({ facts }) => facts)).toEqual([BEFORE]);
      expect(await ledger.listingsOf([])).toEqual([]);
    });

    it("gives every version of an offer, the oldest first, as it was known", async () => {
      const { ledger } = current();
      await says(ledger, 1, BEFORE);
      await says(ledger, 2, AFTER);
      const [first, second] = [NOW + HOUR_MS - 1_000, NOW + 2 * HOUR_MS - 1_000];
      const version = { ...keyOf("a"), source: "groq", cause: "upstream" };
      expect(await ledger.versionsOf([keyOf("a")], NOW + 9 * HOUR_MS, 10)).toEqual([
        { ...version, facts: BEFORE, since: first, until: second },
        { ...version, facts: AFTER, since: second },
      ]);
      expect(await ledger.versionsOf([keyOf("a")], NOW + HOUR_MS, 10)).toEqual([
        { ...version, facts: BEFORE, since: first },
      ]);
      expect(await ledger.versionsOf([keyOf("a")], NOW + 9 * HOUR_MS, 1)).toMatchObject([{ facts: AFTER }]);
    });
  });
}

async function says(ledger: Ledger, hour: number, facts: Facts, cause: Cause = "upstream"): Promise<void> {
  const open = (await ledger.sourceState("groq")).open.find((one) => offerId(one) === offerId(keyOf("a")));
  const lease = await leaseOf(ledger);
  const version = { ...opening("a", facts, open?.versionId), cause };
  const other = hour === 1 ? [opening("b", priced("1"))] : [];
  await ledger.commitRun(applied(hour, { openings: [version, ...other] }), lease);
}

async function runs(ledger: Ledger, hour: number, kind: "whole" | "partial" = "whole"): Promise<void> {
  const commit = applied(hour);
  const report = { ...commit.report, coverage: { kind, evidence: "as the test says" } };
  await ledger.commitRun({ ...commit, report }, await leaseOf(ledger));
}

async function told(ledger: Ledger): Promise<readonly Facts[] | undefined> {
  return (await all(ledger.openListings())).find(({ nativeId }) => nativeId === "a")?.earlier;
}
