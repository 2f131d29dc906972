/** The doors of the live checks: what is asked, what is answered, and how a token may be carried. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Checks } from "../../src/check/checks.ts";
import { startAsking, type Asking } from "../check/asking.ts";
import { ADMIN_KEY } from "./support/application.ts";
import { fakeChecks, GOOD_TOKEN } from "./support/checks.ts";
import { served } from "./support/server.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("GET /v1/providers", () => {
  test("lists the providers, where that is known from, and since when", async () => {
    const answer = await served().inject("/v1/providers");
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        object: "list",
        data: [
          {
            id: "groq",
            object: "provider",
            name: "Groq",
            gateway: "huggingface",
            live: 12,
            staging: 1,
            error: 0,
            tasks: ["conversational"],
          },
          { id: "newcomer", object: "provider", name: "newcomer", gateway: "huggingface", tasks: [] },
        ],
        total: 2,
        has_more: false,
        from: ["mappings", "enumeration"],
        as_of: "2026-08-05T10:00:00Z",
      },
    ]);
    expect(answer.headers["etag"]).toMatch(/^"/);
  });

  test("takes no parameter", async () => {
    expect((await served().inject("/v1/providers?q=x")).statusCode).toBe(400);
  });
});

describe("GET /v1/providers/{provider}/models", () => {
  test("lists the models that it serves, how many there are, from where and since when", async () => {
    const answer = await served().inject("/v1/providers/groq/models?limit=1&task=conversational");
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        object: "list",
        data: [
          {
            id: "lab/chat",
            object: "model",
            providers: [
              { provider: "groq", status: "live", provider_id: "its-own-id", task: "conversational" },
            ],
          },
        ],
        total: 3,
        has_more: true,
        from: ["catalog"],
        as_of: "2026-08-05T10:00:00Z",
      },
    ]);
  });

  test("with the caller's own token from the Hub, which counts nothing", async () => {
    const answer = await served().inject({ url: "/v1/providers/hf/models", headers: bearer(GOOD_TOKEN) });
    expect(answer.json()).toMatchObject({ from: ["hub"], has_more: false });
    expect(answer.json()).not.toHaveProperty("total");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test.each([
    ["/v1/providers/a%2Fb/models", "provider"],
    ["/v1/providers/groq/models?task=a%0Ab", "task"],
    ["/v1/providers/groq/models?limit=0", "limit"],
    ["/v1/providers/groq/models?limit=10001", "limit"],
    ["/v1/providers/groq/models?gateway=hug", "gateway"],
    ["/v1/providers/grok/models", "provider"],
  ])("%s is a 400 that names the parameter %s", async (url, parameter) => {
    const asking = await startAsking();
    const answer = await served({ checks: asking.checks }).inject(url);
    await asking.end();
    expect([answer.statusCode, answer.json().parameter]).toEqual([400, parameter]);
  });

  test("an outage is no empty list, and a refused token is none", async () => {
    const asking = await startAsking();
    const { inject } = served({ checks: asking.checks });
    const refused = await inject({ url: "/v1/providers/groq/models", headers: bearer(GOOD_TOKEN) });
    asking.hub.answer("/api/models", { status: 503 });
    const silent = await inject("/v1/providers/groq/models");
    await asking.end();
    expect([refused.statusCode, refused.json().type]).toEqual([401, "urn:modeldex:problem:token-refused"]);
    expect([silent.statusCode, silent.json().type]).toEqual([502, "urn:modeldex:problem:no-answer"]);
    expect(silent.json().detail).toContain("status 503");
  });
});

describe("GET /v1/check", () => {
  test("says what was found, how strictly, and as whom it was seen", async () => {
    const answer = await served().inject(
      "/v1/check?model=lab/chat&provider=groq&task=conversational&mode=lenient",
    );
    expect(answer.json()).toEqual({
      object: "model_check",
      model: "lab/chat",
      provider: "groq",
      task: "conversational",
      verdict: "live",
      reason: "as the test has it",
      mode: "lenient",
      passes: true,
      served_by: ["groq"],
      mapping: [{ provider: "groq", status: "live", provider_id: "its-own-id", task: "conversational" }],
      seen_as: "everybody",
      as_of: "2026-08-05T12:00:00Z",
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });

  test("hands the caller's own token on, and no other", async () => {
    const answer = await served().inject({ url: "/v1/check?model=lab/chat", headers: bearer(GOOD_TOKEN) });
    expect(answer.json()).toMatchObject({ seen_as: "the caller", provider: "auto" });
  });

  test("an outage has a verdict, and no word on whether it passes", async () => {
    const answer = await served().inject("/v1/check?model=lab/chat&provider=nobody");
    expect(answer.json()).toMatchObject({ verdict: "unreachable" });
    expect(answer.json()).not.toHaveProperty("passes");
  });

  test.each([
    ["", "model"],
    ["?model=lab/chat&mode=hard", "mode"],
    ["?model=lab/chat&providr=groq", "providr"],
    ["?model=../whoami-v2", "model"],
    ["?model=lab/chat&provider=a/b", "provider"],
    ["?model=lab/chat&task=a%0Ab", "task"],
  ])("%s is a 400 that names the parameter %s", async (query, parameter) => {
    const asking = await startAsking();
    const answer = await served({ checks: asking.checks }).inject(`/v1/check${query}`);
    await asking.end();
    expect([answer.statusCode, answer.json().parameter]).toEqual([400, parameter]);
    expect(asking.hub.requests).toEqual([]);
  });
});

describe("POST /v1/check/token", () => {
  const post = (headers: object, payload?: object | string, query = "", checks: Checks = fakeChecks()) =>
    served({ checks }).inject({
      method: "POST",
      url: `/v1/check/token${query}`,
      headers: { ...headers },
      ...(payload === undefined ? {} : { payload }),
    });

  test("says whose a good token is, and what it may do", async () => {
    const answer = await post(bearer(GOOD_TOKEN), { scope: "inference-api" });
    expect(answer.json()).toEqual({
      object: "token_check",
      verdict: "valid",
      kind: "oauth",
      account: { type: "user", name: "sam" },
      organisations: [{ name: "acme" }],
      expires_at: "2026-08-05T12:00:00Z",
      scopes: ["inference-api"],
      scopes_from: "the caller's word",
      inference_providers: { may_call: "yes", evidence: "inference-api is among its scopes" },
      checked_at: "2026-08-05T12:00:00Z",
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("a bad one is an answer too, not an error", async () => {
    const answer = await post(bearer("hf_bad"));
    expect([answer.statusCode, answer.json().verdict]).toEqual([200, "invalid"]);
  });

  test.each([
    ["nowhere", {}, undefined, ""],
    ["in the query", {}, undefined, `?token=${GOOD_TOKEN}`],
    ["as Basic", { authorization: `Basic ${GOOD_TOKEN}` }, undefined, ""],
    ["alone in the header", { authorization: GOOD_TOKEN }, undefined, ""],
    ["in a cookie", { cookie: `token=${GOOD_TOKEN}` }, undefined, ""],
    ["in another header", { "x-api-key": GOOD_TOKEN }, undefined, ""],
    ["in the body", {}, { token: GOOD_TOKEN }, ""],
  ])("a token %s is not looked for", async (_where, headers, payload, query) => {
    const answer = await post(headers, payload, query);
    expect([answer.statusCode, answer.json().type]).toEqual([401, "urn:modeldex:problem:token-required"]);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
    expect(answer.body).not.toContain(GOOD_TOKEN);
  });

  test.each([
    [{ token: GOOD_TOKEN }],
    [{ [GOOD_TOKEN]: 1 }],
    [{ scope: 7 }],
    [[GOOD_TOKEN]],
    [{ scope: "x".repeat(5_000) }],
  ])("a body that holds anything else is refused, and not repeated", async (payload) => {
    const answer = await post(bearer(GOOD_TOKEN), payload);
    expect([answer.statusCode, answer.json().type]).toEqual([400, "urn:modeldex:problem:bad-body"]);
    expect(answer.body).not.toContain(GOOD_TOKEN);
  });

  test("a form is refused: no page posts here without asking first", async () => {
    const headers = { ...bearer(GOOD_TOKEN), "content-type": "application/x-www-form-urlencoded" };
    expect((await post(headers, "scope=x")).statusCode).toBe(415);
  });

  test("a web page of anybody may ask, after a preflight", async () => {
    const answer = await served().inject({ method: "OPTIONS", url: "/v1/check/token" });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "*, Authorization",
      "access-control-allow-origin": "*",
    });
  });

  test("the admin key opens nothing here, and is handed to nobody but the Hub that refuses it", async () => {
    expect((await post(bearer(ADMIN_KEY))).json().verdict).toBe("invalid");
  });
});

describe("a token is repeated nowhere (S1)", () => {
  const CANARY = "hf_c4n4ryQ7mZx0VtLr9KdW3bNs6JyHpEuFgAa";
  let asking: Asking;
  beforeEach(async () => {
    asking = await startAsking();
  });
  afterEach(() => asking.end());

  /** Every place in which somebody may put a token, rightly or by mistake. */
  const PLACES: readonly (readonly [string, string, string, object, (object | string)?])[] = [
    ["the right one", "POST", "/v1/check/token", bearer(CANARY)],
    [
      "the right one, with a scope that is none",
      "POST",
      "/v1/check/token",
      bearer(CANARY),
      { scope: CANARY },
    ],
    ["the token of a check", "GET", "/v1/check?model=lab/none", bearer(CANARY)],
    ["the model", "GET", `/v1/check?model=${CANARY}`, {}],
    ["the model's name", "GET", `/v1/check?model=lab/${CANARY}`, {}],
    ["the provider", "GET", `/v1/check?model=lab/x&provider=${CANARY}`, {}],
    ["the task", "GET", `/v1/check?model=lab/x&task=${CANARY}`, {}],
    ["the mode", "GET", `/v1/check?model=lab/x&mode=${CANARY}`, {}],
    ["a parameter", "GET", `/v1/check?model=lab/x&token=${CANARY}`, {}],
    ["a parameter's name", "GET", `/v1/check?${CANARY}=1`, {}],
    ["a parameter of another route", "GET", `/v1/models?limit=${CANARY}`, {}],
    ["a gateway", "GET", `/v1/models?gateway=${CANARY}`, {}],
    ["a provider of the catalog", "GET", `/v1/offers?provider=${CANARY}`, {}],
    ["the path of a model", "GET", `/v1/models/lab/${CANARY}`, {}],
    ["the body", "POST", "/v1/check/token", bearer("hf_other"), { token: CANARY }],
    ["the body's names", "POST", "/v1/check/token", bearer("hf_other"), { [CANARY]: 1 }],
    [
      "a broken body",
      "POST",
      "/v1/check/token",
      { ...bearer("hf_other"), "content-type": "application/json" },
      `{${CANARY}`,
    ],
    ["the query of the token's route", "POST", `/v1/check/token?token=${CANARY}`, bearer("hf_other")],
    ["a header of no route", "GET", "/v1/providers", bearer(CANARY)],
  ];

  describe.each([
    ["good", 200, false],
    ["refused", 401, false],
    ["asked for during an outage", 503, false],
    ["repeated by an upstream", 403, true],
  ])("where it is %s", (_how, status, isEchoed) => {
    test.each(
      PLACES.map(([place, method, url, headers, payload]) => ({ place, method, url, headers, payload })),
    )("$place", async ({ method, url, headers, payload }) => {
      const echo = isEchoed ? { error: `bad ${CANARY}`, name: undefined } : {};
      const body = status === 200 ? { name: "sam", auth: { type: "oauth" } } : echo;
      const repeated = isEchoed ? { "x-error-message": CANARY, "www-authenticate": CANARY } : {};
      asking.hub.tokens.set(CANARY, body);
      if (status !== 200) asking.hub.answer("/api", { status, body, headers: repeated });
      const saved: string[] = [];
      const kept = {
        load: () => Promise.resolve(undefined),
        save: async (name: string, answer: object) => void saved.push(name, JSON.stringify(answer)),
      };
      const server = served({ checks: asking.another({ kept }) });
      const answer = await server.inject({
        // Every method of the table is one that can be injected.
        method: method as "GET",
        url,
        headers: { ...headers },
        ...(payload === undefined ? {} : { payload }),
      });
      const seen = [
        answer.body,
        JSON.stringify(answer.headers),
        ...server.mistakes,
        ...saved,
        ...asking.hub.requests.map((request) => request.url),
      ].join("\n");
      expect(windowsOf(CANARY).filter((window) => seen.includes(window))).toEqual([]);
      expect(server.mistakes).toEqual([]);
    });
  });

  /** Any twelve characters of it in a row. */
  function windowsOf(token: string): readonly string[] {
    return Array.from({ length: token.length - 11 }, (_, at) => token.slice(at, at + 12));
  }
});
