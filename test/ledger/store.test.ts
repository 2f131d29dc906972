/** What a database refuses because of the world around it has one name, says what to do, and heals by itself. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open.ts";
import { isOlder } from "../../src/store/sqlite.ts";
import { storeError, type UnavailableCode } from "../../src/store/unavailable.ts";
import { applied, idsNow, leaseOf, opening, priced } from "./making.ts";
import { NOW } from "./places.ts";

const now = () => NOW;

describe("an SQLite store", () => {
  let folder = "";
  let url = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "modeldex-store-"));
    url = join(folder, "deep", "ledger.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("that another process has locked is unavailable for writing, goes on being read, and heals", async () => {
    const ledger = await openLedger({ url, now, lockWaitMs: 20 });
    const lease = await leaseOf(ledger);
    await ledger.commitRun(applied(1, { openings: [opening("a", priced("0.1"))] }), lease);
    const other = new Database(url);
    other.exec("begin immediate");
    const commit = applied(2, { openings: [opening("b", priced("0.1"))] });
    await expect(ledger.commitRun(commit, lease)).rejects.toMatchObject(unavailable("locked"));
    expect(await idsNow(ledger)).toEqual(["groq/unstated/a"]);
    expect((await ledger.sourceState("groq")).open).toHaveLength(1);
    const reader = await openLedger({ url, now, lockWaitMs: 20 });
    expect(await idsNow(reader)).toHaveLength(1);
    await reader.close();
    other.exec("rollback");
    other.close();
    await ledger.commitRun(commit, lease);
    expect(await idsNow(ledger)).toHaveLength(2);
    await ledger.close();
  });

  it("that is full keeps what it has, and heals when there is room", async () => {
    const small = await openLedger({ url, now, pagesMax: 80 });
    const lease = await leaseOf(small);
    await small.commitRun(applied(1, { openings: [opening("a", priced("0.1"))] }), lease);
    const commit = applied(2, {
      openings: Array.from({ length: 3_000 }, (_, index) => opening(`m${index}`, priced("0.1"))),
    });
    await expect(small.commitRun(commit, lease)).rejects.toMatchObject(unavailable("full"));
    expect(await idsNow(small)).toEqual(["groq/unstated/a"]);
    expect(await small.runs({ limit: 9 })).toHaveLength(1);
    await small.close();
    const roomy = await openLedger({ url, now });
    await roomy.commitRun(commit, lease);
    expect(await idsNow(roomy)).toHaveLength(3_001);
    await roomy.close();
  });

  it("that is no database, or lies in a file's folder, is named as such", async () => {
    const file = join(folder, "notes.txt");
    writeFileSync(file, "these are notes, not a database, and they are longer than its header would be");
    await expect(openLedger({ url: file, now })).rejects.toMatchObject(unavailable("not-a-database"));
    await expect(openLedger({ url: join(file, "ledger.sqlite"), now })).rejects.toMatchObject(
      unavailable("cannot-open"),
    );
    await expect(openLedger({ url: folder, now })).rejects.toMatchObject(unavailable("cannot-open"));
  });

  it("is opened by path, by sqlite: and in memory, and by no other word", async () => {
    for (const address of [url, `sqlite:${url}`, "sqlite::memory:", ":memory:"]) {
      await (await openLedger({ url: address, now })).close();
    }
    await expect(openLedger({ url: "mysql://localhost/x", now })).rejects.toThrow('no store speaks "mysql:"');
  });

  it("with a flipped bit is found out", async () => {
    const ledger = await openLedger({ url, now });
    await ledger.commitRun(applied(1, { openings: [opening("a", priced("0.1"))] }), await leaseOf(ledger));
    await ledger.close();
    const handle = new Database(url);
    handle.exec(`update listing_version set facts = replace(facts, '"0.1"', '"0.3"')`);
    handle.exec("update listing_version set recorded_from = recorded_from + 4");
    handle.close();
    const damaged = await openLedger({ url, now });
    expect(await damaged.verify()).toEqual([
      "the version 1 of groq/unstated/a at groq: its facts do not have its hash",
      "the version 1: its times are not those of the runs that it names",
    ]);
    await damaged.close();
  });
});

describe("a PostgreSQL store", () => {
  it("that nobody serves is unreachable", async () => {
    await expect(openLedger({ url: "postgres://nobody@127.0.0.1:1/none", now })).rejects.toMatchObject(
      unavailable("unreachable"),
    );
  });

  it("refuses a schema that is no name", async () => {
    await expect(
      openLedger({ url: "postgres://nobody@127.0.0.1:1/none", now, schema: "a;b" }),
    ).rejects.toThrow("not a schema name");
  });
});

describe("an error of a database", () => {
  const codes: readonly (readonly [string, UnavailableCode])[] = [
    ["SQLITE_BUSY_SNAPSHOT", "locked"],
    ["SQLITE_READONLY_DIRECTORY", "read-only"],
    ["SQLITE_IOERR_WRITE", "disk-error"],
    ["SQLITE_CORRUPT_INDEX", "corrupt"],
    ["55P03", "locked"],
    ["53100", "full"],
    ["57P01", "unreachable"],
    ["25006", "read-only"],
    ["28P01", "refused"],
    ["ECONNRESET", "unreachable"],
  ];
  it.each(codes)("%s says that the store is %s", (code, expected) => {
    expect(storeError(Object.assign(new Error("as it was"), { code }))).toMatchObject({
      name: "StoreUnavailable",
      code: expected,
    });
  });

  it("that is a mistake of ours stays what it is", () => {
    for (const code of ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_ERROR", "23505", "42601"]) {
      const error = Object.assign(new Error("ours"), { code });
      expect(storeError(error)).toBe(error);
    }
  });

  it("of an older SQLite is found by number, not by spelling", () => {
    expect([
      isOlder("3.9.0", "3.51.3"),
      isOlder("3.51.3", "3.51.3"),
      isOlder("3.100.0", "3.51.3"),
      isOlder("3.51", "3.51.3"),
    ]).toEqual([true, false, false, true]);
  });
});

function unavailable(code: UnavailableCode) {
  return { name: "StoreUnavailable", code };
}
