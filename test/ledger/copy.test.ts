/** A copy of the whole ledger is the ledger: in every place, from every place, and never half of one. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { dumpLines } from "../../src/ledger/dump.ts";
import { checkDumpFile, readDumpFile, writeDumpFile } from "../../src/ledger/dump-file.ts";
import { DumpRefused } from "../../src/ledger/dump-reader.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { loadLedger } from "../../src/ledger/load.ts";
import { openLedgerStore } from "../../src/ledger/open.ts";
import type { LedgerStore, Tables } from "../../src/ledger/schema.ts";
import { TABLES } from "../../src/ledger/tables.ts";
import { MIGRATIONS } from "../../src/ledger/migrations.ts";
import { makeTables } from "../../src/store/migrate.ts";
import { openStore } from "../../src/store/open.ts";
import { all, applied, keyOf, leaseOf, opening, priced, SOURCE, versionOf } from "./making.ts";
import { NOW, places, type Place, type Room } from "./places.ts";

const now = () => NOW;

interface Opened {
  readonly room: Room;
  readonly store: LedgerStore;
  readonly ledger: Ledger;
}

const rooms: Opened[] = [];

async function openedIn(room: Room): Promise<Opened> {
  const store = await room.openStore();
  const opened = { room, store, ledger: await openLedgerStore(store, now) };
  rooms.push(opened);
  return opened;
}

afterEach(async () => {
  for (const { ledger, room } of rooms.splice(0)) {
    await ledger.close();
    await room.clear();
  }
});

const FLIPS = 200;
const UNSTOPPED = new AbortController().signal;

/** Memory is a file of its own: what holds for the one holds for the other. Each side keeps its own engines. */
const [SOURCES, TARGETS] = [onDisk(), onDisk()];

afterAll(async () => {
  for (const place of [...SOURCES, ...TARGETS]) await place.leave();
});

describe.each(SOURCES.map((from) => ({ from, name: from.name })))("from $name", ({ from }) => {
  for (const to of TARGETS) {
    describe(`to ${to.name}`, () => {
      it("every row and every number arrives", async () => {
        const [source, target] = [await openedIn(await from.make()), await openedIn(await to.make())];
        await fill(source.ledger, source.store);
        const copied = await loadLedger(target.store, dumpLines(source.store, NOW), { over: "nothing", now });
        const empty = copied.tableRows.flatMap(({ table, rows }) => (rows === 0 ? [table] : []));
        expect(empty.filter((table) => FIRST_STEP.has(table))).toEqual([]);
        expect(await textOf(target.store)).toBe(await textOf(source.store));
        expect(await all(target.ledger.openListings())).toEqual(await all(source.ledger.openListings()));
        expect(await target.ledger.verify()).toEqual([]);
        expect(await nextNumbers(target.ledger)).toEqual(await nextNumbers(source.ledger));
      });

      it("a ledger that is there is replaced only where that is said", async () => {
        const [source, target] = [await openedIn(await from.make()), await openedIn(await to.make())];
        await fill(source.ledger, source.store);
        await target.ledger.commitRun(
          applied(1, { openings: [opening("mine", priced("0.1"))] }),
          await leaseOf(target.ledger),
        );
        const before = await textOf(target.store);
        const copy = (over: "nothing" | "anything") =>
          loadLedger(target.store, dumpLines(source.store, NOW), { over, now });
        await expect(copy("nothing")).rejects.toThrow(/a ledger is there already/);
        expect(await textOf(target.store)).toBe(before);
        await copy("anything");
        expect(await textOf(target.store)).toBe(await textOf(source.store));
      });

      it("a dump that breaks off changes nothing", async () => {
        const [source, target] = [await openedIn(await from.make()), await openedIn(await to.make())];
        await fill(source.ledger, source.store);
        await target.ledger.commitRun(applied(1), await leaseOf(target.ledger));
        const before = await textOf(target.store);
        const text = await textOf(source.store);
        for (const share of [0.1, 0.5, 0.99]) {
          const cut = [text.slice(0, Math.floor(text.length * share))];
          await expect(
            loadLedger(target.store, chunks(cut), { over: "anything", now }),
            `cut at ${share}`,
          ).rejects.toThrow(DumpRefused);
          expect(await textOf(target.store)).toBe(before);
        }
      });
    });
  }
});

describe("a backup file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "modeldex-copy-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = async (file = join(folder, "a.backup")) => {
    const store = await openStore<Tables>(join(folder, "ledger.db"));
    const ledger = await openLedgerStore(store, now);
    await fill(ledger, store);
    await writeDumpFile(file, dumpLines(store, NOW), "nothing", UNSTOPPED);
    await ledger.close();
    return file;
  };

  it("is restored as it was", async () => {
    const file = await written();
    const store = await openStore<Tables>(join(folder, "other.db"));
    await loadLedger(store, readDumpFile(file), { over: "nothing", now });
    expect(await textOf(store)).toBe(zstdDecompressSync(readFileSync(file)).toString("utf8"));
    await store.close();
  });

  it("is not believed to be restored where the database keeps something else than it was given", async () => {
    const file = await written();
    const store = await openStore<Tables>(join(folder, "other.db"));
    await openLedgerStore(store, now);
    const before = await textOf(store);
    // As many rows as were given, with other words in them.
    const forgetful: LedgerStore = {
      ...store,
      copyRows: (tx, table, rows) =>
        store.copyRows(
          tx,
          table,
          table === "listing_version" ? rows.map((row) => ({ ...row, facts: "{}" })) : rows,
        ),
    };
    await expect(loadLedger(forgetful, readDumpFile(file), { over: "nothing", now })).rejects.toThrow(
      /listing_version does not read back as it was written/,
    );
    expect(await textOf(store)).toBe(before);
    await store.close();
  });

  it("is readable by its owner alone, and replaced only where that is said", async () => {
    const file = await written();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(writeDumpFile(file, chunks(["x"]), "nothing", UNSTOPPED)).rejects.toThrow(
      /is there already/,
    );
    const before = readFileSync(file);
    // What replaces it must be whole: otherwise the old one stays.
    await expect(writeDumpFile(file, chunks(["x"]), "anything", UNSTOPPED)).rejects.toThrow(DumpRefused);
    expect(readFileSync(file)).toEqual(before);
  });

  it("is of one moment, though the ledger is written meanwhile", async () => {
    const store = await openStore<Tables>(join(folder, "ledger.db"));
    const ledger = await openLedgerStore(store, now);
    await fill(ledger, store);
    const before = await textOf(store);
    const lines = dumpLines(store, NOW);
    // The moment is that of the first row.
    const begun = [await lines.next(), await lines.next()];
    let text = begun.map(({ value }) => value as string).join("");
    await ledger.commitRun(applied(90, { openings: [opening("late", priced("9"))] }), await leaseOf(ledger));
    for await (const line of lines) text += line;
    expect(text).toBe(before);
    await ledger.close();
  });

  it("with a flipped bit is refused, wherever the bit is", async () => {
    const bytes = readFileSync(await written());
    const file = join(folder, "flipped.backup");
    const believed: number[] = [];
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const spoilt = Buffer.from(bytes);
      const at = Math.floor((flip / FLIPS) * spoilt.length);
      spoilt[at] = (spoilt[at] ?? 0) ^ (1 << (flip % 8));
      writeFileSync(file, spoilt);
      const isRefused = await checkDumpFile(file).then(
        () => false,
        (error: unknown) => error instanceof DumpRefused,
      );
      // A bit of the packing that changes nothing of what is packed is no damage.
      if (!isRefused && !unpacked(spoilt).equals(unpacked(bytes))) believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  it("with another value in a row is refused: its hashes do not fit", async () => {
    const bytes = readFileSync(await written());
    const text = zstdDecompressSync(bytes).toString("utf8").replace("0.25", "0.26");
    const file = join(folder, "edited.backup");
    writeFileSync(file, zstdCompressSync(Buffer.from(text)));
    await expect(checkDumpFile(file)).rejects.toThrow(/do not have the hash/);
  });

  it.each([
    ["no packing", Buffer.from("hello")],
    ["nothing", Buffer.alloc(0)],
    ["another program's lines", zstdCompressSync(Buffer.from('{"modeldex":"else"}\n'))],
    ["no JSON", zstdCompressSync(Buffer.from("hello\n"))],
  ])("that holds %s is refused", async (_what, bytes) => {
    const file = join(folder, "wrong.backup");
    writeFileSync(file, bytes);
    await expect(checkDumpFile(file)).rejects.toThrow(DumpRefused);
  });

  it("of a newer program is refused in words that say so", async () => {
    const file = join(folder, "newer.backup");
    const head = { modeldex: "ledger", format: 1, steps: ["0001-initial", "9999-tomorrow"], made_at: "" };
    writeFileSync(file, zstdCompressSync(Buffer.from(`${JSON.stringify(head)}\n`)));
    await expect(checkDumpFile(file)).rejects.toThrow(
      /written by another modeldex .*last step 9999-tomorrow.*use that one, or a newer one/,
    );
  });

  it("of an older program, with fewer tables, is restored and brought up to date", async () => {
    const store = await openStore<Tables>(join(folder, "ledger.db"));
    const ledger = await openLedgerStore(store, now);
    await fill(ledger, store);
    const lines = asOfFirstStep(await textOf(store));
    await ledger.close();
    const other = await openStore<Tables>(join(folder, "other.db"));
    await loadLedger(other, chunks([lines]), { over: "nothing", now });
    const restored = await openLedgerStore(other, now);
    expect(await restored.verify()).toEqual([]);
    // The step that makes the samples takes what is known as the first one.
    expect(await sql`select * from volatile_sample`.execute(other.db)).toMatchObject({
      rows: [{ day: 20454 }],
    });
    await restored.close();
  });
});

it("the list of tables is that of the database, but for the leases and the account of the steps", async () => {
  const store = await openStore<Tables>(":memory:");
  const ledger = await openLedgerStore(store, now);
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`.execute(store.db);
  const names = new Set(rows.map(({ name }) => name));
  expect(names.difference(new Set(TABLES.keys()))).toEqual(new Set(["lease", "migration"]));
  expect(new Set(TABLES.keys()).difference(names)).toEqual(new Set());
  await ledger.close();
});

function onDisk(): readonly Place[] {
  return places().filter(({ name }) => name !== "SQLite in memory");
}

/** The tables of the first step, with their columns; `fill` puts something into each of them. */
const FIRST_STEP = await firstStep();

async function firstStep(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const store = await openStore<Tables>(":memory:");
  await store.write((tx) => makeTables(tx, store.dialect, MIGRATIONS.slice(0, 1), NOW));
  const { rows } = await sql<{ name: string; column: string }>`
    select t.name, c.name as "column" from sqlite_schema t join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not in ('lease', 'migration') and t.name not like 'sqlite_%'`.execute(
    store.db,
  );
  await store.close();
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, its]) => [
      name,
      new Set(its.map(({ column }) => column)),
    ]),
  );
}

/** Something in every table of the first step and in some later ones, and numbers that were given out and are in use no more. */
async function fill(ledger: Ledger, store: LedgerStore): Promise<void> {
  const lease = await leaseOf(ledger);
  const shape = { id: { types: ["string"], share: 1 } };
  await ledger.commitRun(
    {
      ...applied(1, {
        openings: [opening("a", priced("0.25")), opening("ä\u2028", priced("5")), opening("z", priced("1"))],
        volatile: [{ ...keyOf("a"), values: { downloads: 7 } }],
        validators: [{ view: "models", etag: '"x"', fingerprint: "f" }],
        shape,
      }),
      findings: [{ kind: "unknown-word", subject: "s", message: "m" }],
      findingKinds: ["unknown-word"],
      recording: { at: NOW, hash: "h" },
      rawPages: [{ url: "https://api.example.com/models", bytes: Buffer.from([0, 1, 255, 10, 13]) }],
    },
    lease,
  );
  const { versionId } = await versionOf(ledger, "a");
  await ledger.commitRun(
    applied(2, {
      openings: [opening("a", priced("0.5"), versionId)],
      holds: [{ ...keyOf("z"), kind: "removal" }],
      validators: [{ view: "models", etag: '"x"', fingerprint: "f" }],
      unseen: [keyOf("z")],
    }),
    lease,
  );
  await ledger.addOverride({ kind: "hide", target: "t", value: "v", createdAt: NOW });
  const gone = await ledger.addOverride({ kind: "hide", target: "t", value: "v", createdAt: NOW });
  await store.db.deleteFrom("override").where("id", "=", gone).execute();
  await ledger.commitRevision(
    { hash: "h", createdAt: NOW, knownAt: NOW, runId: 2, models: 1, offers: 1 },
    [
      {
        subject: "offer",
        subjectId: "x",
        kind: "added",
        topics: ["availability"],
        cause: "upstream",
        fields: [],
      },
    ],
    lease,
  );
}

async function nextNumbers(ledger: Ledger) {
  const lease = await leaseOf(ledger);
  const run = await ledger.commitRun(applied(50, { openings: [opening("n", priced("1"))] }), lease);
  const override = await ledger.addOverride({ kind: "hide", target: "t", value: "v", createdAt: NOW });
  return { run, override, version: (await versionOf(ledger, "n", SOURCE)).versionId };
}

async function textOf(store: LedgerStore): Promise<string> {
  return (await Array.fromAsync(dumpLines(store, NOW))).join("");
}

async function* chunks(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

function unpacked(bytes: Buffer): Buffer {
  return zstdDecompressSync(bytes);
}

/** The dump as a program that knew only the first step would have written it. */
function asOfFirstStep(text: string): string {
  const lines: string[] = [`${JSON.stringify({ modeldex: "ledger", format: 1, steps: ["0001-initial"] })}\n`];
  let [tables, rows] = [0, 0];
  for (const part of text.split(/^(?=\{"table":)/m).slice(1)) {
    const [head = "", ...rest] = part.split("\n");
    const { table, columns } = JSON.parse(head) as { table: string; columns: string[] };
    if (!FIRST_STEP.has(table)) continue;
    // The counter of the whole Hub came with its tables.
    const isLater = (row: readonly unknown[]) => table === "counter" && row.includes("hub");
    const isKept = columns.map((column) => FIRST_STEP.get(table)?.has(column) === true);
    const kept = columns.filter((_, index) => isKept[index]);
    const values = rest.filter((line) => line.startsWith("[")).map((line) => JSON.parse(line) as unknown[]);
    const its = values
      .filter((row) => !isLater(row))
      .map((row) => `${JSON.stringify(row.filter((_, index) => isKept[index]))}\n`);
    const end = {
      ...(JSON.parse(rest.find((line) => line.startsWith('{"rows"')) ?? "") as object),
      rows: its.length,
    };
    const sha256 = createHash("sha256").update(its.join("")).digest("hex");
    lines.push(`${JSON.stringify({ table, columns: kept })}\n`, ...its);
    lines.push(`${JSON.stringify({ ...end, sha256 })}\n`);
    tables += 1;
    rows += its.length;
  }
  const sha256 = createHash("sha256").update(lines.join("")).digest("hex");
  return `${lines.join("")}${JSON.stringify({ tables, rows, sha256 })}\n`;
}
