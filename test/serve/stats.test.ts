/** Numbers over time at the doors: HTTP and the command line. */
import { describe, expect, test } from "vitest";
import type { Stats, StatsQuery } from "../../src/domain/stats.ts";
import { TooManyThen } from "../../src/serve/application.ts";
import { misfit, routeAt } from "./support/answers.ts";
import { ADMIN_KEY, fakeApplication } from "./support/application.ts";
import { NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";
import { SOME_STATS } from "./support/stats.ts";

const NONE: Stats = { all: [], gateways: [] };

function remembering(stats: Stats | undefined = SOME_STATS) {
  const asked: StatsQuery[] = [];
  const fake = {
    stats: async (query: StatsQuery) => {
      asked.push(query);
      return stats;
    },
  };
  return { asked, server: served(fake), application: fakeApplication(fake) };
}

/** Of the sources of the shelf: what nobody asks for otherwise ends there. */
const LAST_READING = NOW - 3_600_000;

describe("/v1/stats", () => {
  test("is points for a chart, everything together and by gateway, beside what is there now", async () => {
    const answer = await served().inject("/v1/stats");
    expect(misfit(routeAt("/v1/stats"), answer)).toBeUndefined();
    const { points, gateways, ...about } = answer.json();
    expect(about).toEqual({
      object: "stats",
      interval: "day",
      since: "2026-07-07T00:00:00Z",
      now: { models: 3, offers: 5, gateways: 2, providers: 2, labs: 2 },
      revision: 7,
    });
    expect(points).toHaveLength(2);
    expect(gateways.map(({ id, points: its }: { id: string; points: [] }) => [id, its.length])).toEqual([
      ["groq", 2],
      ["xai", 1],
    ]);
    expect(gateways[0].points[0]).toEqual({
      from: "2026-08-03T00:00:00Z",
      to: "2026-08-04T00:00:00Z",
      models: 1,
      offers: 2,
      appeared: 1,
      vanished: 0,
      adjusted: 0,
      cheaper: 0,
      dearer: 0,
      billing: { metered: 1, free: 0, subscription: 0, dynamic: 0, unknown: 1 },
      input_per_million: { offers: 1, p25: "0.1", median: "0.15", p75: "0.2" },
      output_per_million: { offers: 1, p25: "0.1", median: "0.75", p75: "0.2" },
      readings: 1,
    });
    expect(gateways[1].points[0]).not.toHaveProperty("input_per_million");
  });

  test("asks for the thirty intervals up to the last reading, or for those that are named", async () => {
    const { server, asked } = remembering();
    await server.inject("/v1/stats");
    await server.inject("/v1/stats?interval=month");
    await server.inject(
      "/v1/stats?gateway=hug,groq&lab=openai&interval=week&since=2026-07-01&until=2026-08-01",
    );
    expect(asked).toEqual([
      { interval: "day", since: Date.UTC(2026, 6, 7), until: LAST_READING, knownAt: NOW },
      { interval: "month", since: Date.UTC(2024, 2), until: LAST_READING, knownAt: NOW },
      {
        interval: "week",
        // The Monday of that week: asked a moment later, it is the same question.
        since: Date.UTC(2026, 5, 29),
        until: Date.UTC(2026, 7, 1),
        knownAt: NOW,
        gateways: ["huggingface", "groq"],
        lab: "openai",
      },
    ]);
  });

  test("the same numbers have the same ETag, and are not sent twice", async () => {
    const server = served();
    const { etag } = (await server.inject("/v1/stats")).headers;
    const again = await server.inject({ url: "/v1/stats", headers: { "if-none-match": String(etag) } });
    expect(again.statusCode).toBe(304);
  });

  test("the holder of the admin key is counted what he sees", async () => {
    const server = served({ operatorStats: NONE });
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    expect((await server.inject("/v1/stats")).json().points).toHaveLength(2);
    expect((await server.inject({ url: "/v1/stats", headers })).json().points).toEqual([]);
  });

  test.each([
    ["interval=hour", "interval", "interval cannot be"],
    ["gateway=grok", "gateway", 'did you mean "groq"?'],
    ["since=yesterday", "since", "since cannot be"],
    ["since=2026-08-06", "since", "since lies after until, or in the future"],
    ["until=2026-01-01&since=2026-02-01", "since", "since lies after until"],
    ["since=200d", "since", "ask since 2026-04-08T00:00:00Z or later, or interval=week or month"],
    ["since=2000-01-01", "since", "120 points at most: ask since 2026-04-08T00:00:00Z or later"],
    ["days=3", "days", "no parameter is called"],
  ])("%s is refused for its %s", async (question, parameter, detail) => {
    const answer = await served().inject(`/v1/stats?${question}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { parameter }]);
    expect(answer.json().detail).toContain(detail);
  });

  test("a lab that never was is misspelt; one that is gone has had its points", async () => {
    const misspelt = await remembering(NONE).server.inject("/v1/stats?lab=opanai");
    expect(misspelt.json().detail).toContain('did you mean "openai"?');
    expect((await served().inject("/v1/stats?lab=gone")).statusCode).toBe(200);
    expect((await remembering(NONE).server.inject("/v1/stats?lab=openai")).json().points).toEqual([]);
  });

  test("before anything was read there is nothing to count, and too many at once are told when to come", async () => {
    const none = await served({ stats: async () => undefined }).inject("/v1/stats");
    expect([none.statusCode, none.json().detail]).toEqual([
      400,
      "nothing had been read by 2026-08-05T11:00:00Z",
    ]);
    const busy = await served({ stats: () => Promise.reject(new TooManyThen()) }).inject("/v1/stats");
    expect([busy.statusCode, busy.headers["retry-after"]]).toEqual([503, "5"]);
    expect((await served({ shelf: undefined }).inject("/v1/stats")).statusCode).toBe(503);
  });
});

describe("modeldex stats", () => {
  async function ask(...line: readonly string[]) {
    const { application, asked } = remembering();
    return { ...(await type(["stats", ...line], fakeHost(application))), asked };
  }

  test("is a line for each gateway with its trend, and one for all of them", async () => {
    const { code, out } = await ask();
    const lines = out.split("\n").map((line) => line.trim().split(/\s{2,}/));
    expect(code).toBe(0);
    expect(lines).toContainEqual(["groq", "1", "1", "1", "1,001", "2", "█▁"]);
    expect(lines).toContainEqual(["xai", "1", "2", "+2", "1"]);
    expect(out).toContain("2 days, 2026-08-03 00:00 to 2026-08-05 00:00");
    expect(out).toContain("now 3 models, 5 offers at 2 gateways");
  });

  test("of one gateway is a line for each point", async () => {
    const stats = { ...SOME_STATS, gateways: SOME_STATS.gateways.slice(0, 1) };
    const { application } = remembering(stats);
    const { out } = await type(["stats", "--gateway", "groq"], fakeHost(application));
    expect(out.split("\n").map((line) => line.trim().split(/\s{2,}/))).toContainEqual([
      "2026-08-03",
      "1",
      "2",
      "1",
      "$0.15",
      "$0.75",
      "1",
    ]);
  });

  test("--json prints what the API answers to the same question", async () => {
    const { out, asked } = await ask("--json", "--since", "3d", "--interval", "week", "--lab", "openai");
    const api = await served().inject("/v1/stats?since=3d&interval=week&lab=openai");
    expect(JSON.parse(out)).toEqual(api.json());
    expect(asked).toMatchObject([{ interval: "week", since: Date.UTC(2026, 6, 27), lab: "openai" }]);
  });

  test("says that nothing was read, and what cannot be asked", async () => {
    const { application } = remembering(NONE);
    const none = await type(["stats"], fakeHost(application));
    expect([none.code, none.out]).toEqual([0, expect.stringContaining("nothing was read in that time")]);
    // What it says to ask instead can be asked.
    const [, instead = ""] = /look further back with (.+);/.exec(none.out) ?? [];
    expect((await ask(...instead.split(" "))).code).toBe(0);
    expect((await ask("--interval", "hour")).code).toBe(2);
  });
});
