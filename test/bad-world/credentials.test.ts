/** A credential goes to its own origin, in its own header, and nowhere else. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bearer, header } from "../../src/kit/auth.ts";
import { defineSource, type WebSource } from "../../src/kit/source.ts";
import type { RecordedRequest } from "../../tools/upstreams/exchange.ts";
import { CANARY, KINDS, rows, sourceOf } from "./kinds.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

const OWN = "api.example";

let world: World;
let thief: Thief;

beforeEach(async () => {
  thief = await startThief();
});
afterEach(async () => {
  await world.close();
  await thief.close();
});

/** The simulator itself is the upstream here: no mirror stands between, so that the credential is really sent. */
async function open(options: WorldOptions = {}): Promise<void> {
  world = await openWorld({
    credentials: { CANARY_KEY: CANARY },
    addresses: { mirror: undefined as never },
    ...options,
  });
}

function upstreamSource(kind: "link" | "next-url", headerName = "authorization"): WebSource {
  const { paging, items } = KINDS[kind];
  return defineSource({
    ...sourceOf(kind),
    baseUrl: `${world.upstreams.url}/${OWN}/v1`,
    auth: headerName === "authorization" ? bearer("CANARY_KEY") : header(headerName, "CANARY_KEY"),
    paging,
    items,
  });
}

/** Answers page 1 with this `next`, and any other address with an empty list. */
function nextIs(next: string): void {
  const [first, second] = [rows(2), rows(2, 3)];
  world.upstreams.setBody({ host: OWN }, ({ path, query }: RecordedRequest) => {
    const isFirst = path === "/v1/models" && query.size === 0;
    return {
      headers: isFirst ? { link: `<${next}>; rel="next"` } : {},
      value: isFirst ? first : second,
    };
  });
  world.upstreams.setBody({ host: `${OWN}-next-url` }, () => ({ value: {} }));
}

/** Every form of an address that is not the upstream's, made of the upstream's own and the thief's. */
const FOREIGN = {
  "another host": (_own: URL, there: URL) => `http://localhost:${there.port}/api.example/v1/models`,
  "another port": (_own: URL, there: URL) => `${there.origin}/api.example/v1/models`,
  "another scheme": (own: URL) => `https://${own.host}/api.example/v1/models?page=2`,
  "no scheme": (_own: URL, there: URL) => `//${there.host}/api.example/v1/models`,
  "a user name": (own: URL) => `http://somebody:secret@${own.host}/api.example/v1/models?page=2`,
  "the upstream as a user name": (own: URL, there: URL) => `http://${own.hostname}@${there.host}/v1/models`,
  "a backslash": (_own: URL, there: URL) => `\\\\${there.host}\\v1\\models`,
  "a tab inside": (_own: URL, there: URL) => `ht\ttp://${there.host}/v1/models`,
  "a file": () => "file:///etc/passwd",
  "a script": () => "javascript:alert(1)",
  "no address at all": () => "http://",
} as const satisfies Record<string, (own: URL, there: URL) => string>;

describe("a credential never follows a link", () => {
  test.each(Object.entries(FOREIGN))("to %s", async (_name, make) => {
    await open();
    nextIs(make(new URL(world.upstreams.url), new URL(thief.url)));
    const report = await world.run(upstreamSource("link"));
    expect(report).toMatchObject({
      outcome: "partial",
      error: { code: "origin-refused" },
      requests: 1,
      rows: 2,
    });
    expect(report.coverage?.evidence).toContain("another origin");
    expectStolen(0);
  });

  test.each(Object.entries(FOREIGN))("in the body to %s", async (_name, make) => {
    await open();
    const next = make(new URL(world.upstreams.url), new URL(thief.url));
    world.upstreams.setBody({ host: OWN }, { results: rows(2), next });
    const report = await world.run(upstreamSource("next-url"));
    expect(report).toMatchObject({ outcome: "partial", error: { code: "origin-refused" }, requests: 1 });
    expectStolen(0);
  });

  test("but goes along one to its own origin, in its declared header and no other", async () => {
    await open();
    nextIs(`${world.upstreams.url}/${OWN}/v1/models?page=2`);
    const report = await world.run(upstreamSource("link", "x-api-key"));
    expect(report).toMatchObject({ outcome: "complete", requests: 2, rows: 4 });
    expect(world.upstreams.requests.map(({ headers }) => headers["x-api-key"])).toEqual([CANARY, CANARY]);
    expect(world.upstreams.requests.map(carriers)).toEqual([["x-api-key"], ["x-api-key"]]);
  });
});

describe("a credential never follows a redirect", () => {
  // A header cannot hold a tab inside of a word.
  const locations = Object.entries(FOREIGN).filter(([name]) => name !== "a tab inside");
  test.each(locations)("to %s", async (_name, make) => {
    await open();
    const location = make(new URL(world.upstreams.url), new URL(thief.url));
    for (const status of [301, 302, 303, 307, 308]) {
      world.upstreams.clearBodies();
      world.upstreams.setBody({ host: OWN }, () => ({ status, headers: { location } }));
      expect(await world.run(upstreamSource("link"))).toMatchObject({
        outcome: "failed",
        error: { code: "redirect-refused" },
        requests: 1,
      });
    }
    expectStolen(0);
  });

  test("within its origin a redirect is followed, and one that goes in a circle is not", async () => {
    await open();
    world.upstreams.setBody(`${OWN}/v1/models`, () => ({
      status: 307,
      headers: { location: `/${OWN}/v2/models` },
    }));
    world.upstreams.setBody(`${OWN}/v2/models`, rows(2));
    expect(await world.run(upstreamSource("link"))).toMatchObject({ outcome: "complete", requests: 2 });
    expect(world.upstreams.requests.map(carriers)).toEqual([["authorization"], ["authorization"]]);

    world.upstreams.setBody(`${OWN}/v2/models`, () => ({
      status: 308,
      headers: { location: `/${OWN}/v1/models` },
    }));
    const report = await world.run(upstreamSource("link"));
    expect(report).toMatchObject({ outcome: "failed", error: { code: "redirect-refused" }, requests: 2 });
  });
});

describe("at another address", () => {
  const allowed = [
    { name: "a mirror", addresses: {}, requests: 0 },
    { name: "a mirror that may", addresses: { mirrorCredentials: true }, requests: 1 },
    { name: "an address of its own", sourceUrl: true, addresses: {}, requests: 0 },
    {
      name: "an address of its own that may",
      sourceUrl: true,
      addresses: { sourceCredentials: new Set(["single"]) },
      requests: 1,
    },
    {
      name: "an address of its own beside a mirror that may",
      sourceUrl: true,
      addresses: { mirrorCredentials: true },
      requests: 0,
    },
  ] as const;
  test.each(allowed)(
    "$name: the credential goes to $requests requests",
    async ({ addresses, requests, ...given }) => {
      await open({ addresses });
      const { upstreams } = world;
      upstreams.setBody("single.example/v1/models", { data: rows(2) });
      const sourceUrls =
        "sourceUrl" in given ? new Map([["single", `${upstreams.url}/single.example/v1/`]]) : new Map();
      const source = sourceOf("single", "single", { auth: bearer("CANARY_KEY") });
      const report = await world.run(source, { addresses: { ...world.context.addresses, sourceUrls } });
      expect(report).toMatchObject({ outcome: "complete", rows: 2 });
      expect(upstreams.requests.filter((request) => carriers(request).length > 0).length).toBe(requests);
    },
  );
});

test("no address that is asked or kept ever holds the credential", async () => {
  await open();
  nextIs(`${world.upstreams.url}/${OWN}/v1/models?page=2`);
  const report = await world.run(upstreamSource("link"));
  const pages = await world.ledger.rawPages(report.runId ?? 0);
  expect(pages.length).toBe(2);
  expect(JSON.stringify([report, pages, world.upstreams.requests.map(({ url }) => url)])).not.toContain(
    CANARY,
  );
});

/** The names of the headers that carry the credential. */
function carriers({ headers }: RecordedRequest): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => (String(value).includes(CANARY) ? [name] : []));
}

function expectStolen(count: number): void {
  expect(thief.heard.length).toBe(count);
  for (const request of world.upstreams.requests) expect(request.url).not.toContain(CANARY);
}

interface Thief {
  readonly url: string;
  /** Everything that any connection said. */
  readonly heard: string[];
  close(): Promise<void>;
}

/** A second origin that writes down whatever it gets. */
async function startThief(): Promise<Thief> {
  const heard: string[] = [];
  const server: Server = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.end("[]");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
