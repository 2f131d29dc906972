/** What the ledger holds of a stretch of time, for numbers over it. */
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { all, applied, HOUR_MS, leaseOf, opening, priced } from "./making.ts";
import { NOW } from "./places.ts";

const BEFORE = priced("0.000001");
const AFTER = priced("0.000002");
const DAY_MS = 24 * HOUR_MS;

/** When the upstream spoke in a run of this hour. */
function at(hour: number): number {
  return NOW + hour * HOUR_MS - 1_000;
}

export function timelineContract(current: () => Subject): void {
  describe("a stretch of time", () => {
    it("holds what was true in it: what began by its end, and ended after its beginning", async () => {
      const { ledger } = current();
      await says(ledger, 1, [
        ["a", BEFORE],
        ["b", BEFORE],
      ]);
      for (const hour of [2, 3, 4, 5]) await says(ledger, hour, [["a", hour === 2 ? BEFORE : AFTER]]);
      await says(ledger, 6, [
        ["a", AFTER],
        ["c", BEFORE],
      ]);
      const told = async (since: number, until: number) =>
        (await all(ledger.versionsIn({ since, until }))).map(
          ({ nativeId, since: from, until: to, causeTo }) => [nativeId, from, to, causeTo],
        );
      const [a, b] = [
        ["a", at(1), at(3), "upstream"],
        ["b", at(1), at(2), "upstream"],
      ];
      const [later, c] = [
        ["a", at(3), undefined, undefined],
        ["c", at(6), undefined, undefined],
      ];
      expect(await told(0, at(9))).toEqual([a, later, b, c]);
      expect(await told(0, at(1))).toEqual([a, b]);
      expect(await told(at(4), at(5))).toEqual([a, later, b]);
      // Beyond three walks through the list nothing of what ended outlasts its end.
      expect(await told(at(6), at(9))).toEqual([later, c]);
      expect(await told(at(5), at(9))).toEqual([a, later, c]);
    });

    it("is walked in the order of keys and times, over however many rows", async () => {
      const { ledger } = current();
      const names = Array.from({ length: 2_100 }, (_, index) => `m${String(index).padStart(5, "0")}`);
      const list = (facts: Facts) => names.map((name) => [name, facts] as const);
      await says(ledger, 1, list(BEFORE));
      await says(ledger, 2, list(AFTER));
      const told = await all(ledger.versionsIn({ since: 0, until: at(9) }));
      expect(told.map(({ nativeId, since }) => `${nativeId} ${since}`)).toEqual(
        names.flatMap((name) => [`${name} ${at(1)}`, `${name} ${at(2)}`]),
      );
    });

    it("says until when what was left out may last, and since when a list was read whole", async () => {
      const { ledger } = current();
      await says(ledger, 1, [["a", BEFORE]], "window");
      for (const hour of [2, 3, 5]) await says(ledger, hour, [["a", BEFORE]]);
      await says(ledger, 4, [["a", BEFORE]], "partial");
      expect(await ledger.keptUntil("groq", at(1))).toBe(at(5));
      expect(await ledger.keptUntil("groq", at(2))).toBe(Infinity);
      expect(await ledger.wholeSince()).toEqual(new Map([["groq", at(2)]]));
    });

    it("counts readings by days that end with midnight", async () => {
      const { ledger } = current();
      const midnight = Math.ceil(at(1) / DAY_MS) * DAY_MS;
      const hours = [1, 2, (midnight - NOW + 1_000) / HOUR_MS, (midnight - NOW + 2_000) / HOUR_MS];
      for (const hour of hours) await says(ledger, hour, [["a", BEFORE]]);
      const readings = async (since: number, until: number) =>
        (await ledger.readingsIn({ since, until })).toSorted((one, other) => one.day - other.day);
      const [first, second] = [midnight - DAY_MS, midnight];
      expect(await readings(0, midnight + DAY_MS)).toEqual([
        { source: "groq", day: first, readings: 3 },
        { source: "groq", day: second, readings: 1 },
      ]);
      expect(await readings(at(1), midnight)).toEqual([{ source: "groq", day: first, readings: 2 }]);
    });
  });
}

/** A run that says exactly this. */
async function says(
  ledger: Ledger,
  hour: number,
  list: readonly (readonly [name: string, facts: Facts])[],
  kind: "whole" | "window" | "partial" = "whole",
): Promise<void> {
  const open = new Map((await ledger.sourceState("groq")).open.map((one) => [one.nativeId, one]));
  const stated = list.map(([name, facts]) => opening(name, facts, open.get(name)?.versionId));
  const names = new Set(list.map(([name]) => name));
  const commit = applied(hour, {
    openings: stated.filter((one) => open.get(one.nativeId)?.hash !== one.hash),
    closings: [...open].flatMap(([name, { versionId }]) =>
      names.has(name) ? [] : [{ versionId, cause: "upstream" as const }],
    ),
  });
  const report = { ...commit.report, coverage: { kind, evidence: "as the test says" } };
  await ledger.commitRun({ ...commit, report }, await leaseOf(ledger));
}
