/** The door of signing in with Hugging Face: what a browser is told, what it may hand over, and what comes back. */
import { describe, expect, test } from "vitest";
import type { BroughtBack, Exchanged } from "../../src/check/sign-in.ts";
import { ADMIN_KEY, type Fake } from "./support/application.ts";
import { NOW } from "./support/catalog.ts";
import { fakeSignIn, GOOD_TOKEN } from "./support/checks.ts";
import { served } from "./support/server.ts";

const VERIFIER = "v".repeat(43);
const BROUGHT = { code: "a-code", code_verifier: VERIFIER, redirect_uri: "https://models.example/check" };

function exchange(payload: object | string, fake: Fake = {}, headers: object = {}) {
  return served(fake).inject({ method: "POST", url: "/v1/sign-in/token", payload, headers: { ...headers } });
}

describe("GET /v1/sign-in", () => {
  test("says where a browser asks for a code, for which app, with which scopes, and where it comes back to", async () => {
    const answer = await served().inject("/v1/sign-in");
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        object: "sign_in",
        available: true,
        authorization_endpoint: "https://huggingface.example/oauth/authorize",
        client_id: "the-app",
        scope: "openid profile inference-api",
        redirect_path: "/check",
      },
    ]);
  });

  test("says that nobody can, where no client id is set", async () => {
    const signIn = { ...fakeSignIn({ verdict: "off" }), invitation: async () => undefined };
    expect((await served({ signIn }).inject("/v1/sign-in")).json()).toEqual({
      object: "sign_in",
      available: false,
    });
    const refused = await exchange(BROUGHT, { signIn });
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ type: "urn:modeldex:problem:sign-in-off" });
  });
});

describe("POST /v1/sign-in/token", () => {
  test("hands the token to the page that brought the code, to be kept by nobody", async () => {
    const brought: BroughtBack[] = [];
    const signIn = fakeSignIn();
    const noting = {
      ...signIn,
      exchange: async (each: BroughtBack) => {
        brought.push(each);
        return signIn.exchange(each);
      },
    };
    const answer = await exchange(BROUGHT, { signIn: noting });
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        object: "signed_in",
        access_token: GOOD_TOKEN,
        scope: "openid profile inference-api",
        expires_at: new Date(NOW).toISOString().replace(".000", ""),
      },
    ]);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(brought).toEqual([
      { code: "a-code", codeVerifier: VERIFIER, redirectUri: "https://models.example/check" },
    ]);
  });

  test.each<[string, Exchanged, number, object, string | undefined]>([
    [
      "a code that is too old",
      { verdict: "refused", reason: "sign in again" },
      400,
      { type: "urn:modeldex:problem:sign-in-refused", detail: "sign in again" },
      undefined,
    ],
    [
      "a Hub that is busy",
      { verdict: "unknown", reason: "it is busy", retryAfterMs: 1_500 },
      502,
      { type: "urn:modeldex:problem:no-answer", detail: "it is busy" },
      "2",
    ],
  ])("%s is a problem of its own", async (_what, exchanged, status, problem, retryAfter) => {
    const answer = await exchange(BROUGHT, { signIn: fakeSignIn(exchanged) });
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([status, retryAfter]);
    expect(answer.json()).toMatchObject(problem);
  });

  test.each([
    ["no body", ""],
    ["no code", { ...BROUGHT, code: "" }],
    ["a code with a line break", { ...BROUGHT, code: "a\r\nb" }],
    ["a short verifier", { ...BROUGHT, code_verifier: "v".repeat(42) }],
    ["a long verifier", { ...BROUGHT, code_verifier: "v".repeat(129) }],
    ["a verifier with other signs", { ...BROUGHT, code_verifier: `${"v".repeat(42)}&` }],
    ["a secret", { ...BROUGHT, client_secret: "s3cret" }],
    ["no address", { ...BROUGHT, redirect_uri: "check" }],
    ["another page", { ...BROUGHT, redirect_uri: "https://models.example/about" }],
    ["another path to the page", { ...BROUGHT, redirect_uri: "https://models.example/x/../check" }],
    ["a page with a question", { ...BROUGHT, redirect_uri: "https://models.example/check?a=b" }],
    ["a page with a user", { ...BROUGHT, redirect_uri: "https://a:b@models.example/check" }],
    ["a script", { ...BROUGHT, redirect_uri: "javascript:alert(1)//check" }],
  ])("%s is refused, and nothing of it repeated", async (_what, payload) => {
    const answer = await exchange(payload, {}, { "content-type": "application/json" });
    expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
      400,
      "urn:modeldex:problem:bad-body",
    ]);
    expect(answer.body).not.toMatch(/vvvv|s3cret|alert|models\.example/);
  });

  test("a form, which a page of another site could send unasked, is no body", async () => {
    const answer = await exchange("code=a", {}, { "content-type": "application/x-www-form-urlencoded" });
    expect(answer.statusCode).toBe(415);
  });

  test("one client may ask ten times a minute, whatever the operator allows, and takes nothing from another", async () => {
    const server = served({ trustProxy: 1, adminKey: ADMIN_KEY });
    const ask = async (client: string) =>
      server.inject({
        method: "POST",
        url: "/v1/sign-in/token",
        payload: BROUGHT,
        headers: { "x-forwarded-for": client },
      });
    const statuses: number[] = [];
    for (let asked = 0; asked < 11; asked += 1) statuses.push((await ask("203.0.113.1")).statusCode);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await ask("203.0.113.1")).headers["retry-after"]).toBe("6");
    expect((await ask("203.0.113.2")).statusCode).toBe(200);
  });

  test("neither a code nor a token is in the log", async () => {
    const server = served({ log: "requests" });
    await server.inject({ method: "POST", url: "/v1/sign-in/token", payload: BROUGHT });
    await server.inject("/check?code=a-code&state=a-state");
    expect(server.lines).toHaveLength(2);
    expect([...server.lines, ...server.mistakes].join("\n")).not.toMatch(/a-code|a-state|vvvv|goodToken/);
  });
});
