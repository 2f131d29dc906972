/**
 * `node bench/hub.ts`: the Hub's list of 50,000 served models, simulated with 200 ms to the first byte: modeldex beside
 * the official client, both beside the floor, requests × latency. Medians of several runs; nothing is asserted.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listModels } from "@huggingface/hub";
import { costOf, median, repeated, secondsSince } from "./cost.ts";

const MODELS = 50_000;
const LATENCY_MS = 200;
const RUNS = 3;

const server = spawn(
  process.execPath,
  [join(import.meta.dirname, "hub-server.ts"), String(MODELS), String(LATENCY_MS)],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const scratch = mkdtempSync(join(tmpdir(), "modeldex-bench-hub-"));
try {
  const hubUrl = await new Promise<string>((resolve) => {
    server.stdout.once("data", (said: Buffer) => resolve(said.toString().trim()));
  });
  // The first request sorts the list, which is nobody's time.
  await (await fetch(`${hubUrl}/api/models?sort=createdAt&limit=1`)).arrayBuffer();
  await (await fetch(`${hubUrl}/api/models?limit=1`)).arrayBuffer();
  const ours = await repeated(RUNS, () => readByModeldex(hubUrl));
  const theirs = await repeated(RUNS, () => readByClient(hubUrl));
  line("modeldex", ours);
  line("@huggingface/hub", theirs);
} finally {
  server.kill();
  rmSync(scratch, { recursive: true, force: true });
}

interface Reading {
  readonly seconds: number;
  readonly models: number;
  readonly requests: number;
}

async function readByModeldex(hubUrl: string): Promise<Reading> {
  const settings = { MODELDEX_HOME: mkdtempSync(join(scratch, "home-")), HF_ENDPOINT: hubUrl };
  const [run] = (await costOf("sync", ["huggingface"], settings)).runs ?? [];
  if (run === undefined) throw new Error("nothing was read");
  return { seconds: run.ms / 1_000, models: run.unique, requests: run.requests };
}

async function readByClient(hubUrl: string): Promise<Reading> {
  const since = performance.now();
  let [models, requests] = [0, 0];
  const list = listModels({
    hubUrl,
    search: { inferenceProviders: ["all"] },
    additionalFields: ["inferenceProviderMapping", "createdAt", "tags"],
    fetch: (...asked) => {
      requests += 1;
      return fetch(...asked);
    },
  });
  for await (const _ of list) models += 1;
  return { seconds: secondsSince(since), models, requests };
}

function line(what: string, readings: readonly Reading[]): void {
  const [{ models, requests } = { models: 0, requests: 0 }] = readings;
  const floor = (requests * LATENCY_MS) / 1_000;
  const seconds = median(readings.map((reading) => reading.seconds));
  const beside = `floor ${floor.toFixed(2)} s, ratio ${(seconds / floor).toFixed(3)}`;
  console.log(`${what}: ${models} models, ${requests} requests, ${seconds.toFixed(2)} s; ${beside}`);
}
