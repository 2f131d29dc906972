/** Readings of the past whose changes are to be told, and what is told of them: history among the news. */
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { insertChanges } from "../../src/ledger/changes.ts";
import { LeaseLost, type RunCommit } from "../../src/ledger/ledger.ts";
import { MIGRATIONS } from "../../src/ledger/migrations.ts";
import { migrate } from "../../src/store/migrate.ts";
import type { Subject } from "./ledger.test.ts";
import { applied, HOUR_MS, leaseOf, opening, priced, SOURCE } from "./making.ts";
import { NOW } from "./places.ts";

const MOVED: Change = {
  subject: "offer",
  subjectId: "groq/unstated/a",
  kind: "changed",
  topics: ["price"],
  cause: "upstream",
  gateway: "groq",
  model: "org/a",
  fields: [],
};

/** As long as a writer that need not wait would take at most. */
const WAIT_MS = 300;

/** A reading of this hour that was recorded then and is imported now. */
function recordedAt(hour: number, usd: string, replaces?: number): RunCommit {
  const commit = applied(hour, { openings: [opening("a", priced(usd), replaces)] });
  return { ...commit, recording: { at: commit.observedAt ?? 0, hash: `h${hour}` } };
}

function revisionAt(hour: number, runId: number) {
  const at = NOW + hour * HOUR_MS;
  return { hash: `r${hour}`, createdAt: at, knownAt: at, runId, models: 1, offers: 1 };
}

const said = (hour: number) => NOW + hour * HOUR_MS - 1_000;

export function untoldContract(current: () => Subject): void {
  describe("an imported past", () => {
    it("is written down when news that was begun before is: numbers come to be seen in their order", async () => {
      const { ledger, store } = current();
      const { number: revision } = await ledger.commitRevision(revisionAt(1, 1), [], await leaseOf(ledger));
      const [begun, ends] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const news = store.write(async (tx) => {
        await insertChanges(store, tx, [MOVED], { revision, at: NOW, isImported: false });
        begun.resolve();
        await ends.promise;
      });
      await begun.promise;
      const told = store.write((tx) =>
        insertChanges(store, tx, [MOVED], { revision, at: NOW, isImported: true }),
      );
      const first = await Promise.race([told.then(() => "told"), setTimeout(WAIT_MS, "waits")]);
      ends.resolve();
      await Promise.all([news, told]);
      expect(first).toBe("waits");
      const seen = await ledger.changes({ by: "number", limit: 2 });
      expect(seen.map(({ isImported = false }) => isImported)).toEqual([false, true]);
    });

    it("begins with the first reading, and each that follows is to be told, the earliest first", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(recordedAt(1, "1"), lease);
      expect(await ledger.past.untold()).toBeUndefined();
      for (const hour of [2, 3]) {
        const [open] = (await ledger.sourceState(SOURCE)).open;
        await ledger.commitRun(recordedAt(hour, `${hour}`, open?.versionId), lease);
      }
      const moment = { at: said(2), sources: [{ source: SOURCE }] };
      expect(await ledger.past.untold()).toEqual(moment);
      await expect(ledger.past.tell(moment, [MOVED], lease)).rejects.toThrow(/once a revision is out/);
      await ledger.commitRevision(revisionAt(9, 3), [], lease);
      await ledger.past.tell(moment, [MOVED], lease);
      expect(await ledger.past.untold()).toEqual({ at: said(3), sources: [{ source: SOURCE }] });
      expect(await ledger.past.endedAt(said(3))).toEqual(new Map([["groq/unstated/a", "upstream"]]));
      expect(await ledger.past.recordedSince(2)).toEqual(new Set(["groq/unstated/a"]));
      expect(await ledger.past.recordedSince(3)).toBeUndefined();
      const [open] = (await ledger.sourceState(SOURCE)).open;
      await ledger.commitRun(applied(4, { openings: [opening("a", priced("4"), open?.versionId)] }), lease);
      // A reading of our own has moved it since: that is news.
      expect(await ledger.past.recordedSince(2)).toEqual(new Set());
    });

    it("lies where it happened among the news, and comes last by number", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRevision(revisionAt(5, 0), [MOVED], lease);
      await ledger.commitRevision(revisionAt(7, 0), [{ ...MOVED, model: "org/b" }], lease);
      await ledger.past.tell({ at: NOW + 6 * HOUR_MS, sources: [] }, [{ ...MOVED, gateway: "xai" }], lease);
      await ledger.past.tell({ at: NOW, sources: [] }, [MOVED], lease);
      const hours = async (query: Parameters<typeof ledger.changes>[0]) =>
        (await ledger.changes(query)).map(({ at }) => (at - NOW) / HOUR_MS);
      expect(await hours({ limit: 9 })).toEqual([0, 5, 6, 7]);
      expect(await hours({ limit: 9, order: "desc" })).toEqual([7, 6, 5, 0]);
      expect(await hours({ limit: 9, by: "number" })).toEqual([5, 7, 6, 0]);
      expect(await hours({ limit: 9, imported: false })).toEqual([5, 7]);
      expect(await hours({ limit: 9, imported: true, since: NOW + 1 })).toEqual([6]);
      expect(await hours({ limit: 9, gateway: "groq", until: NOW + 6 * HOUR_MS })).toEqual([0, 5]);
      const [first, , third] = await ledger.changes({ limit: 9 });
      expect(await hours({ limit: 9, afterId: first?.id ?? 0 })).toEqual([5, 6, 7]);
      expect(await hours({ limit: 9, order: "desc", beforeId: third?.id ?? 0 })).toEqual([5, 0]);
      expect(await hours({ limit: 9, by: "number", afterId: third?.id ?? 0 })).toEqual([0]);
      expect(first).toMatchObject({ revision: 2, isImported: true });
    });

    it("goes on with what happened before it, and nothing that was told goes on with it", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRevision(revisionAt(48, 0), [MOVED], lease);
      for (const hour of [0, 24])
        await ledger.past.tell({ at: NOW + hour * HOUR_MS, sources: [] }, [MOVED], lease);
      await ledger.past.tell({ at: NOW + 72 * HOUR_MS, sources: [] }, [MOVED], lease);
      const hours = async (imported?: false) =>
        (await ledger.stories({ limit: 9, ...(imported === undefined ? {} : { imported }) })).map((story) =>
          story.map(({ at }) => (at - NOW) / HOUR_MS),
        );
      expect(await hours()).toEqual([
        [48, 72],
        [0, 24],
      ]);
      // The story of which something was news is still told with all of it.
      expect(await hours(false)).toEqual([[48, 72]]);
    });

    it("is told by whoever holds the lease, or not at all", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(recordedAt(1, "1"), lease);
      const [open] = (await ledger.sourceState(SOURCE)).open;
      await ledger.commitRun(recordedAt(2, "2", open?.versionId), lease);
      await ledger.commitRevision(revisionAt(9, 2), [], lease);
      await leaseOf(ledger, "b", NOW + 1_001 * HOUR_MS);
      const moment = { at: said(2), sources: [{ source: SOURCE }] };
      await expect(ledger.past.tell(moment, [MOVED], lease)).rejects.toThrow(LeaseLost);
      expect(await ledger.past.untold()).toEqual(moment);
      expect(await ledger.changes({ limit: 9 })).toEqual([]);
    });

    it("that was imported before there was a list of what is untold is told as well, but what was news", async () => {
      const { store } = current();
      await remade(store);
      const run = (id: number, source: string, hour: number) =>
        sql`insert into run (id, source, started_at, recorded_at, observed_at, applied, report)
          values (${id}, ${source}, 0, 0, ${said(hour)}, 1, '{}')`;
      const recording = (id: number, source: string, hour: number) =>
        sql`insert into recording (source, at, hash, run_id) values (${source}, ${said(hour)}, 'h', ${id})`;
      const runs: readonly (readonly [id: number, source: string, hour: number, isRecorded: boolean])[] = [
        // Imported into an empty ledger, and read since: from the second recording on.
        [1, "alpha", 1, true],
        [2, "alpha", 2, true],
        [3, "alpha", 3, false],
        // Read first, and then imported before it and behind it: the one is untold, the other was news.
        [4, "beta", 5, false],
        [5, "beta", 1, true],
        [6, "beta", 2, true],
        [7, "beta", 6, true],
      ];
      await store.write(async (tx) => {
        for (const [id, source, hour, isRecorded] of runs) {
          await run(id, source, hour).execute(tx);
          if (isRecorded) await recording(id, source, hour).execute(tx);
        }
      });
      await migrate(store, MIGRATIONS, () => NOW);
      const { rows } = await sql<{ source: string; at: number; only_before: number | null }>`
        select source, at, only_before from untold order by source, at`.execute(store.db);
      expect(rows).toEqual([
        { source: "alpha", at: said(2), only_before: null },
        { source: "beta", at: said(2), only_before: null },
        { source: "beta", at: said(5), only_before: said(5) },
      ]);
    });
  });
}

/** The tables as they were before the step that this is about, and those behind it. */
async function remade(store: Subject["store"]): Promise<void> {
  const step = MIGRATIONS.findIndex(({ name }) => name === "0011-imported-changes");
  await store.write(async (tx) => {
    await sql`drop table untold`.execute(tx);
    await sql`alter table change drop column imported`.execute(tx);
    for (const index of [
      "change_by_gateway",
      "change_by_model",
      "listing_version_by_retraction",
      "listing_version_by_correction",
    ])
      await sql`drop index ${sql.ref(index)}`.execute(tx);
    await sql`create index change_by_gateway on change (gateway, id)`.execute(tx);
    await sql`create index change_by_model on change (model, id)`.execute(tx);
    await sql`delete from migration where number > ${step}`.execute(tx);
  });
}
