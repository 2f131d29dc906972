import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { Ledger, Run } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { randomOf } from "../worlds/truth.ts";
import { ledgerPath, publishingOf, SOURCES } from "./home.ts";

const KILLS = Number(process.env["MODELDEX_TEST_KILLS"] ?? 100);
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? Date.now() % 1_000_000);
/** From the first word of a writer to its death. */
const LIFE_MS_MAX = 200;
const TIMEOUT_MS = 3_000 * KILLS + 30_000;
const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "modeldex-crash-"));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

test(
  "kill -9 at any moment loses nothing that was acknowledged, and leaves nothing half",
  async () => {
    const random = randomOf(SEED);
    const acknowledged = { runs: 0, revisions: 0 };
    const faults: string[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const said = await killedWriter(kill * 1_000, random() * LIFE_MS_MAX);
      const ledger = await openLedger({ url: ledgerPath(home), now: systemRuntime.now });
      try {
        acknowledged.runs += said.runs.length;
        acknowledged.revisions += said.revisions.length;
        for (const fault of [...(await lostFrom(ledger, said)), ...(await halfIn(ledger))])
          faults.push(`seed ${SEED}, kill ${kill}: ${fault}`);
      } finally {
        await ledger.close();
      }
    }
    console.info(
      `seed ${SEED}: ${KILLS} kills, ${acknowledged.runs} runs and ${acknowledged.revisions} revisions acknowledged, ${faults.length} lost or half`,
    );
    expect(faults).toEqual([]);
    // Every writer came as far as to write: no lease of a dead one was in its way.
    expect(acknowledged.runs).toBeGreaterThanOrEqual(KILLS);
    expect(acknowledged.revisions).toBeGreaterThan(0);
    expect(readdirSync(join(home, "catalog")).filter((name) => name.endsWith(".new")).length).toBeLessThan(3);
  },
  TIMEOUT_MS,
);

interface Said {
  readonly runs: readonly number[];
  readonly revisions: readonly (readonly [number: number, hash: string])[];
}

/** What a writer acknowledged before it was killed. */
async function killedWriter(step: number, lifeMs: number): Promise<Said> {
  const writer = spawn(process.execPath, [WRITER, home, String(step)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(home, "compiled") },
  });
  let said = "";
  writer.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (said === "") setTimeout(() => writer.kill("SIGKILL"), lifeMs);
    said += text;
  });
  const ended = Promise.withResolvers<string | null>();
  writer.on("close", (_code, signal) => ended.resolve(signal));
  expect(await ended.promise).toBe("SIGKILL");
  const words = said.split("\n").map((line) => line.split(" "));
  return {
    runs: words.flatMap(([kind, id]) => (kind === "run" ? [Number(id)] : [])),
    revisions: words.flatMap(([kind, number, hash = ""]) =>
      kind === "revision" ? [[Number(number), hash] as const] : [],
    ),
  };
}

async function lostFrom(ledger: Ledger, { runs, revisions }: Said): Promise<readonly string[]> {
  const kept = await Promise.all(runs.map((id) => ledger.run(id)));
  const lost = runs.filter((_, index) => kept[index] === undefined).map((id) => `the run ${id} is lost`);
  const latest = await ledger.latestRevision();
  const [number, hash] = revisions.at(-1) ?? [0, ""];
  if ((latest?.number ?? 0) < number) lost.push(`the revision ${number} is lost`);
  if (latest?.number === number && latest.hash !== hash) lost.push(`the revision ${number} is another one`);
  return lost;
}

/** What does not fit together: rows and their hashes, runs and their versions, the catalog and the ledger. */
async function halfIn(ledger: Ledger): Promise<readonly string[]> {
  const half = [...(await ledger.verify())];
  for (const { id } of SOURCES) {
    const runs = await ledger.runs({ source: id, limit: 100_000 });
    const { open } = await ledger.sourceState(id);
    const offers = runs.reduce((sum, run) => sum + growthOf(run), 0);
    if (offers !== open.length)
      half.push(`the runs of ${id} come to ${offers} offers, and ${open.length} are open`);
  }
  const latest = await ledger.latestRevision();
  const served = await currentShelf(publishingOf(home, ledger), "public");
  if (latest === undefined) return half;
  if (served === undefined || served.revision !== latest.number) half.push("what is served is no revision");
  const rebuilt = await currentShelf(publishingOf(join(home, "elsewhere"), ledger), "public");
  if (rebuilt?.hash !== served?.hash) half.push("what is served is not what the ledger makes");
  if (!latest.hash.includes(served?.hash ?? "nothing")) half.push("what is served has another hash");
  return half;
}

function growthOf({ report }: Run): number {
  return report.added + report.returned - report.removed;
}
