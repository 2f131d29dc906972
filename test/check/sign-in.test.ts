/** The exchange of a code for a token, over real HTTP with a Hub that says whatever a test has it say. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSignIn, type SignIn } from "../../src/check/sign-in.ts";
import { httpTransport } from "../../src/kit/client.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { NOW, oauthToken } from "./asking.ts";

const BROUGHT = {
  code: "c0de&client_id=another",
  codeVerifier: "v".repeat(43),
  redirectUri: "https://models.example/check",
};
const TOKEN = oauthToken({ scope: "openid" });
const SECRETS = /c0de|vvvv|hf_oauth/;

interface Said {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: string;
}

let hub: Server;
let hubUrl: string;
let said: Said | undefined;
let asked: Asked[];
let passed: number;
let network: ReturnType<typeof httpTransport>;

beforeEach(async () => {
  said = {};
  asked = [];
  passed = 0;
  network = httpTransport({});
  hub = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method, url, headers } = incoming;
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (said === undefined) return;
      const body = typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? {});
      response.writeHead(said.status ?? 200, { "content-type": "application/json", ...said.headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    hub.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with one.
  hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
});

afterEach(async () => {
  hub.closeAllConnections();
  hub.close();
  await network.close();
});

function signIn(options: { readonly clientId?: string; readonly deadlineMs?: number } = {}): SignIn {
  return createSignIn({
    post: network.post,
    runtime: {
      ...systemRuntime,
      now: () => NOW,
      monotonic: () => passed,
      deadline: (ms) => systemRuntime.deadline(options.deadlineMs ?? ms),
    },
    clientId: "clientId" in options ? options.clientId : "the-app",
    hubUrl: `${hubUrl}/some/path`,
  });
}

describe("where a browser is sent", () => {
  test("is the Hub's own page, for the operator's app and the scopes that a check needs", async () => {
    expect(await signIn().invitation()).toEqual({
      authorizationEndpoint: `${hubUrl}/oauth/authorize`,
      clientId: "the-app",
      scope: "openid profile inference-api",
    });
    const real = createSignIn({
      post: network.post,
      runtime: systemRuntime,
      clientId: "the-app",
      hubUrl: undefined,
    });
    expect(await real.invitation()).toMatchObject({
      authorizationEndpoint: "https://huggingface.co/oauth/authorize",
    });
  });

  test("is nowhere without a client id, and then nothing is exchanged", async () => {
    const options: { readonly clientId?: string } = Object.fromEntries([["clientId", undefined]]);
    expect(await signIn(options).invitation()).toBeUndefined();
    expect(await signIn(options).exchange(BROUGHT)).toEqual({ verdict: "off" });
    expect(asked).toEqual([]);
  });
});

describe("an exchange", () => {
  test("is one form to the Hub's own address: the code, the verifier, the same redirect URI, and no secret", async () => {
    said = { body: { access_token: TOKEN, token_type: "Bearer", scope: "openid profile", expires_in: 60 } };
    expect(await signIn().exchange(BROUGHT)).toEqual({
      verdict: "signed-in",
      token: TOKEN,
      scope: "openid profile",
      expiresAt: NOW + 60_000,
    });
    expect(asked.map(({ method, url }) => [method, url])).toEqual([["POST", "/oauth/token"]]);
    expect(asked[0]?.headers).toMatchObject({ "content-type": "application/x-www-form-urlencoded" });
    expect(asked[0]?.headers).not.toHaveProperty("authorization");
    expect([...new URLSearchParams(asked[0]?.body)]).toEqual([
      ["grant_type", "authorization_code"],
      ["client_id", "the-app"],
      ["code", "c0de&client_id=another"],
      ["code_verifier", "v".repeat(43)],
      ["redirect_uri", "https://models.example/check"],
    ]);
  });

  test("that states no scope granted what was asked for, and one that states no life has none", async () => {
    said = { body: { access_token: TOKEN, token_type: "bearer", expires_in: "never" } };
    expect(await signIn().exchange(BROUGHT)).toEqual({
      verdict: "signed-in",
      token: TOKEN,
      scope: "openid profile inference-api",
    });
  });

  test("hands on no refresh token and no ID token", async () => {
    const others = { refresh_token: "hf_oauth__refresh_r3fresh", id_token: "1d.t0ken" };
    said = { body: { access_token: TOKEN, token_type: "bearer", ...others } };
    expect(JSON.stringify(await signIn().exchange(BROUGHT))).not.toMatch(/r3fresh|1d\.t0ken/);
  });

  test.each([
    ["invalid_grant", /sign in again/],
    ["invalid_client", /MODELDEX_HF_CLIENT_ID/],
    ["unauthorized_client", /MODELDEX_HF_CLIENT_ID/],
    ["invalid_scope", /scopes/],
    ["toString", /status 400/],
    [BROUGHT.code, /status 400/],
  ])("%s is a refusal in our own words", async (error, words) => {
    said = { status: 400, body: { error, error_description: `${BROUGHT.code} ${TOKEN}` } };
    const exchanged = await signIn().exchange(BROUGHT);
    expect(exchanged).toMatchObject({ verdict: "refused", reason: expect.stringMatching(words) });
    expect(JSON.stringify(exchanged)).not.toMatch(SECRETS);
  });

  test.each<[string, Said, object]>([
    ["a Hub in trouble", { status: 503, headers: { "retry-after": "7" } }, { retryAfterMs: 7_000 }],
    ["too many requests", { status: 429, headers: { "retry-after": "99999" } }, { retryAfterMs: 300_000 }],
    ["a page", { headers: { "content-type": "text/html" }, body: "<h1>sorry</h1>" }, {}],
    ["a page in place of a refusal", { status: 403, body: "<h1>sorry</h1>" }, {}],
    ["no token", { body: { token_type: "bearer" } }, {}],
    ["a token of another kind", { body: { access_token: TOKEN, token_type: "DPoP" } }, {}],
    ["a token that breaks out", { body: { access_token: "a\r\nb", token_type: "bearer" } }, {}],
    ["a refresh token", { body: { access_token: "hf_oauth__refresh_x", token_type: "bearer" } }, {}],
    ["too much", { body: { access_token: "a".repeat(100_000), token_type: "bearer" } }, {}],
    ["too deep", { body: `${"[".repeat(1_000)}${"]".repeat(1_000)}` }, {}],
  ])("%s is unknown, not a refusal", async (_what, says, more) => {
    said = says;
    const exchanged = await signIn().exchange(BROUGHT);
    expect(exchanged).toMatchObject({ verdict: "unknown", ...more });
    expect(JSON.stringify(exchanged)).not.toMatch(SECRETS);
  });

  test.each([301, 302, 303, 307, 308])(
    "a redirect (%i) is not followed: a code goes to one address",
    async (status) => {
      said = { status, headers: { location: `${hubUrl}/oauth/elsewhere` } };
      expect(await signIn().exchange(BROUGHT)).toMatchObject({ verdict: "unknown" });
      expect(asked).toHaveLength(1);
    },
  );

  test("that hangs ends, and is not repeated", async () => {
    said = undefined;
    expect(await signIn({ deadlineMs: 50 }).exchange(BROUGHT)).toMatchObject({
      verdict: "unknown",
      reason: "the Hub did not answer within 10 seconds",
    });
    expect(asked).toHaveLength(1);
  });

  test("that nobody answers is unknown", async () => {
    hub.close();
    expect(await signIn().exchange(BROUGHT)).toMatchObject({
      verdict: "unknown",
      reason: "the Hub cannot be reached (ECONNREFUSED)",
    });
  });

  test("is made a hundred times in five minutes at most, whoever asks", async () => {
    said = { status: 400, body: { error: "invalid_grant" } };
    const each = signIn();
    for (let made = 0; made < 100; made += 1) await each.exchange(BROUGHT);
    expect(await each.exchange(BROUGHT)).toMatchObject({ verdict: "unknown", retryAfterMs: 300_000 });
    expect(asked).toHaveLength(100);
    passed = 300_000;
    expect(await each.exchange(BROUGHT)).toMatchObject({ verdict: "refused" });
  });

  test("is one of sixteen at once at most", async () => {
    said = undefined;
    const each = signIn({ deadlineMs: 500 });
    const under = Array.from({ length: 16 }, () => each.exchange(BROUGHT));
    expect(await each.exchange(BROUGHT)).toMatchObject({ reason: expect.stringMatching(/at once/) });
    await Promise.all(under);
    expect(asked).toHaveLength(16);
  });
});
