/** Whoever sends may die at any moment: nothing is lost, nothing overtakes, and what comes twice comes with the same id. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLedger } from "../../src/ledger/open.ts";
import { sendDue } from "../../src/notify/courier.ts";
import { randomOf } from "../worlds/truth.ts";
import { NOW, numbersIn, receiver, world, type Receiver } from "./world.ts";

const KILLS = Number(process.env["MODELDEX_TEST_KILLS"] ?? 12);
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 7);
/** From the first message of a carrier to its death. */
const LIFE_MS_MAX = 120;
const CARRIER = fileURLToPath(new URL("carrier.ts", import.meta.url));

const SERVER = process.env["MODELDEX_TEST_POSTGRES"] ?? "";

/** Where the ledger lies that several processes share, one after the other. */
const LEDGERS: readonly { readonly name: string; readonly make: () => Promise<Lent> }[] = [
  {
    name: "an SQLite file",
    make: async () => ({ url: join(home, "modeldex.db"), clear: async () => undefined }),
  },
  ...(SERVER === "" ? [] : [{ name: "a PostgreSQL server", make: lentByServer }]),
];

interface Lent {
  readonly url: string;
  clear(): Promise<void>;
}

let home = "";
let hook: Receiver;
let onMessage = () => undefined as void;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-carrier-"));
  // Answered a little later: so that some die between being received and knowing it.
  hook = await receiver((reply) => {
    onMessage();
    setTimeout(() => void reply.writeHead(200).end(), 3);
  });
});

afterEach(async () => {
  await hook.close();
  rmSync(home, { recursive: true });
});

test.each(LEDGERS)(
  "kill -9 at any moment loses no change, and sends none out of its order: $name",
  async ({ name, make }) => {
    const random = randomOf(SEED);
    const { url, clear } = await make();
    for (let kill = 0; kill < KILLS; kill += 1) await killedCarrier(url, random() * LIFE_MS_MAX);
    const last = await world({ url });
    await sendDue({ ...last.carrying, isGone: () => true });
    await last.close();

    const ledger = await openLedger({ url, now: () => NOW });
    const wished = (await ledger.changes({ gateway: "groq", limit: 100_000 })).map(({ id }) => id);
    const faults = await ledger.verify();
    await ledger.close();
    await clear();
    const first = new Map(hook.received.map((each) => [String(each.headers["webhook-id"]), each.body]));
    const twice = hook.received.length - first.size;
    console.info(
      `${name}, seed ${SEED}: ${KILLS} kills, ${wished.length} changes, ${hook.received.length} messages, ${twice} twice`,
    );
    expect(wished.length).toBeGreaterThan(KILLS);
    // Once each, in order, when those are left out that came again with the same id and the same content.
    expect(numbersIn([...first.values()].map((body) => ({ headers: {}, body })))).toEqual(wished);
    for (const { headers, body } of hook.received)
      expect(body).toBe(first.get(String(headers["webhook-id"])));
    const ids = hook.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids.filter((id, index) => id !== ids[index - 1])).toEqual([...first.keys()]);
    expect(faults).toEqual([]);
  },
  KILLS * 5_000 + 30_000,
);

/** A schema of its own, to which the address leads. */
async function lentByServer(): Promise<Lent> {
  const schema = `modeldex_kill_${process.pid}_${Date.now()}`;
  const pool = new Pool({ connectionString: SERVER, max: 1 });
  await pool.query(`create schema ${schema}`);
  const url = new URL(SERVER);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return {
    url: url.href.replaceAll("+", "%20"),
    clear: async () => {
      await pool.query(`drop schema ${schema} cascade`);
      await pool.end();
    },
  };
}

async function killedCarrier(url: string, lifeMs: number): Promise<void> {
  const carrier = spawn(process.execPath, [CARRIER, url, hook.url], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(home, "compiled") },
  });
  const ended = Promise.withResolvers<string | null>();
  carrier.on("close", (_code, signal) => ended.resolve(signal));
  onMessage = () => {
    onMessage = () => undefined;
    setTimeout(() => carrier.kill("SIGKILL"), lifeMs);
  };
  expect(await ended.promise).toBe("SIGKILL");
}
