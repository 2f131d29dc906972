/** Every recording that is served is read by the source of its address, with the outcome that the facts lead to expect. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpTransport } from "../../src/kit/client.ts";
import { configured } from "../../src/kit/configured.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { Source, WebSource } from "../../src/kit/source.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { SOURCES } from "../../src/sources/index.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import { runSource } from "../../src/sync/run.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { directory, type Row } from "./recorded.ts";

interface Entry {
  readonly file: string;
  readonly url: string;
  readonly rows: number | null;
  readonly serve?: boolean;
}

const SETTINGS: { readonly [name: string]: string } = { CLOUDFLARE_ACCOUNT_ID: "account" };
/** Servers of the operator's own are asked where he says: under the name that they have in the recordings. */
const OWN_SERVERS: readonly (readonly [source: string, host: string])[] = [
  ["ollama", "localhost:11434"],
  ["llama-cpp", "localhost:8080"],
];

/** What differs from `complete`, `whole`, every row read and none rejected. */
const EXPECTED: {
  readonly [file: string]: { readonly outcome: string; readonly coverage: string; readonly why: string };
} = {
  "cohere/models.2025-07-25.json": {
    outcome: "partial",
    coverage: "partial",
    why: "a first page that names a second; the mirror answers the first again, and the loop is noticed",
  },
};

/** Rows that repeat an earlier one. */
const REPEATED: { readonly [file: string]: number } = { "featherless/models.2026-04-09.json": 3 };

/** Recordings of lists that are no list of models. */
const NO_MODELS = new Set(["openrouter/providers.2026-06.json"]);

const entries = (
  JSON.parse(readFileSync(join(directory(), "index.json"), "utf8")) as readonly Entry[]
).filter(({ serve }) => serve !== false);

let upstreams: Upstreams;
let context: Omit<SyncContext, "ledger">;
const network = httpTransport({});

beforeAll(async () => {
  upstreams = await startUpstreams();
  context = {
    runtime: systemRuntime,
    transport: network.transport,
    limits: { ...LIMITS, backoffMs: 1, backoffMaxMs: 1 },
    addresses: {
      mirror: upstreams.url,
      mirrorCredentials: false,
      sourceUrls: new Map(OWN_SERVERS.map(([source, host]) => [source, `${upstreams.url}/${host}`])),
      sourceCredentials: new Set(),
    },
    credential: (names) => names.map((name) => SETTINGS[name]).find((value) => value !== undefined),
    quotaShare: 1,
    intervalMs: 0,
    holder: "acceptance",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
});
afterAll(async () => {
  await network.close();
  await upstreams.close();
});

describe("a recording", () => {
  test.each(entries.filter(({ file }) => !NO_MODELS.has(file) && !file.includes("endpoints")))(
    "$file",
    async (entry) => {
      const source = sourceOf(entry.url);
      const expected = EXPECTED[entry.file] ?? { outcome: "complete", coverage: "whole" };
      const ledger = await openLedger({ url: ":memory:", now: Date.now });
      upstreams.clearBodies();
      upstreams.setBody(addressOf(entry.url), bytesOf(entry.file));
      const report = await runSource(source, { ...context, ledger });
      expect([report.outcome, report.coverage?.kind, report.rejected]).toEqual([
        expected.outcome,
        expected.coverage,
        0,
      ]);
      const rows = entry.rows ?? report.rows;
      expect([report.rows, report.unique]).toEqual([rows, rows - (REPEATED[entry.file] ?? 0)]);
      expect(await ledger.findings({ kind: "unknown-word", limit: 10 })).toEqual([]);
      await ledger.close();
    },
  );

  test("of one model's endpoints is read once the model is known", async () => {
    const entry = entries.find(({ file }) => file.includes("endpoints"));
    const of = /models\/(.+)\/endpoints/.exec(entry?.url ?? "")?.[1] ?? "";
    const ledger = await openLedger({ url: ":memory:", now: Date.now });
    upstreams.clearBodies();
    const models: readonly Row[] = [{ id: of, name: of }];
    upstreams.setBody("openrouter.ai/api/v1/models", { data: models });
    upstreams.setBody(addressOf(entry?.url ?? ""), bytesOf(entry?.file ?? ""));
    await runSource(named("openrouter"), { ...context, ledger });
    const report = await runSource(named("openrouter-endpoints"), { ...context, ledger });
    expect([report.outcome, report.rows, report.rejected]).toEqual(["complete", entry?.rows, 0]);
    expect((await ledger.sourceState("openrouter-endpoints")).open.map(({ provider }) => provider)).toEqual([
      "google-ai-studio",
      "google-vertex",
    ]);
    await ledger.close();
  });
});

/** The source whose list lies at this address. */
function sourceOf(url: string): Source {
  const { host, pathname } = new URL(url);
  const found = SOURCES.find((source) => {
    const asked = complete(source);
    if (asked === undefined) return false;
    const own = OWN_SERVERS.find(([id]) => id === source.id)?.[1];
    const list = new URL(
      own === undefined ? asked.baseUrl + asked.views[0].path : `http://${own}${asked.views[0].path}`,
    );
    return list.host === host && list.pathname === pathname;
  });
  if (found === undefined) throw new Error(`no source reads ${url}`);
  return found;
}

function complete(source: Source): WebSource | undefined {
  const asked = configured(source, context.addresses, context.credential);
  return "source" in asked && asked.source.kind === "web" ? asked.source : undefined;
}

function named(id: string): Source {
  const source = SOURCES.find((one) => one.id === id);
  if (source === undefined) throw new Error(`there is no source ${id}`);
  return source;
}

function addressOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

function bytesOf(file: string): Buffer {
  const packed = readFileSync(join(directory(), file));
  return file.endsWith(".gz") ? gunzipSync(packed) : packed;
}
