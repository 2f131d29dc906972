/**
 * `node bench/whole-hub.ts --models 2500000 --kills 10`: the whole Hub, simulated over real HTTP and read by processes that
 * are killed, beside the floor that latency and our share of the quota set. The quota's window is shorter than the Hub's
 * five minutes, as `--window` says. Nothing is asserted.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemRuntime } from "../src/kit/runtime.ts";
import { openLedger } from "../src/ledger/open.ts";
import { startWholeHub, type WholeHub } from "../test/simulator/whole-hub.ts";
import { secondsSince } from "./cost.ts";

const CHILD = join(import.meta.dirname, "../test/hub/whole-child.ts");
const PAGE = 1_000;

const { values } = parseArgs({
  options: {
    models: { type: "string", default: "2500000" },
    kills: { type: "string", default: "10" },
    latency: { type: "string", default: "20" },
    quota: { type: "string", default: "500" },
    share: { type: "string", default: "0.8" },
    window: { type: "string", default: "40" },
    database: { type: "string" },
  },
});
const [models, kills, latencyMs, quota, share] = [
  values.models,
  values.kills,
  values.latency,
  values.quota,
  values.share,
].map(Number) as [number, number, number, number, number];
const windowMs = Number(values.window) * 1_000;
const pages = Math.ceil(models / PAGE);

const scratch = mkdtempSync(join(tmpdir(), "modeldex-bench-whole-hub-"));
const file = join(scratch, "modeldex.db");
const url = values.database ?? file;
const hub = await startWholeHub({ models, quota, windowMs, latencyMs });
try {
  const since = performance.now();
  let peakBytes = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const { peak } = await life(hub, Math.max(1, Math.floor(pages / (kills + 1))));
    peakBytes = Math.max(peakBytes, peak);
  }
  const last = await life(hub);
  const seconds = secondsSince(since);
  peakBytes = Math.max(peakBytes, last.peak);
  const asked = [...hub.pages.values()].reduce((sum, count) => sum + count, 0);
  const twice = asked - hub.pages.size;
  const most = Math.max(...hub.windows.map((used) => used ?? 0));
  const byQuota = Math.floor((pages - 1) / (quota * share)) * windowMs;
  const floor = Math.max(pages * latencyMs, byQuota) / 1_000;
  console.log(
    `${await rowsIn(url)} of ${models} rows; ${asked} requests, ${kills} kills, ${twice} pages fetched twice`,
  );
  console.log(`at most ${most} requests in a window, our share is ${quota * share}; refused: ${hub.refused}`);
  console.log(
    `read in ${last.readSeconds(since).toFixed(1)} s, floor ${floor.toFixed(1)} s (ratio ${(last.readSeconds(since) / floor).toFixed(3)}); all in its place after ${seconds.toFixed(1)} s`,
  );
  console.log(`peak memory ${mib(peakBytes)}${url === file ? `, ledger ${mib(statSync(file).size)}` : ""}`);
} finally {
  await hub.close();
  rmSync(scratch, { recursive: true });
}

interface Life {
  readonly peak: number;
  /** From `since` to the last page of the list. */
  readSeconds(since: number): number;
}

/** A reader, killed after so many pages where it is to be. */
async function life({ url: hubUrl }: WholeHub, pagesMax = Infinity): Promise<Life> {
  const child = spawn(process.execPath, [CHILD, url, hubUrl, String(share)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let [seen, peak, lastPageAt, rest] = [0, 0, performance.now(), ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [kind, , bytes] = line.split(" ");
      if (kind === "report") continue;
      peak = Math.max(peak, Number(bytes));
      if (kind === "page") [seen, lastPageAt] = [seen + 1, performance.now()];
    }
    if (seen >= pagesMax) child.kill("SIGKILL");
  });
  const ended = Promise.withResolvers<void>();
  child.on("close", () => ended.resolve());
  await ended.promise;
  return { peak, readSeconds: (since) => (lastPageAt - since) / 1_000 };
}

async function rowsIn(database: string): Promise<number> {
  const ledger = await openLedger({ url: database, now: systemRuntime.now });
  let rows = 0;
  for await (const chunk of ledger.hub.models()) rows += chunk.length;
  await ledger.close();
  return rows;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
