/** A ledger of yesterday is brought to today's tables and keeps its answers; one of tomorrow is refused. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { MIGRATIONS } from "../../src/ledger/migrations.ts";
import { openLedger, openLedgerStore } from "../../src/ledger/open.ts";
import { migrate, StoreTooNew } from "../../src/store/migrate.ts";
import { all, applied, HOUR_MS, keyOf, leaseOf, opening, priced, SOURCE } from "./making.ts";
import { NOW, places } from "./places.ts";

const OLD = readFileSync(new URL("old-ledger.sql", import.meta.url), "utf8");

describe("an SQLite ledger", () => {
  let folder = "";
  let url = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "modeldex-migration-"));
    url = join(folder, "ledger.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const change = (statements: string) => {
    const handle = new Database(url);
    handle.exec(statements);
    handle.close();
  };

  it("of the first version answers as before, and goes on", async () => {
    change(OLD);
    const ledger = await openLedger({ url, now: () => NOW });
    await expectOldContent(ledger);
    await expectGoesOn(ledger);
    await ledger.close();
    const again = await openLedger({ url, now: () => NOW });
    expect(await again.verify()).toEqual([]);
    await again.close();
  });

  it("says which steps it took, and when", async () => {
    change(OLD);
    await (await openLedger({ url, now: () => NOW + 7 })).close();
    const handle = new Database(url, { readonly: true });
    const steps = MIGRATIONS.map(({ name }, index) => ({
      number: index + 1,
      name,
      applied_at: index === 0 ? NOW : NOW + 7,
    }));
    expect(handle.prepare("select number, name, applied_at from migration").all()).toEqual(steps);
    handle.close();
  });

  it("of a newer program is refused, and left as it was", async () => {
    await (await openLedger({ url, now: () => NOW })).close();
    const next = MIGRATIONS.length + 1;
    change(`insert into migration values (${next}, '9999-tomorrow', 'x', 0)`);
    await expect(openLedger({ url, now: () => NOW })).rejects.toThrow(StoreTooNew);
    await expect(openLedger({ url, now: () => NOW })).rejects.toThrow(
      /newer modeldex: it has the step 9999-tomorrow, .* Update modeldex/,
    );
  });

  it("whose steps were others is refused", async () => {
    change(`${OLD}; update migration set hash = 'another'`);
    await expect(openLedger({ url, now: () => NOW })).rejects.toThrow(
      /another modeldex: its step 0001-initial/,
    );
  });

  it("keeps nothing of a step that fails", async () => {
    change(`${OLD}; create table volatile_sample (in_the_way integer)`);
    await expect(openLedger({ url, now: () => NOW })).rejects.toThrow("already exists");
    change("drop table volatile_sample");
    const ledger = await openLedger({ url, now: () => NOW });
    await expectOldContent(ledger);
    await ledger.close();
  });
});

describe("a PostgreSQL ledger", () => {
  for (const place of places().filter(({ name }) => name.includes("PostgreSQL"))) {
    afterAll(() => place.leave());
    it(`of the first version answers as before, and goes on (${place.name})`, async () => {
      const room = await place.make();
      const store = await room.openStore();
      await migrate(store, MIGRATIONS.slice(0, 1), () => NOW);
      await store.write(async (tx) => {
        for (const statement of rowsForPostgres(OLD)) {
          await sql.raw(statement).execute(tx);
        }
      });
      const ledger = await openLedgerStore(store, () => NOW);
      expect(ledger.dialect).toBe("postgres");
      await expectOldContent(ledger);
      await expectGoesOn(ledger);
      await ledger.close();
      await room.clear();
    });
  }
});

async function expectOldContent(ledger: Ledger): Promise<void> {
  const observed = (hour: number) => NOW + hour * HOUR_MS - 1_000;
  const listing = {
    source: SOURCE,
    cause: "upstream",
    isUnseen: false,
    firstSeen: observed(1),
    lastSeen: observed(2),
  };
  const now = [
    {
      ...listing,
      ...keyOf("café"),
      facts: priced("0.5"),
      factsSince: observed(1),
      lastSeen: observed(1),
      isUnseen: true,
      held: ["removal"],
    },
    {
      ...listing,
      ...keyOf("changed"),
      facts: priced("0.0000002"),
      factsSince: observed(2),
      earlier: [priced("0.0000001")],
    },
    {
      ...listing,
      ...keyOf("kept"),
      facts: priced("0.0000001"),
      factsSince: observed(1),
      volatile: { downloads: 1200 },
    },
  ];
  expect(await all(ledger.openListings())).toEqual(now);
  const past = await all(ledger.listingsAsOf(observed(1), NOW + 9 * HOUR_MS));
  expect(
    past.map(({ nativeId, facts, volatile }) => [nativeId, facts.prices?.[0]?.usd, volatile?.downloads]),
  ).toEqual([
    ["café", "0.5", undefined],
    ["changed", "0.0000001", undefined],
    ["gone", "0.0000003", undefined],
    // What was known when the step was taken became the first sample.
    ["kept", "0.0000001", 1200],
  ]);
  expect(await ledger.holds({ runId: 2 })).toMatchObject([{ nativeId: "café", kind: "removal" }]);
  expect(await ledger.findings({ limit: 9 })).toMatchObject([{ subject: "task:dance", runs: 1 }]);
  expect(await ledger.overrides()).toMatchObject([{ kind: "hide", target: "groq/unstated/kept" }]);
  expect(await ledger.latestRevision()).toMatchObject({ number: 1, hash: "r1" });
  expect(await ledger.changes({ limit: 9 })).toMatchObject([
    { subjectId: "groq/unstated/kept", topics: ["availability"] },
  ]);
  const [page] = await ledger.rawPages(1);
  expect(new TextDecoder().decode(await ledger.rawBody(page?.hash ?? ""))).toBe('{"data":[1]}');
  expect((await ledger.sourceState(SOURCE)).validators).toEqual([
    { view: "list", etag: 'W/"2"', fingerprint: "f1" },
  ]);
  expect(await ledger.verify()).toEqual([]);
}

async function expectGoesOn(ledger: Ledger): Promise<void> {
  const lease = await leaseOf(ledger);
  expect(
    await ledger.commitRun(
      applied(3, {
        openings: [opening("new", priced("0.1"))],
        volatile: [{ ...keyOf("new"), values: { likes: 3 } }],
      }),
      lease,
    ),
  ).toBe(3);
  expect((await all(ledger.openListings())).map(({ nativeId }) => nativeId)).toEqual([
    "café",
    "changed",
    "kept",
    "new",
  ]);
}

/** The rows of the saved ledger, in PostgreSQL's words; the counters and the migration are there already. */
function rowsForPostgres(dump: string): readonly string[] {
  const inserts = dump
    .split("\n")
    .filter((line) => line.startsWith("insert into") && !line.startsWith('insert into "migration"'));
  const tables = ["listing_version", "absence", "hold", "finding", "override", "change"];
  return [
    "delete from counter",
    ...inserts.map((line) =>
      line
        .replace(") values (", ") overriding system value values (")
        .replaceAll(/x'([0-9a-f]*)'/g, String.raw`'\x$1'::bytea`),
    ),
    ...tables.map(
      (table) =>
        `select setval(pg_get_serial_sequence('"${table}"', 'id'), (select coalesce(max(id), 0) + 1 from "${table}"), false)`,
    ),
  ];
}
