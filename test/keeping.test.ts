/** Copies of the whole ledger, as the command line asks for them. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openKeeping } from "../src/keeping.ts";
import { openLedger } from "../src/ledger/open.ts";
import type { Copied } from "../src/ledger/dump.ts";
import type { Keeping, Moved } from "../src/serve/keeping.ts";
import { run } from "../src/serve/cli/program.ts";
import { applied, idsNow, leaseOf, opening, priced } from "./ledger/making.ts";
import { NOW } from "./ledger/places.ts";
import { fakeHost } from "./serve/support/host.ts";

const { signal } = new AbortController();
const QUIET = { over: "nothing", onTable: () => undefined, signal } as const;
const ANYWAY = { over: "anything", onTable: () => undefined, signal } as const;

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modeldex-keeping-"));
  database = join(folder, "ledger.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function write(id: string, to = database): Promise<void> {
  const ledger = await openLedger({ url: to, now: () => NOW });
  await ledger.commitRun(applied(1, { openings: [opening(id, priced("1"))] }), await leaseOf(ledger));
  await ledger.close();
}

async function idsIn(url: string): Promise<readonly string[]> {
  const ledger = await openLedger({ url, now: () => NOW });
  const ids = await idsNow(ledger);
  await ledger.close();
  return ids;
}

describe("a ledger", () => {
  test("goes into a file and comes back elsewhere", async () => {
    await write("a");
    const file = join(folder, "a.backup");
    await openKeeping({ database }).backup(file, QUIET);
    const other = join(folder, "other.db");
    await openKeeping({ database: other }).restore(file, QUIET);
    expect(await idsIn(other)).toEqual(await idsIn(database));
  });

  test("that holds nothing is not copied: a backup of nothing is a mistake", async () => {
    await expect(openKeeping({ database }).backup(join(folder, "a"), QUIET)).rejects.toThrow(
      /nothing has been read yet/,
    );
    await expect(openKeeping({ database }).move(join(folder, "b.db"), QUIET)).rejects.toThrow(
      /nothing has been read yet/,
    );
    expect(existsSync(join(folder, "a"))).toBe(false);
  });

  test("is not replaced by a damaged file, even where that would be allowed", async () => {
    await write("a");
    const file = join(folder, "a.backup");
    await openKeeping({ database }).backup(file, QUIET);
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    await expect(openKeeping({ database }).restore(file, ANYWAY)).rejects.toThrow(/damaged|no backup/);
    expect(await idsIn(database)).toEqual(["groq/unstated/a"]);
  });

  test("is neither written nor read where no file can be, and says why", async () => {
    await write("a");
    const { backup, restore } = openKeeping({ database });
    const nowhere = join(folder, "nowhere", "a.backup");
    await expect(backup(nowhere, QUIET)).rejects.toThrow(`cannot write ${nowhere}: there is no such file or`);
    await expect(backup(folder, ANYWAY)).rejects.toThrow(`cannot write ${folder}: it is a directory`);
    await expect(restore(nowhere, ANYWAY)).rejects.toThrow(
      `cannot read ${nowhere}: there is no such file or`,
    );
    await expect(restore(folder, ANYWAY)).rejects.toThrow(`cannot read ${folder}: it is a directory`);
    await expect(backup(join(database, "a"), QUIET)).rejects.toThrow("a part of it is no directory");
    expect(await idsIn(database)).toEqual(["groq/unstated/a"]);
  });

  test("leaves no file beside where it is stopped, and the one that was there", async () => {
    await write("a");
    const file = join(folder, "a.backup");
    await openKeeping({ database }).backup(file, QUIET);
    const before = readFileSync(file);
    const stop = new AbortController();
    const stopped = openKeeping({ database }).backup(file, {
      over: "anything",
      onTable: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(stopped).rejects.toThrow(`stopped: ${file} was not written`);
    expect(readdirSync(folder).filter((name) => name.includes("backup"))).toEqual(["a.backup"]);
    expect(readFileSync(file)).toEqual(before);
  });

  test("is not begun with a damaged file: not even an empty database is made", async () => {
    await write("a");
    const [file, other] = [join(folder, "a.backup"), join(folder, "other.db")];
    await openKeeping({ database }).backup(file, QUIET);
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    await expect(openKeeping({ database: other }).restore(file, QUIET)).rejects.toThrow(/damaged/);
    expect(existsSync(other)).toBe(false);
  });

  test("is replaced by a whole one where that is said", async () => {
    await write("a");
    const file = join(folder, "a.backup");
    await openKeeping({ database }).backup(file, QUIET);
    const other = join(folder, "other.db");
    await write("b", other);
    await expect(openKeeping({ database: other }).restore(file, QUIET)).rejects.toThrow(/there already/);
    await openKeeping({ database: other }).restore(file, ANYWAY);
    expect(await idsIn(other)).toEqual(["groq/unstated/a"]);
  });

  test("does not move to where it is", async () => {
    await write("a");
    await expect(openKeeping({ database }).move(join(folder, ".", "ledger.db"), ANYWAY)).rejects.toThrow(
      /there already: name another/,
    );
    expect(await idsIn(database)).toEqual(["groq/unstated/a"]);
  });

  test("that moves stays where it was, too", async () => {
    await write("a");
    const moved = await openKeeping({ database }).move(join(folder, "new.db"), QUIET);
    expect(moved.wasWritten).toBe(false);
    expect(await idsIn(database)).toEqual(await idsIn(join(folder, "new.db")));
  });

  test("that is written while it moves says so", async () => {
    await write("a");
    let isWritten = false;
    const onTable = () => {
      if (isWritten) return;
      isWritten = true;
      const writer = new Database(database);
      writer.exec("update counter set value = value + 1 where name = 'content'");
      writer.close();
    };
    const moved = await openKeeping({ database }).move(join(folder, "new.db"), { over: "nothing", onTable });
    expect(moved.wasWritten).toBe(true);
  });
});

describe("on the command line", () => {
  const COPIED: Copied = { tables: 2, rows: 3, sha256: "x", tableRows: [{ table: "run", rows: 3 }] };
  const asked: unknown[] = [];
  const keepingOf = (moved: Partial<Moved> = {}): Keeping => ({
    backup: async (file, { over }) => {
      asked.push(["backup", file, over]);
      return { ...COPIED, bytes: 10 };
    },
    restore: async (file, { over }) => {
      asked.push(["restore", file, over]);
      return COPIED;
    },
    move: async (to, { over }) => {
      asked.push(["move", to, over]);
      return { ...COPIED, wasWritten: false, ...moved };
    },
  });
  const type = async (line: readonly string[], keeping = keepingOf()) => {
    asked.length = 0;
    const host = fakeHost();
    const code = await run({ ...host, open: { ...host.open, keeping: async () => keeping } }, line);
    return { code, out: host.out.text(), err: host.err.text() };
  };

  test("nothing is replaced without --force", async () => {
    await type(["backup", "a.backup"]);
    expect(asked).toEqual([["backup", "a.backup", "nothing"]]);
    await type(["restore", "a.backup", "--force"]);
    expect(asked).toEqual([["restore", "a.backup", "anything"]]);
  });

  test("a signal stops a backup", async () => {
    const host = fakeHost();
    const keeping = keepingOf();
    const waiting: Keeping = {
      ...keeping,
      backup: (_file, { signal: stops }) =>
        new Promise((_resolve, reject) => {
          stops.addEventListener("abort", () => reject(new Error("stopped")));
          host.stop();
        }),
    };
    const code = await run({ ...host, open: { ...host.open, keeping: async () => waiting } }, [
      "backup",
      "a.backup",
    ]);
    expect([code, host.err.text()]).toEqual([1, expect.stringContaining("stopped")]);
  });

  test("with --json an object is printed, and nothing else", async () => {
    const { out, err } = await type(["backup", "a.backup", "--json"]);
    expect(JSON.parse(out)).toEqual({
      object: "backup",
      file: "a.backup",
      bytes: 10,
      rows: 3,
      sha256: "x",
      tables: { run: 3 },
    });
    expect(err).toBe("");
  });

  test("a move that left something behind says so, and ends with 3", async () => {
    const { code, out } = await type(["move", "b.db"], keepingOf({ wasWritten: true }));
    expect(code).toBe(3);
    expect(out).toMatch(/was written meanwhile.*move again with --force/);
  });

  test("what is no database is a mistake of whoever typed it", async () => {
    const { code, err } = await type(["move", "mysql://localhost/x"]);
    expect([code, asked]).toEqual([2, []]);
    expect(err).toMatch(/postgres:\/\/ URL/);
  });

  test("the password of a database is not printed", async () => {
    const { out, err } = await type(["move", "postgres://me:secret@localhost/x"]);
    expect(out + err).not.toContain("secret");
  });
});
