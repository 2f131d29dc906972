/**
 * `node bench/http.ts`: what the HTTP server answers in a second, on one core, beside nginx that serves the same bytes as
 * files on the same core; then again while a sync of 50,000 offers is read and published. Needs `wrk` and `nginx` of the
 * distribution's packages. CPU is what the answering process used: it stays true where other work takes the machine's time.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";
import { median } from "./cost.ts";
import { priced } from "./lists.ts";
import { serve } from "../tools/served.ts";

const NGINX_PORT = 7_190;
const KEY = "bench";
const ROUNDS = 3;
const ROUND_SECONDS = 4;
const CONNECTIONS = 16;
const CLOCK_TICKS_PER_SECOND = 100;
const CORES_MIN = 2;

interface Target {
  readonly name: string;
  readonly path: string;
  readonly headers: readonly string[];
}

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of CPU of the answering process for a request. */
  readonly cpu: number;
}

const TARGETS: readonly Target[] = [
  { name: "a page of 100 models", path: "/v1/models", headers: [] },
  { name: "the same in br", path: "/v1/models", headers: ["Accept-Encoding: br"] },
  { name: "one model", path: "/v1/models/Qwen/Model-2-3B-Instruct", headers: [] },
  { name: "a 304", path: "/v1/models", headers: ["If-None-Match: (its own)"] },
  {
    name: "a search with facets",
    path: "/v1/models?q=qwen+7b&facets=lab,license,context&limit=20",
    headers: [],
  },
];

const missing = ["wrk", "nginx", "taskset"].filter((program) => !isThere(program));
if (missing.length > 0 || availableParallelism() < CORES_MIN) {
  console.log(
    `this bench needs ${CORES_MIN} cores and wrk, nginx and taskset; missing here: ${missing.join(", ")}`,
  );
} else {
  await bench();
}

async function bench(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "modeldex-http-"));
  // nginx reads as nobody.
  chmodSync(scratch, 0o755);
  const upstreams = await startUpstreams();
  const list = priced();
  upstreams.setBody({ host: list.host, path: list.path }, list.body);
  const ours = serve(
    {
      home: scratch,
      mirror: upstreams.url,
      MODELDEX_PUBLISH_EVERY: "1ms",
      MODELDEX_ADMIN_KEY: KEY,
    },
    ["taskset", "-c", "0"],
  );
  const files = join(scratch, "files");
  let nginx: ChildProcess | undefined;
  try {
    const url = await ours.url;
    await untilServed(url);
    const [busy = 0] = loadavg();
    console.log(
      `Medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s, ${CONNECTIONS} connections, Node ${process.versions.node}; load of the machine before: ${busy.toFixed(1)}.\n`,
    );
    for (const [index, { path, headers }] of TARGETS.entries())
      await keep(join(files, String(index)), url + path, headers);
    nginx = startNginx(scratch, files);
    await sleep(500);
    const worker = Number(execFileSync("pgrep", ["-P", String(nginx.pid)], { encoding: "utf8" }).trim());
    console.log(["", "requests/s", "p50", "p99", "CPU µs", "beside nginx"].join("\t"));
    for (const [index, target] of TARGETS.entries()) await beside(target, index, url, ours.process, worker);
    await whileSyncing(upstreams, url, ours.process);
  } finally {
    nginx?.kill();
    ours.process.kill();
    await upstreams.close();
    await sleep(500);
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function beside(
  target: Target,
  index: number,
  url: string,
  server: ChildProcess,
  nginx: number,
): Promise<void> {
  const own: Load[] = [];
  const theirs: Load[] = [];
  const file = `http://127.0.0.1:${NGINX_PORT}/${index}`;
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(
      await load(url + target.path, await withTag(url + target.path, target.headers), server.pid ?? 0),
    );
    const plain = target.headers.filter((header) => !header.startsWith("Accept-Encoding"));
    theirs.push(await load(file, await withTag(file, plain), nginx));
  }
  const [mine, his] = [middle(own), middle(theirs)];
  const ratio = `${(mine.perSecond / his.perSecond).toFixed(2)} × its requests, ${(his.cpu / mine.cpu).toFixed(2)} × by CPU`;
  console.log([target.name, ...figures(mine), ratio].join("\t"));
  console.log(["  nginx", ...figures(his)].join("\t"));
}

/** Both threads of the server may then use both cores, and the load generator too: three for two. */
async function whileSyncing(upstreams: Upstreams, url: string, server: ChildProcess): Promise<void> {
  execFileSync("taskset", ["-a", "-cp", "0,1", String(server.pid)]);
  const [page] = TARGETS;
  if (page === undefined) return;
  const address = url + page.path;
  const rest = middle(await rounds(() => load(address, [], server.pid ?? 0)));
  const during: Load[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const list = priced();
    const body = Buffer.from(
      list.body.toString().replaceAll('"context_length":8192', `"context_length":${9_000 + round}`),
    );
    upstreams.setBody({ host: list.host, path: list.path }, body);
    const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
    const syncing = fetch(`${url}/v1/admin/sync`, { method: "POST", headers, body: "{}" });
    during.push(await load(address, [], server.pid ?? 0));
    await (await syncing).text();
  }
  const busy = middle(during);
  console.log("\na page of 100 models, server and load on two cores\nat rest\t" + figures(rest).join("\t"));
  console.log(
    [
      "while 50,000 offers are read and published",
      ...figures(busy),
      `p99 ${(busy.p99 / rest.p99).toFixed(2)} ×`,
    ].join("\t"),
  );
}

async function rounds(one: () => Promise<Load>): Promise<readonly Load[]> {
  const all: Load[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await one());
  return all;
}

async function load(url: string, headers: readonly string[], pid: number): Promise<Load> {
  const before = cpuTicks(pid);
  const { stdout } = await promisify(execFile)("taskset", [
    "-c",
    "1",
    "wrk",
    "-t1",
    `-c${CONNECTIONS}`,
    `-d${ROUND_SECONDS}`,
    "--latency",
    ...headers.flatMap((header) => ["-H", header]),
    url,
  ]);
  const ticks = cpuTicks(pid) - before;
  const count = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  if (stdout.includes("Non-2xx")) {
    const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1]);
    if (refused > 0) throw new Error(`${url} refused ${refused} of ${count}`);
  }
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    p99: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    cpu: (ticks / CLOCK_TICKS_PER_SECOND / count) * 1_000_000,
  };
}

function middle(loads: readonly Load[]): Load {
  const of = (name: keyof Load) => median(loads.map((each) => each[name]));
  return { perSecond: of("perSecond"), p50: of("p50"), p99: of("p99"), cpu: of("cpu") };
}

function figures({ perSecond, p50, p99, cpu }: Load): readonly string[] {
  return [perSecond.toFixed(0), `${p50.toFixed(2)} ms`, `${p99.toFixed(2)} ms`, cpu.toFixed(1)];
}

function milliseconds(found: RegExpExecArray | null): number {
  const [, value = "NaN", unit = "ms"] = found ?? [];
  return Number(value) * ({ us: 0.001, ms: 1, s: 1_000 }[unit] ?? 1);
}

/** User and system time of a process, all its threads together. */
function cpuTicks(pid: number): number {
  const [, after = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = after.split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

async function untilServed(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    if (answer.ok) return;
    await sleep(200);
  }
}

/** The bytes of an answer, as nginx will serve them. */
async function keep(file: string, url: string, headers: readonly string[]): Promise<void> {
  mkdirSync(join(file, ".."), { recursive: true });
  const asked = headers.flatMap((header) => (header.startsWith("Accept-Encoding") ? ["-H", header] : []));
  writeFileSync(file, execFileSync("curl", ["-s", "--raw", ...asked, url]));
}

/** A conditional request states the tag that the server gives. */
async function withTag(url: string, headers: readonly string[]): Promise<readonly string[]> {
  if (!headers.some((header) => header.startsWith("If-None-Match"))) return headers;
  const { headers: said } = await fetch(url, { headers: { "accept-encoding": "identity" } });
  return [`If-None-Match: ${said.get("etag")}`];
}

function startNginx(scratch: string, files: string): ChildProcess {
  const config = join(scratch, "nginx.conf");
  writeFileSync(
    config,
    `worker_processes 1; worker_cpu_affinity 01; pid ${scratch}/nginx.pid; error_log ${scratch}/nginx.log; daemon off;
events { worker_connections 512; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  default_type application/json; server { listen 127.0.0.1:${NGINX_PORT}; root ${files}; etag on; } }
`,
  );
  return spawn("nginx", ["-c", config], { stdio: "ignore" });
}

function isThere(program: string): boolean {
  try {
    execFileSync("which", [program]);
    return true;
  } catch {
    return false;
  }
}
