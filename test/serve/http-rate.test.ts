/** How much one client may ask, and who one client is. */
import { array, assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress } from "../../src/serve/http/client-address.ts";
import { createLimiter } from "../../src/serve/http/rate.ts";
import { served } from "./support/server.ts";

const LIMIT = { requests: 3, windowMs: 60_000 };

describe("the limit", () => {
  test("lets a burst of the whole window through, then one at a time as they are paid for", () => {
    const take = createLimiter(LIMIT);
    expect([0, 0, 0].map((now) => take("a", now).isAllowed)).toEqual([true, true, true]);
    expect(take("a", 0)).toMatchObject({ isAllowed: false, remaining: 0, retryMs: 20_000 });
    expect(take("a", 19_999).isAllowed).toBe(false);
    expect(take("a", 20_000).isAllowed).toBe(true);
    expect(take("a", 20_000).isAllowed).toBe(false);
  });

  test("one client's asking takes nothing from another's", () => {
    const take = createLimiter(LIMIT);
    for (let asked = 0; asked < 10; asked += 1) take("a", 0);
    expect(take("b", 0)).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  test("in no window as long as the limit's do more than twice its requests pass, and never more than were paid for", () => {
    const steps = array(integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 200 });
    assert(
      property(steps, integer({ min: 1, max: 50 }), (waits, requests) => {
        const take = createLimiter({ requests, windowMs: 60_000 });
        let now = 0;
        let passed = 0;
        for (const wait of waits) {
          now += wait;
          const { isAllowed, remaining } = take("a", now);
          if (isAllowed) passed += 1;
          expect(remaining).toBeLessThan(requests);
          // A burst at the start, and what the time since pays for.
          expect(passed).toBeLessThanOrEqual(requests + Math.ceil((now * requests) / 60_000) + 1);
        }
      }),
    );
  });

  test("the memory of clients has a bound", () => {
    const take = createLimiter({ requests: 1, windowMs: 60_000 }, 2);
    for (const client of ["a", "b", "c"]) take(client, 0);
    expect(take("c", 0).isAllowed).toBe(false);
    expect(take("a", 0).isAllowed).toBe(true);
  });
});

describe("over HTTP", () => {
  test("an answer says what is left, and what is too much is a 429 that says when to ask again", async () => {
    const server = served({ rateLimit: LIMIT });
    const ask = () => server.inject("/v1/models");
    expect((await ask()).headers).toMatchObject({
      "ratelimit-policy": '"client";q=3;w=60',
      ratelimit: '"client";r=2;t=20',
    });
    await ask();
    expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({ "retry-after": "20", ratelimit: '"client";r=0;t=60' });
    expect(refused.json()).toMatchObject({ type: "urn:modeldex:problem:too-many-requests", status: 429 });
    expect((await server.inject("/v1/nothing")).statusCode).toBe(429);
    for (const url of ["/healthz", "/readyz", "/metrics"])
      expect((await server.inject(url)).statusCode).toBe(200);
  });

  test("without a limit nothing is said of one", async () => {
    expect((await served().inject("/v1/models")).headers).not.toHaveProperty("ratelimit");
  });

  test("behind a proxy each client has his own, and what he writes himself makes him nobody else", async () => {
    const server = served({ rateLimit: { requests: 1, windowMs: 60_000 }, trustProxy: 1 });
    const ask = async (forwarded: string) =>
      (await server.inject({ url: "/v1/models", headers: { "x-forwarded-for": forwarded } })).statusCode;
    expect(await ask("203.0.113.1")).toBe(200);
    expect(await ask("203.0.113.2")).toBe(200);
    expect(await ask("198.51.100.99, 203.0.113.1")).toBe(429);
  });

  test("without a proxy the header is anybody's word, and counts for nothing", async () => {
    const server = served({ rateLimit: { requests: 1, windowMs: 60_000 } });
    const ask = async (forwarded: string) =>
      (await server.inject({ url: "/v1/models", headers: { "x-forwarded-for": forwarded } })).statusCode;
    expect([await ask("203.0.113.1"), await ask("203.0.113.2")]).toEqual([200, 429]);
  });
});

describe("who a client is", () => {
  test.each([
    ["192.0.2.1", undefined, 0, "192.0.2.1"],
    ["192.0.2.1", "203.0.113.7", 0, "192.0.2.1"],
    ["192.0.2.1", undefined, 1, "192.0.2.1"],
    ["192.0.2.1", "203.0.113.7", 1, "203.0.113.7"],
    ["192.0.2.1", "1.1.1.1, 203.0.113.7", 1, "203.0.113.7"],
    ["192.0.2.1", "1.1.1.1, 203.0.113.7, 10.0.0.1", 2, "203.0.113.7"],
    ["192.0.2.1", "203.0.113.7", 5, "203.0.113.7"],
    ["192.0.2.1", "unknown", 1, "192.0.2.1"],
    ["192.0.2.1", "", 1, "192.0.2.1"],
    ["192.0.2.1", "203.0.113.7:4711", 1, "203.0.113.7"],
    ["192.0.2.1", "[2001:db8::1]:4711", 1, "2001:db8:0:0::/64"],
    ["::ffff:192.0.2.1", undefined, 0, "192.0.2.1"],
    ["2001:DB8:0:1:aaaa::1", undefined, 0, "2001:db8:0:1::/64"],
    ["2001:db8::1", undefined, 0, "2001:db8:0:0::/64"],
    ["fe80::1%eth0", undefined, 0, "fe80:0:0:0::/64"],
    ["::1", undefined, 0, "0:0:0:0::/64"],
    [undefined, undefined, 0, "unknown"],
  ])("at %s, forwarded for %s through %i proxies: %s", (remote, forwarded, proxies, client) => {
    expect(clientAddress(remote, forwarded, proxies)).toBe(client);
  });
});
