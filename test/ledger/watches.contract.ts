/** Watches: where each is in the log of changes, how it stands, and what was sent to it. */
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import type { Delivery } from "../../src/domain/watch.ts";
import { LOG_DELIVERIES_MAX } from "../../src/ledger/watches.ts";
import type { Subject } from "./ledger.test.ts";
import { leaseOf } from "./making.ts";
import { NOW } from "./places.ts";

const CHANGE: Change = {
  subject: "offer",
  subjectId: "groq/unstated/a",
  kind: "added",
  topics: ["availability"],
  cause: "upstream",
  gateway: "groq",
  fields: [],
};
const WATCH = { url: "https://a.example/hook", wish: { gateway: "groq" }, secret: "whsec_x", createdAt: NOW };
const LATER = NOW + 60_000;

function attemptOf(watch: number, error?: string): Omit<Delivery, "id"> {
  const beside = error === undefined ? {} : { error };
  return {
    watch,
    message: "m",
    kind: "changes",
    changes: 1,
    revision: 2,
    attempt: 1,
    at: NOW,
    ms: 3,
    ...beside,
  };
}

export function watchesContract(current: () => Subject): void {
  describe("watches", () => {
    const change = async (hash: string) => {
      const revision = { hash, createdAt: NOW, knownAt: NOW, runId: 0, models: 1, offers: 1 };
      await current().ledger.commitRevision(revision, [CHANGE], await leaseOf(current().ledger));
      const [newest] = await current().ledger.changes({ order: "desc", limit: 1 });
      return newest?.id ?? 0;
    };

    it("are told what changes after they were added, and are due when something did", async () => {
      const { watches } = current().ledger;
      const before = await change("1");
      const watch = await watches.add(WATCH);
      expect(watch).toEqual({
        ...watch,
        url: WATCH.url,
        wish: WATCH.wish,
        createdAt: NOW,
        position: before,
        failures: 0,
      });
      expect(JSON.stringify([await watches.list(), await watches.one(watch.id)])).not.toContain("whsec");
      expect([await watches.secretOf(watch.id), await watches.due(NOW)]).toEqual(["whsec_x", []]);
      const after = await change("2");
      expect((await watches.due(NOW)).map(({ id }) => id)).toEqual([watch.id]);
      await watches.pass(watch.id, after, await leaseOf(current().ledger));
      expect(await watches.due(NOW)).toEqual([]);
    });

    it("wait, pause and go on, and note each attempt in the same transaction", async () => {
      const { watches } = current().ledger;
      const { id } = await watches.add(WATCH);
      const position = await change("1");
      const lease = await leaseOf(current().ledger);
      await watches.note(attemptOf(id, "status 500"), { kind: "again", nextAt: LATER }, lease);
      expect(await watches.one(id)).toMatchObject({ failures: 1, failingSince: NOW, nextAt: LATER });
      expect([await watches.due(LATER - 1), (await watches.due(LATER)).length]).toEqual([[], 1]);
      await watches.note(
        { ...attemptOf(id, "gone"), at: LATER, status: 410 },
        { kind: "paused", why: "gone" },
        lease,
      );
      const paused = await watches.one(id);
      expect(paused).toMatchObject({ failures: 2, failingSince: NOW, paused: { at: LATER, why: "gone" } });
      expect(await watches.due(LATER * 2)).toEqual([]);
      expect([await watches.resume(id), await watches.resume(id + 1)]).toEqual([true, false]);
      expect(await watches.one(id)).toMatchObject({ failures: 0 });
      await watches.note(attemptOf(id), { kind: "received", position }, lease);
      expect(await watches.one(id)).toMatchObject({ position, failures: 0 });
      const log = await watches.log(id, 2);
      expect(log.map(({ error, status }) => [error, status])).toEqual([
        [undefined, undefined],
        ["gone", 410],
      ]);
    });

    it("a moment that a clock that jumped has noted holds nobody up", async () => {
      const { watches } = current().ledger;
      const { id } = await watches.add(WATCH);
      await change("1");
      const lease = await leaseOf(current().ledger);
      await watches.note(attemptOf(id, "x"), { kind: "again", nextAt: NOW * 2 }, lease);
      expect((await watches.due(NOW)).length).toBe(1);
    });

    it("that are removed leave nothing behind, and nothing is noted of them", async () => {
      const { watches } = current().ledger;
      const { id } = await watches.add(WATCH);
      await watches.noteTest({ ...attemptOf(id), kind: "test" });
      expect(await watches.log(id, 9)).toMatchObject([{ kind: "test" }]);
      expect([await watches.remove(id), await watches.remove(id)]).toEqual([true, false]);
      await watches.note(attemptOf(id), { kind: "received", position: 9 }, await leaseOf(current().ledger));
      expect([await watches.log(id, 9), await watches.list()]).toEqual([[], []]);
      expect((await watches.add(WATCH)).id).toBeGreaterThan(id);
    });

    it("are moved by nobody whose lease was taken over", async () => {
      const { ledger } = current();
      const { id, position } = await ledger.watches.add(WATCH);
      const old = await leaseOf(ledger, "a");
      await ledger.takeLease(old.name, "b", NOW, 1, () => true);
      const note = ledger.watches.note(attemptOf(id), { kind: "received", position: 9 }, old);
      await expect(note).rejects.toThrow("took over");
      await expect(ledger.watches.pass(id, 9, old)).rejects.toThrow("took over");
      expect([(await ledger.watches.one(id))?.position, await ledger.watches.log(id, 9)]).toEqual([
        position,
        [],
      ]);
    });

    it("keep a bounded log", async () => {
      const { store, ledger } = current();
      const { id } = await ledger.watches.add(WATCH);
      const { watch: _watch, ...row } = { ...attemptOf(id), revision: 1, status: null, error: null };
      const rows = Array.from({ length: LOG_DELIVERIES_MAX }, () => ({ ...row, watch: id }));
      await store.write((tx) => store.insertRows(tx, "delivery", rows));
      await ledger.watches.noteTest({ ...attemptOf(id), kind: "test" });
      const log = await ledger.watches.log(id, LOG_DELIVERIES_MAX * 2);
      expect([log.length, log[0]?.kind]).toEqual([LOG_DELIVERIES_MAX, "test"]);
    });
  });
}
