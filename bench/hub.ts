/**
 * `node bench/hub.ts`: the Hub's list of 50,000 served models, simulated. With 200 ms to the first byte, modeldex beside
 * the official client, both beside the floor, requests × latency: medians of several runs. Then with counters that move by
 * a tenth between two pages: the rows that each loses and doubles. Nothing is asserted.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listModels } from "@huggingface/hub";
import { costOf, median, repeated, secondsSince } from "./cost.ts";

const MODELS = 50_000;
const LATENCY_MS = 200;
const MOVING = 0.1;
const RUNS = 3;

const scratch = mkdtempSync(join(tmpdir(), "modeldex-bench-hub-"));
try {
  await beside({ latencyMs: LATENCY_MS, moving: 0 }, async (hubUrl) => {
    speed("modeldex", await repeated(RUNS, () => readByModeldex(hubUrl)));
    speed("@huggingface/hub", await repeated(RUNS, () => readByClient(hubUrl)));
  });
  await beside({ latencyMs: 0, moving: MOVING }, async (hubUrl) => {
    console.log(`with downloads that move by ${MOVING * 100} % after each page:`);
    losses("modeldex", await readByModeldex(hubUrl));
    losses("@huggingface/hub, sort=downloads", await readByClient(hubUrl, "downloads"));
  });
} finally {
  rmSync(scratch, { recursive: true });
}

interface Reading {
  readonly seconds: number;
  readonly rows: number;
  /** Different models among the rows. */
  readonly models: number;
  readonly requests: number;
}

/** Works beside a simulated Hub in a process of its own. */
async function beside(
  { latencyMs, moving }: { readonly latencyMs: number; readonly moving: number },
  work: (hubUrl: string) => Promise<void>,
): Promise<void> {
  const file = join(import.meta.dirname, "hub-server.ts");
  const server = spawn(process.execPath, [file, ...[MODELS, latencyMs, moving].map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const hubUrl = await new Promise<string>((resolve) => {
      server.stdout.once("data", (said: Buffer) => resolve(said.toString().trim()));
    });
    // The first request sorts the list, which is nobody's time.
    await (await fetch(`${hubUrl}/api/models?sort=createdAt&limit=1`)).arrayBuffer();
    await (await fetch(`${hubUrl}/api/models?limit=1`)).arrayBuffer();
    await work(hubUrl);
  } finally {
    server.kill();
  }
}

async function readByModeldex(hubUrl: string): Promise<Reading> {
  const settings = { MODELDEX_HOME: mkdtempSync(join(scratch, "home-")), HF_ENDPOINT: hubUrl };
  const [run] = (await costOf("sync", ["huggingface"], settings)).runs ?? [];
  if (run === undefined) throw new Error("nothing was read");
  return { seconds: run.ms / 1_000, rows: run.rows, models: run.unique, requests: run.requests };
}

async function readByClient(hubUrl: string, sort?: "downloads"): Promise<Reading> {
  const since = performance.now();
  const ids = new Set<string>();
  let [rows, requests] = [0, 0];
  const list = listModels({
    hubUrl,
    search: { inferenceProviders: ["all"] },
    additionalFields: ["inferenceProviderMapping", "createdAt", "tags"],
    ...(sort === undefined ? {} : { sort }),
    fetch: (...asked) => {
      requests += 1;
      return fetch(...asked);
    },
  });
  for await (const { id } of list) {
    rows += 1;
    ids.add(id);
  }
  return { seconds: secondsSince(since), rows, models: ids.size, requests };
}

function speed(what: string, readings: readonly Reading[]): void {
  const [{ models, requests } = { models: 0, requests: 0 }] = readings;
  const floor = (requests * LATENCY_MS) / 1_000;
  const seconds = median(readings.map((reading) => reading.seconds));
  const floors = `floor ${floor.toFixed(2)} s, ratio ${(seconds / floor).toFixed(3)}`;
  console.log(`${what}: ${models} models, ${requests} requests, ${seconds.toFixed(2)} s; ${floors}`);
}

function losses(what: string, { rows, models }: Reading): void {
  console.log(`${what}: ${rows} rows, ${models} models; ${MODELS - models} lost, ${rows - models} doubled`);
}
