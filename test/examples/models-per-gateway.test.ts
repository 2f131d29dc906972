/** The example as a reader would run it, on the fixtures. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";

const ROOT = join(import.meta.dirname, "../..");
const home = mkdtempSync(join(tmpdir(), "modeldex-example-"));
let upstreams: Upstreams;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: join(ROOT, "fixtures") });
});

afterAll(async () => {
  await upstreams.close();
  rmSync(home, { recursive: true, force: true });
});

async function example(gateways: readonly string[], mirror: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "examples/models-per-gateway.ts"), ...gateways],
    { cwd: home, env: { MODELDEX_HOME: join(home, "data"), MODELDEX_MIRROR: mirror } },
  );
  return stdout.trimEnd().split("\n");
}

test("it reads the upstreams once, prints a line for each gateway, and then answers from what was read", async () => {
  const lines = await example([], upstreams.url);
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "openrouter",
    "portkey",
    "featherless",
    "deepinfra",
    "hug",
    "all",
  ]);
  for (const line of lines) expect(line).toMatch(/^[a-z]+ {2,}[1-9][\d,]* models$/);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);

  const requests = upstreams.requests.length;
  expect(await example([], "http://127.0.0.1:9")).toEqual(lines);
  expect(upstreams.requests.length).toBe(requests);
  const [groq] = await example(["groq"], upstreams.url);
  expect(groq).toMatch(/^groq {10,}\d+ models$/);
});
