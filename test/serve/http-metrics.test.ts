/** What the server says of itself: metrics, and a log that holds no secret. */
import { describe, expect, test } from "vitest";
import { ADMIN_KEY } from "./support/application.ts";
import { served } from "./support/server.ts";

describe("/metrics", () => {
  test("counts requests by route and status, whatever they asked", async () => {
    const server = served();
    for (const url of [
      "/v1/models?q=a",
      "/v1/models?q=b",
      "/v1/models?nope=1",
      "/v1/models/openai/gpt-oss-120b",
      "/v1/nothing/here",
    ])
      await server.inject(url);
    const { body, headers } = await server.inject("/metrics");
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(linesOf(body, "modeldex_http_requests_total")).toEqual([
      'modeldex_http_requests_total{method="GET",route="/v1/models",status="200"} 2',
      'modeldex_http_requests_total{method="GET",route="/v1/models",status="400"} 1',
      'modeldex_http_requests_total{method="GET",route="/v1/models/:lab/:name",status="200"} 1',
      'modeldex_http_requests_total{method="GET",route="none",status="404"} 1',
    ]);
  });

  test("has the latency of each route as a histogram whose last bucket is all of them", async () => {
    const server = served();
    await server.inject("/v1/models");
    await server.inject("/v1/models");
    const { body } = await server.inject("/metrics");
    const buckets = linesOf(body, 'modeldex_http_request_duration_seconds_bucket{route="/v1/models"').map(
      (line) => Number(line.split(" ")[1]),
    );
    expect(buckets.at(-1)).toBe(2);
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(body).toContain('modeldex_http_request_duration_seconds_count{route="/v1/models"} 2\n');
  });

  test("says which revision is out, how old it is, and how each source is", async () => {
    const { body } = await served().inject("/metrics");
    for (const line of [
      "modeldex_revision 7",
      "modeldex_revision_age_seconds 3600",
      "modeldex_models 3",
      "modeldex_offers 5",
      'modeldex_source_up{source="groq"} 1',
      'modeldex_source_last_success_timestamp_seconds{source="groq"} 1785927600',
      'modeldex_source_age_seconds{source="groq"} 3600',
      'modeldex_source_rows{source="groq"} 11',
      'modeldex_source_findings{source="groq"} 1',
      'modeldex_source_held{source="groq"} 0',
    ])
      expect(body.split("\n")).toContain(line);
  });

  test("a source that is ahead of our clock has no negative age", async () => {
    const { body } = await served().inject("/metrics");
    expect(body).toContain('modeldex_source_age_seconds{source="huggingface-router"} 0\n');
  });

  test("answers before the first revision, and every name has its help and type once", async () => {
    const { body, statusCode } = await served({ shelf: undefined }).inject("/metrics");
    expect(statusCode).toBe(200);
    const types = linesOf(body, "# TYPE ");
    expect(new Set(types).size).toBe(types.length);
    expect(linesOf(body, "# HELP ")).toHaveLength(types.length);
  });
});

describe("the log", () => {
  test("has one line of JSON for each request: the route, not what was asked", async () => {
    const server = served({ log: "requests" });
    await server.inject("/v1/models?q=secret+plans");
    await server.inject("/v1/secret-plans");
    expect(server.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { event: "request", method: "GET", route: "/v1/models", status: 200, client: "127.0.0.1" },
      { event: "request", method: "GET", route: "none", status: 404 },
    ]);
    expect(server.lines.every((line) => line.endsWith("}\n") && !line.includes("secret"))).toBe(true);
  });

  test("is silent unless it is asked for", async () => {
    const server = served();
    await server.inject("/v1/models");
    expect(server.lines).toEqual([]);
  });
});

/** S1: whatever a caller sends, in whatever place, no piece of it is in a log, in the metrics or in an error. */
describe("a secret in the wrong place", () => {
  const CANARY = "hf_Kz8wQpVn3Rt6YbXc1MdLsJfGhA";
  const WINDOW = 12;
  const pieces = Array.from({ length: CANARY.length - WINDOW + 1 }, (_, at) => CANARY.slice(at, at + WINDOW));

  const PLACES: readonly (readonly [place: string, request: object])[] = [
    ["the path", { url: `/v1/${CANARY}` }],
    ["a model's id", { url: `/v1/models/${CANARY}/x` }],
    ["a whole id", { url: `/v1/models/${CANARY}` }],
    ["a known parameter", { url: `/v1/models?gateway=${CANARY}` }],
    ["a search", { url: `/v1/models?q=${CANARY}` }],
    ["a parameter's name", { url: `/v1/models?${CANARY}=1` }],
    ["a bad encoding", { url: `/v1/models?q=%zz${CANARY}` }],
    ["a check", { url: `/v1/check?model=${CANARY}/x&mode=${CANARY}` }],
    [
      "an admin header",
      { url: "/v1/admin/sync", method: "POST", headers: { authorization: `Bearer ${CANARY}` } },
    ],
    ["a reader's header", { url: "/v1/models", headers: { authorization: `Bearer ${CANARY}` } }],
    [
      "another header",
      { url: "/v1/models", headers: { "x-api-key": CANARY, cookie: CANARY, "user-agent": CANARY } },
    ],
    ["a forwarded address", { url: "/v1/models", headers: { "x-forwarded-for": CANARY } }],
    [
      "a body",
      { url: "/v1/admin/sync", method: "POST", payload: { sources: [CANARY] }, headers: AUTHORISED },
    ],
    [
      "a body's name",
      { url: "/v1/admin/sync", method: "POST", payload: { [CANARY]: 1 }, headers: AUTHORISED },
    ],
    [
      "a body that is no JSON",
      { url: "/v1/admin/sync", method: "POST", payload: CANARY, headers: JSON_BODY },
    ],
    ["a token's body", { url: "/v1/check/token", method: "POST", payload: { token: CANARY } }],
  ];

  test.each(PLACES)("in %s is nowhere in the log, the metrics or the errors", async (_place, request) => {
    const server = served({ log: "requests", trustProxy: 1 });
    const answer = await server.inject(request);
    const metrics = await server.inject("/metrics");
    const said = [
      ...server.lines,
      ...server.mistakes,
      metrics.body,
      answer.body,
      JSON.stringify(answer.headers),
    ];
    expect(pieces.filter((piece) => said.some((text) => text.includes(piece)))).toEqual([]);
    expect(answer.statusCode).toBeLessThan(500);
  });
});

const AUTHORISED = { authorization: `Bearer ${ADMIN_KEY}` };
const JSON_BODY = { ...AUTHORISED, "content-type": "application/json" };

function linesOf(body: string, begin: string): readonly string[] {
  return body.split("\n").filter((line) => line.startsWith(begin));
}
