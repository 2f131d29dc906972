/** Every source of the registry: its credential goes to its own origin, in its own header, and is in no address. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { WebSource } from "../../src/kit/source.ts";
import type { WireRequest } from "../../src/kit/transport.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { SOURCES } from "../../src/sources/index.ts";
import { runSource } from "../../src/sync/run.ts";

/** Without their pace: nobody is asked. */
const WEB = SOURCES.filter((source): source is WebSource => source.kind === "web").map((source) => ({
  ...source,
  pace: { intervalMs: 0 },
}));
const ELSEWHERE = "https://thief.example/v1/models?page=2";
/** What is a setting, and no secret. */
const PLAIN: { readonly [name: string]: string } = {
  CLOUDFLARE_ACCOUNT_ID: "account",
  AWS_REGION: "us-east-1",
};

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ url: ":memory:", now: Date.now });
});
afterAll(() => ledger.close());

/** Every name has a secret of its own, so that each can be told from the others. */
function secretOf(name: string): string {
  return `secret-of-${name}`;
}

/** Everything that a source asks of an upstream that names a next page elsewhere in every way there is. */
async function requestsOf(source: WebSource, sourceUrl?: string): Promise<readonly WireRequest[]> {
  const requests: WireRequest[] = [];
  const body = JSON.stringify({
    data: [],
    models: [],
    links: { next: ELSEWHERE },
    next: ELSEWHERE,
    nextPageToken: "2",
    next_page_token: "2",
    has_more: true,
    last_id: "2",
    result: [],
    results: [],
    result_info: { total_pages: 2 },
  });
  await runSource(source, {
    ledger,
    runtime: { ...systemRuntime, sleep: () => Promise.resolve() },
    transport: async (request) => {
      requests.push(request);
      const headers = { "content-type": "application/json", link: `<${ELSEWHERE}>; rel="next"` };
      return { status: 200, headers, body: bytes(source.items === "" ? "[]" : body) };
    },
    limits: LIMITS,
    addresses: {
      sourceUrls: new Map(sourceUrl === undefined ? [] : [[source.id, sourceUrl]]),
      sourceCredentials: new Set(),
      mirrorCredentials: false,
    },
    credential: (names) => names.map((name) => PLAIN[name] ?? secretOf(name))[0],
    quotaShare: 1,
    intervalMs: 0,
    holder: "test",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return requests;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

describe.each(WEB.filter(({ onlyByAddress, each }) => onlyByAddress !== true && each === undefined))(
  "$id",
  (source) => {
    const own = new URL(
      source.baseUrl.replaceAll(
        /\{[^}|]*\|?([^}]*)\}/g,
        (_, fallback: string) => fallback.split("|").at(-1) ?? "",
      ),
    ).host;

    test("asks its own origin alone, with its own credential in its own header", async () => {
      const requests = await requestsOf(source);
      expect(requests.length).toBeGreaterThan(0);
      const [name] = source.auth.names;
      for (const { url, headers } of requests) {
        expect(url.host.split(".").slice(-2)).toEqual(own.split(".").slice(-2));
        expect(url.href).not.toContain("secret-of-");
        const carriers = Object.entries(headers).filter(([, value]) => value.includes("secret-of-"));
        expect(carriers).toEqual(
          name === undefined ? [] : [[source.auth.header, source.auth.prefix + secretOf(name)]],
        );
      }
    });

    test("keeps its credential at home where another address stands in", async () => {
      const requests = await requestsOf(source, "http://127.0.0.1:9/standin");
      expect(requests.length).toBeGreaterThan(0);
      for (const { url, headers } of requests) {
        expect(url.host).toBe("127.0.0.1:9");
        expect(JSON.stringify(headers) + url.href).not.toContain("secret-of-");
      }
    });
  },
);

test("a server of the operator's own is asked nowhere until its address is set", async () => {
  for (const source of WEB.filter(({ onlyByAddress }) => onlyByAddress === true))
    expect(await requestsOf(source)).toEqual([]);
});
