import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";
import { truncatedAt } from "./simulator/body.ts";
import { ALL_FAULTS, FAULTS, faultNamed, type FaultName } from "./simulator/faults.ts";

const LIST = "api.example.com/v1/models";
const LIMIT_MS = 250;

let upstreams: Upstreams;

beforeEach(async () => {
  upstreams = await startUpstreams();
  upstreams.setBody(LIST, { data: [{ id: "one" }, { id: "two" }] });
});

afterEach(() => upstreams.close());

function get(path: string = LIST, options: Parameters<typeof request>[1] = {}) {
  return request(`${upstreams.url}/${path}`, options);
}

describe("the fault switch", () => {
  test("a fault is applied to the chosen requests only", async () => {
    upstreams.setFault({ host: "api.example.com", nth: 2 }, faultNamed("503 unavailable"));
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await get()).statusCode);
    expect(statuses).toEqual([200, 503, 200]);
    expect((await get("other.example/")).statusCode).toBe(404);
  });

  test("the fault set last wins, and all can be cleared", async () => {
    upstreams.setFault(LIST, faultNamed("503 unavailable"));
    upstreams.setFault({ path: /models/, from: 2, until: 3 }, faultNamed("404 not found"));
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await get()).statusCode);
    expect(statuses).toEqual([503, 404, 404, 503]);
    upstreams.clearFaults();
    expect((await get()).statusCode).toBe(200);
  });

  test("a body that throws is a 500, not an end of the world", async () => {
    upstreams.setBody(LIST, () => {
      throw new Error("no such world");
    });
    const { statusCode, body } = await get();
    expect(statusCode).toBe(500);
    expect(await body.json()).toEqual({ error: "no such world" });
  });

  test("every recipe has a name of its own", () => {
    expect(new Set(ALL_FAULTS.map(({ name }) => name)).size).toBe(ALL_FAULTS.length);
  });
});

describe("status", () => {
  test.each(FAULTS.status)("$name", async (fault) => {
    upstreams.setFault(LIST, fault);
    const { statusCode } = await get();
    const stated = /^\d+/.exec(fault.name)?.[0];
    expect(statusCode).toBe(stated === undefined ? 302 : Number(stated));
  });
});

describe("latency", () => {
  test.each(FAULTS.latency)("$name: the answer does not end in time", async (fault) => {
    upstreams.setFault(LIST, fault);
    const answer = get(LIST, { signal: AbortSignal.timeout(LIMIT_MS) }).then(({ body }) => body.text());
    await expect(answer).rejects.toThrow(/timeout|closed|socket/);
  });
});

describe("body", () => {
  const HUGE: ReadonlySet<FaultName> = new Set([
    "a body of 100 MB",
    "a gzip bomb",
    "a brotli bomb",
    "a million ids",
  ]);
  const BROKEN = {
    "a body cut by a closed connection": /other side closed|terminated/,
    "a body cut by a reset": /ECONNRESET|terminated/,
    "a content-length too long": /other side closed|terminated/,
    "a content-length too short": /JSON/,
  } as const satisfies Partial<Record<FaultName, RegExp>>;
  const whole = FAULTS.body.filter(({ name }) => !HUGE.has(name) && !(name in BROKEN));

  test.each(whole)("$name is not what the upstream meant", async (fault) => {
    // As bytes: reading as text would drop a byte order mark.
    const honest = await get();
    const meant = Buffer.from(await honest.body.arrayBuffer());
    upstreams.setFault(LIST, fault);
    const { headers, body } = await get();
    const isSame = meant.equals(Buffer.from(await body.arrayBuffer()));
    expect(isSame && headers["content-type"] === honest.headers["content-type"]).toBe(false);
  });

  test.each(Object.entries(BROKEN))("%s: the reader hears %s", async (name, heard) => {
    upstreams.setFault(LIST, faultNamed(name as keyof typeof BROKEN));
    await expect(get().then(({ body }) => body.json())).rejects.toThrow(heard);
  });

  test.each([
    ["a body of 100 MB", 100e6, Infinity],
    ["a million ids", 15e6, Infinity],
    ["a gzip bomb", 1, 1e6],
    ["a brotli bomb", 1, 1e4],
  ] as const)("%s has between %d and %d bytes on the wire", async (name, least, most) => {
    upstreams.setFault(LIST, faultNamed(name));
    const { body } = await get();
    let bytes = 0;
    for await (const chunk of body) bytes += (chunk as Buffer).length;
    expect(bytes).toBeGreaterThan(least);
    expect(bytes).toBeLessThan(most);
  });

  test("a body can be cut at any byte", async () => {
    upstreams.setFault(LIST, truncatedAt(7));
    expect(await (await get()).body.text()).toBe('{"data"');
  });
});
