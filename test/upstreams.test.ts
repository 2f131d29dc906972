import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openRecordings } from "../tools/upstreams/recordings.ts";
import { startUpstreams, type Upstreams, type UpstreamsOptions } from "../tools/upstreams/server.ts";

const LIST = "https://api.example.com/v1/models";
const FILES = {
  "undated.json": { url: LIST, recordedAt: null },
  "february.json": { url: LIST, recordedAt: "2026-02" },
  "march-9.json.gz": { url: `${LIST}?limit=5`, recordedAt: "2026-03-09" },
  "march-10.json": { url: LIST, recordedAt: "2026-03-10" },
  "later.json": { url: LIST, recordedAt: "2026-09-01", serve: false },
  "other.json": { url: "http://localhost:11434/api/tags", recordedAt: null },
} as const;

let directory: string;
let upstreams: Upstreams | undefined;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "modeldex-upstreams-"));
  const index = Object.entries(FILES).map(([file, entry]) => ({ file: `lists/${file}`, ...entry }));
  write("index.json", JSON.stringify([...index, { file: "shapes.json", url: "(various)", serve: false }]));
  for (const file of Object.keys(FILES)) {
    const body = Buffer.from(JSON.stringify({ from: file }));
    write(`lists/${file}`, file.endsWith(".gz") ? gzipSync(body) : body);
  }
});

afterEach(() => upstreams?.close());
afterAll(() => rmSync(directory, { recursive: true }));

function write(file: string, body: string | Buffer): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), body);
}

async function start(options: UpstreamsOptions = {}): Promise<Upstreams> {
  upstreams = await startUpstreams({ directory, ...options });
  return upstreams;
}

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${upstreams?.url}/${path}`, { headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

describe("which recording is answered", () => {
  test.each([
    [undefined, "march-10.json"],
    ["2026-03-10", "march-10.json"],
    ["2026-03-09", "march-9.json.gz"],
    ["2026-03", "march-10.json"],
    ["2026-02-20", "february.json"],
    ["2026-01", "undated.json"],
    ["2027", "march-10.json"],
  ])("as of %s it is %s", async (at, from) => {
    await start({ at });
    expect((await ask("api.example.com/v1/models")).body).toEqual({ from });
  });

  test("the date can be moved while it serves", async () => {
    const { setAt } = await start();
    setAt("2026-02");
    expect((await ask("api.example.com/v1/models")).body).toEqual({ from: "february.json" });
  });

  test("the query is ignored, the port of a host is not", async () => {
    await start();
    expect((await ask("api.example.com/v1/models?limit=1&cursor=x")).body).toEqual({ from: "march-10.json" });
    expect((await ask("localhost:11434/api/tags")).status).toBe(200);
    expect((await ask("localhost/api/tags")).status).toBe(404);
  });

  test("what is not served is a 404 that lists what is", async () => {
    await start();
    expect((await ask("api.example.com/v2")).body.served).toEqual(["api.example.com/v1/models"]);
    expect((await ask("nobody.example/")).body.hosts).toEqual(["api.example.com", "localhost:11434"]);
  });
});

describe("what the answer carries", () => {
  test.each([
    ["2026-03-10", "Tue, 10 Mar 2026 00:00:00 GMT"],
    ["2026-02-20", "Sun, 01 Feb 2026 00:00:00 GMT"],
    ["2026-01", null],
  ])("as of %s the date header is %s", async (at, date) => {
    await start({ at });
    const { headers } = await ask("api.example.com/v1/models");
    expect(headers.get("date")).toBe(date);
    expect(headers.get("content-type")).toBe("application/json");
  });

  test("a validator that is sent back is answered 304, until the body is another", async () => {
    const { setAt } = await start();
    const etag = (await ask("api.example.com/v1/models")).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    expect((await ask("api.example.com/v1/models", { "if-none-match": `"x", ${etag}` })).status).toBe(304);
    setAt("2026-02");
    expect((await ask("api.example.com/v1/models", { "if-none-match": etag })).status).toBe(200);
  });

  test("every request is kept with its headers", async () => {
    const { requests } = await start();
    await ask("api.example.com/v1/models?limit=5", { authorization: "Bearer canary" });
    expect(requests).toMatchObject([
      {
        method: "GET",
        host: "api.example.com",
        path: "/v1/models",
        headers: { authorization: "Bearer canary" },
      },
    ]);
    expect(requests[0]?.query.get("limit")).toBe("5");
  });
});

describe("a directory that is not right", () => {
  test.each([
    ["no index", undefined, /cannot read .*index\.json/],
    ["an index that is not JSON", "[", /index\.json is not JSON/],
    ["an index that is not a list", "{}", /index\.json at the top/],
    [
      "an entry with a wrong date",
      [{ file: "a", url: LIST, recordedAt: "2026-02-30" }],
      /at 0\.recordedAt: is no date/,
    ],
    ["an entry with a wrong address", [{ file: "a", url: "(various)" }], /url of a is no URL/],
    ["an entry whose file is missing", [{ file: "a", url: LIST }], /not there: a/],
    ["an entry outside the directory", [{ file: "../a", url: LIST }], /outside its directory: \.\.\/a/],
  ])("%s is said in one line", async (_, index, message) => {
    const wrong = mkdtempSync(join(tmpdir(), "modeldex-wrong-"));
    const text = typeof index === "string" ? index : JSON.stringify(index);
    if (index !== undefined) writeFileSync(join(wrong, "index.json"), text);
    await expect(openRecordings(wrong)).rejects.toThrow(message);
    rmSync(wrong, { recursive: true });
  });
});

describe("the program", () => {
  const program = new URL("../tools/upstreams.ts", import.meta.url).pathname;

  function run(...args: readonly string[]) {
    return spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  }

  test.each([
    [["--help"], 0, /^Serves recorded/, /^$/],
    [[], 2, /^$/, /^upstreams: name one directory; see --help\n$/],
    [["/nowhere"], 2, /^$/, /^upstreams: cannot read .*\n$/],
    [["x", "--at", "yesterday"], 2, /^$/, /^upstreams: --at yesterday is no date.*\n$/],
    [["x", "--port", "http"], 2, /^$/, /^upstreams: --port http is no port.*\n$/],
    [["x", "--bogus"], 2, /^$/, /^upstreams: Unknown option '--bogus'; see --help\n$/],
  ])("%j ends with %i", (args, code, stdout, stderr) => {
    const ended = run(...args);
    expect(ended).toMatchObject({ status: code });
    expect(ended.stdout).toMatch(stdout);
    expect(ended.stderr).toMatch(stderr);
  });

  test("a port that is taken ends it with 1", async () => {
    const { url } = await start();
    const ended = run(directory, "--port", new URL(url).port);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^upstreams: .*already in use.*\n$/);
  });
});
