/** The whole Hub, read over real HTTP by processes that are killed: every row, hardly a page twice, in flat memory and within the quota. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { idOf, startWholeHub, type WholeHub } from "../simulator/whole-hub.ts";
import { randomOf } from "../worlds/truth.ts";

const MODELS = 100_000;
const KILLS = 6;
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? Date.now() % 1_000_000);
const PAGE = 1_000;
/** Pages that a killed reader gets to, at most. */
const PAGES_OF_A_LIFE = 8;
const QUOTA = 40;
const SHARE = 0.8;
const WINDOW_MS = 3_000;
/** An engine that may keep little garbage: what grows, grows by what is kept. More than this in use would end it. */
const LEAN = ["--max-semi-space-size=4", "--max-old-space-size=96"];
/** Between a reader's first pages and its last ones: caches fill, rows do not stay. */
const GROWTH_BYTES_MAX = 96 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const CHILD = fileURLToPath(new URL("whole-child.ts", import.meta.url));

test(
  "100,000 models are read whole through kills: each row is there, a kill costs a page at most, and the quota's share is kept",
  async () => {
    const home = mkdtempSync(join(tmpdir(), "modeldex-whole-hub-"));
    const url = join(home, "modeldex.db");
    const hub = await startWholeHub({ models: MODELS, quota: QUOTA, windowMs: WINDOW_MS, latencyMs: 2 });
    const random = randomOf(SEED);
    try {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const pages = 1 + Math.floor(random() * PAGES_OF_A_LIFE);
        expect((await life(url, hub, { pages, afterMs: random() * 50 })).signal).toBe("SIGKILL");
      }
      const { lines, signal } = await life(url, hub);
      expect(signal).toBe(null);
      console.info(`seed ${SEED}: ${accountOf(hub, lines)}`);
      const report = JSON.parse(lines.at(-1)?.replace("report ", "") ?? "") as object;
      expect(report).toMatchObject({
        outcome: "complete",
        coverage: { kind: "whole", evidence: `the list ended after ${MODELS / PAGE} pages, ${MODELS} rows` },
        unique: MODELS,
        added: MODELS,
        retries: 0,
      });
      expect(await modelsIn(url)).toEqual({ count: MODELS, missing: 0 });
      expect(twice(hub)).toBeLessThanOrEqual(KILLS);
      expect(Math.max(...hub.pages.values())).toBeLessThanOrEqual(1 + KILLS);
      expect(hub.refused).toBe(0);
      expect(Math.max(...hub.windows.map((used) => used ?? 0))).toBeLessThanOrEqual(QUOTA * SHARE);
      expect(growthOf(lines)).toBeLessThan(GROWTH_BYTES_MAX);
    } finally {
      await hub.close();
      rmSync(home, { recursive: true });
    }
  },
  TIMEOUT_MS,
);

interface Life {
  readonly lines: readonly string[];
  readonly signal: string | null;
}

/** A reader; killed a moment after it has said so many pages, where it is to be. */
async function life(
  url: string,
  hub: WholeHub,
  death?: { readonly pages: number; readonly afterMs: number },
): Promise<Life> {
  const child = spawn(process.execPath, [...LEAN, CHILD, url, hub.url, String(SHARE)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "modeldex-whole-hub-compiled") },
  });
  let said = "";
  let isDying = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (death === undefined || isDying || said.split("page ").length - 1 < death.pages) return;
    isDying = true;
    setTimeout(() => child.kill("SIGKILL"), death.afterMs);
  });
  const ended = Promise.withResolvers<string | null>();
  child.on("close", (_code, signal) => ended.resolve(signal));
  const signal = await ended.promise;
  return { signal, lines: said.trimEnd().split("\n") };
}

function twice(hub: WholeHub): number {
  return [...hub.pages.values()].reduce((sum, asked) => sum + asked - 1, 0);
}

async function modelsIn(url: string): Promise<{ readonly count: number; readonly missing: number }> {
  const ledger = await openLedger({ url, now: systemRuntime.now });
  const missing = new Set(Array.from({ length: MODELS }, (_, number) => idOf(number)));
  let count = 0;
  for await (const chunk of ledger.hub.models()) {
    count += chunk.length;
    for (const { id } of chunk) missing.delete(id);
  }
  await ledger.close();
  return { count, missing: missing.size };
}

/** From what a reader held when its first pages were kept to what it holds at the end. */
function growthOf(lines: readonly string[]): number {
  const held = lines.flatMap((line) => {
    const [kind, , bytes] = line.split(" ");
    return kind === "page" || kind === "placing" ? [Number(bytes)] : [];
  });
  return Math.max(...held) - (held[SETTLED_PAGES] ?? Infinity);
}

/** Until the database's cache and the engine's heap have their size. */
const SETTLED_PAGES = 10;

function accountOf(hub: WholeHub, lines: readonly string[]): string {
  return `${KILLS} kills, ${twice(hub)} pages twice, windows of ${hub.windows.join(" ")}, growth ${Math.round(growthOf(lines) / 1024 ** 2)} MB`;
}
