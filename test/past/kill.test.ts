/** The real commands are killed at any moment: nothing is half, and the same command again makes what an undisturbed one makes. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dumpLines } from "../../src/ledger/dump.ts";
import { holdsAnything } from "../../src/ledger/load.ts";
import { openLedgerStore } from "../../src/ledger/open.ts";
import type { LedgerStore, Tables } from "../../src/ledger/schema.ts";
import { openStore } from "../../src/store/open.ts";
import { randomOf } from "../worlds/truth.ts";

const KILLS = Number(process.env["MODELDEX_TEST_KILLS"] ?? 4);
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 11);
const TIMEOUT_MS = KILLS * 20_000 + 60_000;
const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const [ROWS, DAYS] = [400, 10];
/** The source was first read on the sixth day; what is older is a past that is put before that. */
const FIRST_DAY = 6;

let folder: string;
const at = (...path: readonly string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "modeldex-killed-"));
  const days = Array.from({ length: DAYS }, (_, index) => index + 1);
  recordings("present", days.slice(FIRST_DAY - 1));
  recordings("all", days);
  await done("seed", ["import", at("present")]);
  await copied("whole");
  await done("whole", ["import", at("all")]);
  await done("whole", ["backup", at("whole.backup")]);
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true }));

describe("killed at any moment", () => {
  test(
    "an import leaves the past of a source whole or not there, and imported again it is the same",
    async () => {
      const expected = await contentOf("whole");
      const [random, durationMs] = [randomOf(SEED), await timed("import", ["import", at("all")], "seed")];
      const stages: string[] = [];
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const home = `import-${kill}`;
        await copied(home);
        await killed(home, ["import", at("all")], random() * durationMs);
        const { faults, recordings: known, untold, changes } = await stateOf(home);
        stages.push(`${known} read, ${untold} untold, ${changes} told`);
        expect(faults, `seed ${SEED}, kill ${kill}`).toEqual([]);
        expect([DAYS - FIRST_DAY + 1, DAYS], `seed ${SEED}, kill ${kill}`).toContain(known);
        await done(home, ["import", at("all")]);
        expect(await contentOf(home), `seed ${SEED}, kill ${kill}`).toEqual(expected);
      }
      console.info(`seed ${SEED}: ${KILLS} imports killed: ${stages.join("; ")}`);
      expect(expected.changes.length).toBeGreaterThan(DAYS);
    },
    TIMEOUT_MS,
  );

  test.each(["restore", "move"] as const)(
    "%s leaves the whole ledger or none, and again it is the same",
    async (command) => {
      const expected = await dumpOf("whole");
      const lineOf = (home: string) =>
        command === "restore" ? ["restore", at("whole.backup")] : ["move", at(home, "modeldex.db")];
      // A move is asked for where the ledger is.
      const askedIn = (home: string) => (command === "restore" ? home : "whole");
      const random = randomOf(SEED);
      mkdirSync(at(`${command}-0`));
      const durationMs = await timed(askedIn(`${command}-0`), lineOf(`${command}-0`));
      let missing = 0;
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const home = `${command}-${kill}`;
        mkdirSync(at(home));
        await killed(askedIn(home), lineOf(home), random() * durationMs);
        const isThere = await isThereIn(home);
        const left = isThere ? await dumpOf(home) : "none";
        expect([expected, "none"].includes(left), `seed ${SEED}, kill ${kill}`).toBe(true);
        if (!isThere) await done(askedIn(home), lineOf(home));
        missing += isThere ? 0 : 1;
        expect(await dumpOf(home), `seed ${SEED}, kill ${kill}`).toBe(expected);
      }
      console.info(`seed ${SEED}: ${KILLS} times ${command} killed, ${missing} of them before its end`);
      expect(await dumpOf("whole")).toBe(expected);
    },
    TIMEOUT_MS,
  );
});

/** Prices move, offers come, go and come back: none of it looks like a mistake. */
function recordings(name: string, days: readonly number[]): void {
  mkdirSync(at(name));
  const entries = days.map((day) => {
    const ids = Array.from({ length: ROWS }, (_, row) => row).filter((row) => (row + day) % 97 !== 0);
    const data = ids.map((row) => ({
      id: `lab/m${row}`,
      name: `M${row}`,
      context_length: 1_000 * (1 + Math.floor((row + day) / 50)),
      pricing: { prompt: "0.000001", completion: `0.00000${1 + ((row * 7 + day) % 40 === 0 ? 2 : 1)}` },
    }));
    const date = `2026-06-${String(day).padStart(2, "0")}`;
    writeFileSync(at(name, `${date}.json`), JSON.stringify({ data }));
    return { file: `${date}.json`, url: ADDRESS, recordedAt: date };
  });
  writeFileSync(at(name, "index.json"), JSON.stringify(entries));
}

const ADDRESS = "https://openrouter.ai/api/v1/models?output_modalities=all";

function start(home: string, line: readonly string[]) {
  return spawn(process.execPath, [MAIN, ...line], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      MODELDEX_HOME: at(home),
      MODELDEX_SOURCES: "openrouter",
      NODE_COMPILE_CACHE: at("compiled"),
      PATH: process.env["PATH"] ?? "",
    },
  });
}

async function done(home: string, line: readonly string[]): Promise<void> {
  const child = start(home, line);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = Promise.withResolvers<number | null>();
  child.on("close", (code) => ended.resolve(code));
  const code = await ended.promise;
  if (code !== 0) throw new Error(`modeldex ${line.join(" ")} ended with ${code}: ${said}`);
}

async function killed(home: string, line: readonly string[], afterMs: number): Promise<void> {
  const child = start(home, line);
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  const ended = Promise.withResolvers<void>();
  child.on("close", () => ended.resolve());
  await ended.promise;
  clearTimeout(timer);
}

/** How long it takes undisturbed: only to know when to kill. */
async function timed(home: string, line: readonly string[], from?: string): Promise<number> {
  if (from !== undefined) await copied(home, from);
  const since = performance.now();
  await done(home, line);
  return performance.now() - since;
}

async function copied(home: string, from = "seed"): Promise<void> {
  cpSync(at(from), at(home), { recursive: true });
}

async function within<Result>(home: string, use: (store: LedgerStore) => Promise<Result>): Promise<Result> {
  const store = await openStore<Tables>(at(home, "modeldex.db"));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function stateOf(home: string) {
  const store = await openStore<Tables>(at(home, "modeldex.db"));
  const ledger = await openLedgerStore(store, () => 0);
  const count = async (table: "recording" | "untold" | "change") =>
    (await sql`select 1 from ${sql.table(table)}`.execute(store.db)).rows.length;
  const state = {
    faults: await ledger.verify(),
    recordings: await count("recording"),
    untold: await count("untold"),
    changes: await count("change"),
  };
  await ledger.close();
  return state;
}

/** All that was said, when, in which run, and told under which number; not when it was written down. */
async function contentOf(home: string) {
  return within(home, async ({ db }) => ({
    versions: await rowsOf(
      db.selectFrom("listing_version").select(["id", "native_id", "hash", "observed_from", "observed_to"]),
    ),
    runs: await rowsOf(db.selectFrom("run").select(["id", "source", "observed_at", "applied"])),
    recordings: await rowsOf(db.selectFrom("recording").select(["source", "at", "hash", "run_id"])),
    changes: await rowsOf(db.selectFrom("change").selectAll()),
    revisions: await rowsOf(db.selectFrom("revision").select(["number", "hash", "models", "offers"])),
    untold: await rowsOf(db.selectFrom("untold").selectAll()),
  }));
}

async function rowsOf(query: { execute(): Promise<readonly unknown[]> }): Promise<readonly string[]> {
  return (await query.execute()).map((row) => JSON.stringify(row)).toSorted();
}

async function dumpOf(home: string): Promise<string> {
  return within(home, async (store) => (await Array.fromAsync(dumpLines(store, 0))).join(""));
}

async function isThereIn(home: string): Promise<boolean> {
  return existsSync(at(home, "modeldex.db")) && within(home, (store) => holdsAnything(store));
}
