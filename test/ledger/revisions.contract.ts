/** Revisions with their changes, and the operator's overrides. */
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import type { ChangeQuery } from "../../src/ledger/changes.ts";
import type { Subject } from "./ledger.test.ts";
import { HOUR_MS, leaseOf } from "./making.ts";
import { NOW } from "./places.ts";

const ADDED: Change = {
  subject: "offer",
  subjectId: "groq/unstated/a",
  kind: "added",
  topics: ["availability"],
  cause: "upstream",
  gateway: "groq",
  model: "org/a",
  fields: [],
};
const CHEAPER: Change = {
  ...ADDED,
  kind: "changed",
  topics: ["price", "limits"],
  fields: [
    { field: "prices", before: "0.2", after: { usd: "0.1" } },
    { field: "gone", before: null },
  ],
};
const MODEL: Change = {
  subject: "model",
  subjectId: "org/a",
  kind: "changed",
  topics: ["name"],
  cause: "rules",
  model: "org/a",
  fields: [{ field: "name", after: "A" }],
};
const ELSEWHERE: Change = {
  ...ADDED,
  subjectId: "xai/unstated/a",
  gateway: "xai",
  model: "org/b",
  cause: "override",
};

export function revisionsContract(current: () => Subject): void {
  describe("revisions", () => {
    const revision = (hour: number) => ({
      hash: `h${hour}`,
      createdAt: NOW + hour * HOUR_MS,
      knownAt: NOW + hour * HOUR_MS - 1,
      runId: hour,
      models: 2,
      offers: 3,
    });

    it("are numbered from one, and the latest is the last", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      expect(await ledger.latestRevision()).toBeUndefined();
      expect(await ledger.commitRevision(revision(1), [], lease)).toEqual({ number: 1, ...revision(1) });
      expect(await ledger.commitRevision(revision(2), [], lease)).toEqual({ number: 2, ...revision(2) });
      expect(await ledger.latestRevision()).toEqual({ number: 2, ...revision(2) });
    });

    it("bring changes that can be asked for by every word", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRevision(revision(1), [ADDED, ELSEWHERE], lease);
      await ledger.commitRevision(revision(2), [CHEAPER, MODEL], lease);
      const everything = await ledger.changes({ limit: 99 });
      const [first, , third] = everything;
      expect(everything).toEqual(
        [ADDED, ELSEWHERE, CHEAPER, MODEL].map((change, index) => ({
          ...change,
          id: everything[index]?.id,
          revision: index < 2 ? 1 : 2,
          at: NOW + (index < 2 ? 1 : 2) * HOUR_MS,
        })),
      );
      const which = async (query: Omit<ChangeQuery, "limit">, limit = 99) =>
        (await ledger.changes({ ...query, limit })).map(({ id }) =>
          everything.findIndex((change) => change.id === id),
        );
      expect(await which({ since: NOW + 2 * HOUR_MS })).toEqual([2, 3]);
      expect(await which({ until: NOW + 2 * HOUR_MS })).toEqual([0, 1]);
      expect(await which({ afterId: third?.id ?? 0 })).toEqual([3]);
      expect(await which({ subject: "model" })).toEqual([3]);
      expect(await which({ gateway: "xai" })).toEqual([1]);
      expect(await which({ model: "org/a" })).toEqual([0, 2, 3]);
      expect(await which({ kinds: ["added"] })).toEqual([0, 1]);
      expect(await which({ topics: ["limits", "name"] })).toEqual([2, 3]);
      expect(await which({ topics: ["price"], gateway: "groq", since: NOW })).toEqual([2]);
      expect(await which({ causes: ["rules", "override"] })).toEqual([1, 3]);
      expect(await which({ kinds: [] })).toEqual([]);
      expect(await which({ topics: [] })).toEqual([]);
      expect(await which({ afterId: first?.id ?? 0 }, 2)).toEqual([1, 2]);
      expect(await which({ afterId: 0 }, 2)).toEqual([0, 1]);
      expect(await which({ order: "desc" }, 3)).toEqual([3, 2, 1]);
      expect(await which({ order: "desc", beforeId: third?.id ?? 0 })).toEqual([1, 0]);
      expect(await which({ lab: "org", order: "desc", since: NOW + 2 * HOUR_MS })).toEqual([3, 2]);
    });
  });

  describe("stories", () => {
    const DAY_MS = 24 * HOUR_MS;
    const on = (day: number) => ({
      hash: `d${day}`,
      createdAt: NOW + day * DAY_MS,
      knownAt: NOW + day * DAY_MS,
      runId: 1,
      models: 1,
      offers: 1,
    });
    const REPRICED: Change = { ...CHEAPER, topics: ["price"] };
    const RENAMED: Change = { ...CHEAPER, topics: ["name"] };
    const told = async (query: Omit<ChangeQuery, "limit" | "order"> = {}, limit = 99) =>
      (await current().ledger.stories({ ...query, limit })).map((changes) =>
        changes.map(({ revision }) => revision),
      );

    it("what flaps is one story: of one thing, one matter, one cause, within seven days of its last change", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const days: readonly (readonly [number, readonly Change[]])[] = [
        [1, [ADDED]],
        [2, [REPRICED]],
        [5, [REPRICED, RENAMED]],
        [6, [{ ...REPRICED, cause: "rules" }]],
        [12, [REPRICED]],
        [19.5, [REPRICED]],
      ];
      for (const [day, list] of days) await ledger.commitRevision(on(day), list, lease);
      expect(await told()).toEqual([[6], [2, 3, 5], [4], [3], [1]]);
      expect(await told({ topics: ["price"], causes: ["upstream"] })).toEqual([[6], [2, 3, 5]]);
      expect(await told({ lab: "org" }, 2)).toEqual([[6], [2, 3, 5]]);
      expect(await told({ lab: "or" })).toEqual([]);
      const [, fifth] = (await ledger.changes({ limit: 2, order: "desc" })) ?? [];
      expect(await told({ beforeId: fifth?.id ?? 0 }, 1)).toEqual([[4]]);
      const [first] = await ledger.changes({ limit: 1, afterId: 1 });
      expect(
        (await ledger.changes({ story: first?.id ?? 0, limit: 9 })).map(({ revision }) => revision),
      ).toEqual([2, 3, 5]);
    });

    it("a price that falls after it rose goes on with its story", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const ways = [["price", "dearer"], ["price", "cheaper"], ["price"]] as const;
      for (const [day, topics] of ways.entries())
        await ledger.commitRevision(on(day), [{ ...CHEAPER, topics }], lease);
      expect(await told()).toEqual([[1, 2, 3]]);
      expect(await ledger.changes({ topics: ["cheaper"], limit: 9 })).toMatchObject([{ revision: 2 }]);
    });

    it("what goes and comes back is one story, and what is new begins its own", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const kinds = ["added", "removed", "returned", "removed", "added"] as const;
      for (const [day, kind] of kinds.entries())
        await ledger.commitRevision(on(day), [{ ...ADDED, kind }], lease);
      expect(await told()).toEqual([[5], [1, 2, 3, 4]]);
    });

    it("a story of more than ninety days is told anew", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      for (let week = 0; week < 15; week += 1) await ledger.commitRevision(on(week * 7), [REPRICED], lease);
      expect((await told()).map(({ length }) => length)).toEqual([2, 13]);
    });
  });

  describe("overrides", () => {
    it("are in force until they end, and keep their order and their words", async () => {
      const { ledger } = current();
      const pin = { kind: "pin", target: "groq/unstated/a", value: "org/a", createdAt: NOW } as const;
      const alias = { kind: "alias", target: "old", value: "new", createdAt: NOW + 1 } as const;
      const [one, two] = [await ledger.addOverride(pin), await ledger.addOverride(alias)];
      expect(await ledger.overrides()).toEqual([
        { id: one, ...pin },
        { id: two, ...alias },
      ]);
      expect(await ledger.endOverride(one, NOW + 2)).toBe(true);
      const inForce = async (at: number) => (await ledger.overrides(at)).map(({ id }) => id);
      expect(await inForce(NOW - 1)).toEqual([]);
      expect(await inForce(NOW)).toEqual([one]);
      expect(await inForce(NOW + 1)).toEqual([one, two]);
      expect(await inForce(NOW + 2)).toEqual([two]);
      expect(await ledger.overrides()).toEqual([{ id: two, ...alias }]);
    });
  });
}
