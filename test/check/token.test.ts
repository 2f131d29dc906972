/** Whether a token is good, and what it may do: every shape of whoami, and every way in which nobody can say. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractOAuthToken } from "../../src/check/oauth-token.ts";
import type { HubAnswerGiven } from "../simulator/hub-check.ts";
import { NOW, oauthToken, placeAt, startAsking, type Asking } from "./asking.ts";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
});
afterEach(() => asking.end());

const TOKEN = "hf_aTokenForTheTestsOfThisFile00000";
const INFERENCE = "inference.serverless.write";

function user(auth: object, rest: object = {}): object {
  return { type: "user", id: "0", name: "sam", orgs: [], auth, ...rest };
}

function fineGrained(grants: object): object {
  return user({
    type: "access_token",
    accessToken: { displayName: "n", role: "fineGrained", fineGrained: grants },
  });
}

function scopedTo(type: string, permissions: readonly string[], name?: string): object {
  return fineGrained({
    scoped: [{ entity: { _id: "0", type, ...(name === undefined ? {} : { name }) }, permissions }],
  });
}

describe("what whoami says of a good token", () => {
  test.each([
    [
      "a read token",
      user({ type: "access_token", accessToken: { role: "read" } }),
      "read",
      "yes",
      /read token may/,
    ],
    [
      "a write token",
      user({ type: "access_token", accessToken: { role: "write" } }),
      "write",
      "yes",
      /write token may/,
    ],
    [
      "the permission everywhere",
      fineGrained({ global: [INFERENCE], scoped: [] }),
      "fine-grained",
      "yes",
      /everything/,
    ],
    ["the permission for a user", scopedTo("user", [INFERENCE], "sam"), "fine-grained", "yes", /on user sam/],
    [
      "the permission for an organisation",
      scopedTo("org", [INFERENCE], "acme"),
      "fine-grained",
      "yes",
      /on org acme/,
    ],
    [
      "the permission on a model alone",
      scopedTo("model", [INFERENCE], "sam/m"),
      "fine-grained",
      "no",
      /no account/,
    ],
    ["another permission", scopedTo("user", ["repo.content.read"]), "fine-grained", "no", /no account/],
    ["no permission, its fields left out", fineGrained({}), "fine-grained", "no", /no account/],
    [
      "a resource group without a name",
      scopedTo("resource-group", ["repo.content.read"]),
      "fine-grained",
      "no",
      /no account/,
    ],
    [
      "an OAuth token, nothing known of its scopes",
      user({ type: "oauth" }),
      "oauth",
      "unknown",
      /state the scope/,
    ],
    [
      "an OAuth token under the old word",
      { name: "sam", auth: { type: "app_token_as_user" } },
      "oauth",
      "unknown",
      /state/,
    ],
    [
      "an app",
      { type: "app", name: "an-app", scope: { role: "x" }, auth: { type: "app_token" } },
      "app",
      "unknown",
      /nothing/,
    ],
    ["a kind that is no word yet", user({ type: "passkey" }), "other", "unknown", /nothing/],
    ["no account of the credential at all", { type: "org", name: "acme" }, "other", "unknown", /nothing/],
    [
      "a role that is no word yet",
      user({ type: "access_token", accessToken: { role: "admin" } }),
      "other",
      "unknown",
      /nothing/,
    ],
  ])("%s", async (_what, whoami, kind, may, evidence) => {
    asking.hub.tokens.set(TOKEN, whoami);
    const check = await asking.checks.validateToken(TOKEN);
    expect(check).toMatchObject({ verdict: "valid", kind, mayCallInferenceProviders: { verdict: may } });
    expect(check.verdict === "valid" && check.mayCallInferenceProviders.evidence).toMatch(evidence);
  });

  test("user, organisations, expiry and permissions are told; the address for mail is not", async () => {
    asking.hub.tokens.set(
      TOKEN,
      user(
        { type: "oauth", expiresAt: "2027-01-01T00:00:00.000Z" },
        {
          fullname: "Sam",
          email: "sam@example.com",
          isPro: true,
          canPay: null,
          orgs: [
            {
              name: "acme",
              fullname: "Acme",
              plan: "team",
              roleInOrg: "admin",
              securityRestrictions: ["sso"],
            },
            { id: "an organisation without a name" },
          ],
        },
      ),
    );
    const check = await asking.checks.validateToken(TOKEN);
    expect(check).toMatchObject({
      account: { type: "user", name: "sam", fullName: "Sam", isPro: true },
      organisations: [{ name: "acme", fullName: "Acme", plan: "team", role: "admin", restrictions: ["sso"] }],
      expiresAt: Date.UTC(2027, 0, 1),
      checkedAt: NOW,
    });
    expect(JSON.stringify(check)).not.toContain("example.com");
  });

  test("a fine-grained token's permissions are its scopes", async () => {
    asking.hub.tokens.set(
      TOKEN,
      fineGrained({
        global: ["discussion.write"],
        scoped: [{ entity: { type: "user" }, permissions: [INFERENCE] }],
      }),
    );
    expect(await asking.checks.validateToken(TOKEN)).toMatchObject({
      scopes: { words: ["discussion.write", INFERENCE], from: "whoami" },
    });
  });
});

test.each(["hf_", "hf_oauth_", "hf_jwt_", "api_org_", ""])(
  "what a token begins with decides nothing, whoami does: %j",
  async (prefix) => {
    const [good, bad] = [`${prefix}good000000000000000000`, `${prefix}bad0000000000000000000`];
    asking.hub.tokens.set(good, user({ type: "access_token", accessToken: { role: "read" } }));
    expect(await asking.checks.validateToken(good)).toMatchObject({ verdict: "valid", kind: "read" });
    expect(await asking.checks.validateToken(bad)).toMatchObject({ verdict: "invalid" });
  },
);

test.each(["dataset", "space", "bucket", "kernel", "collection", "resource-group", "oauth-app"])(
  "the permission on a %s alone calls nothing",
  async (entity) => {
    asking.hub.tokens.set(TOKEN, scopedTo(entity, [INFERENCE], "sam/it"));
    const check = await asking.checks.validateToken(TOKEN);
    expect(check).toMatchObject({ mayCallInferenceProviders: { verdict: "no" } });
  },
);

describe("the scopes of an OAuth token", () => {
  test.each([
    ["a text", { scope: "openid inference-api" }, undefined, "yes", "the token's own claims"],
    ["a list", { scope: ["openid", "inference-api"] }, undefined, "yes", "the token's own claims"],
    ["without the scope", { scope: "openid profile" }, undefined, "no", "the token's own claims"],
    [
      "its claims, against the caller's word",
      { scope: "openid" },
      "inference-api",
      "no",
      "the token's own claims",
    ],
    [
      "no claim of scopes, and the caller's word",
      { sub: "0" },
      "openid inference-api",
      "yes",
      "the caller's word",
    ],
    ["no claim of scopes, and another word", { sub: "0" }, "openid", "no", "the caller's word"],
  ])("%s", async (_what, claims, scope, may, from) => {
    const token = oauthToken(claims);
    asking.hub.tokens.set(token, user({ type: "oauth" }));
    const check = await asking.checks.validateToken(token, { scope });
    expect(check).toMatchObject({ mayCallInferenceProviders: { verdict: may }, scopes: { from } });
  });

  test("claims of a token that the Hub refuses are not read", async () => {
    const check = await asking.checks.validateToken(oauthToken({ scope: "inference-api" }));
    expect(check).toEqual({ verdict: "invalid", reason: expect.stringContaining("refuses"), checkedAt: NOW });
  });

  test.each([
    "hf_oauth_a.b.c",
    `hf_oauth_a.${"A".repeat(8_000)}.c`,
    "hf_oauth_a.b",
    "hf_oauth_a.bnVsbA.c.d",
    "hf_oauth_a.bnVsbA.c",
  ])("claims that cannot be read say nothing: %.30s", async (token) => {
    asking.hub.tokens.set(token, user({ type: "oauth" }));
    const check = await asking.checks.validateToken(token);
    expect(check).toMatchObject({ verdict: "valid", mayCallInferenceProviders: { verdict: "unknown" } });
  });

  test("the object of Gradio brings its scope along", async () => {
    asking.hub.tokens.set(TOKEN, user({ type: "oauth" }));
    const check = await asking.checks.validateToken({
      token: TOKEN,
      scope: "openid inference-api",
      expires_at: 1,
    });
    expect(check).toMatchObject({ mayCallInferenceProviders: { verdict: "yes" } });
  });

  test("the caller's word changes nothing for others, and costs no further request", async () => {
    asking.hub.tokens.set(TOKEN, user({ type: "oauth" }));
    const may = async (scope?: string) => {
      const check = await asking.checks.validateToken(TOKEN, { scope });
      return check.verdict === "valid" ? check.mayCallInferenceProviders.verdict : check.verdict;
    };
    expect([await may("inference-api"), await may(), await may("openid")]).toEqual(["yes", "unknown", "no"]);
    expect(asking.hub.requests).toHaveLength(1);
  });
});

describe("an outage is not a verdict", () => {
  const OUTAGES: readonly (readonly [string, HubAnswerGiven, RegExp, number?])[] = [
    [
      "429 with an empty quota",
      { status: 429, headers: { ratelimit: '"api";r=0;t=55' }, body: "We had to rate limit you" },
      /429/,
      56_000,
    ],
    ["429 that says when", { status: 429, headers: { "retry-after": "30" }, body: "" }, /429/, 30_000],
    ["429 with quota left", { status: 429, headers: { ratelimit: '"api";r=99;t=55' }, body: {} }, /429/],
    ["429 as a page", { status: 429, headers: { "content-type": "text/html" }, body: "<h1>429</h1>" }, /429/],
    ["408", { status: 408, body: {} }, /408/],
    ["500", { status: 500, body: { error: "internal" } }, /500/],
    ["502 as a page", { status: 502, headers: { "content-type": "text/html" }, body: "<html>" }, /502/],
    ["503", { status: 503, body: "" }, /503/],
    ["504", { status: 504, body: "" }, /504/],
    ["a cut connection", { status: 200, cut: true }, /cannot be reached/],
    ["403 by a policy", { status: 403, body: { error: "token policy" } }, /403/],
    ["404", { status: 404, body: {} }, /404/],
    [
      "a page with 200",
      { status: 200, headers: { "content-type": "text/html" }, body: "<html>sign in</html>" },
      /html/,
    ],
    ["an error with 200", { status: 200, body: { error: "try later" } }, /does not say/],
    ["an empty object", { status: 200, body: {} }, /does not say/],
    ["no JSON", { status: 200, body: "{" }, /not-json/],
    ["a redirect", { status: 302, headers: { location: "/login" } }, /not its own/],
  ];
  test.each(OUTAGES.map(([what, given, reason, ms]) => [what, given, reason, ms] as const))(
    "%s",
    async (_what, given, reason, retryAfterMs) => {
      asking.hub.tokens.set(TOKEN, user({ type: "oauth" }));
      asking.hub.answer("/api/whoami-v2", given);
      const check = await asking.checks.validateToken(TOKEN);
      expect(check).toEqual({
        verdict: "unknown",
        reason: expect.stringMatching(reason),
        checkedAt: NOW,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
      // And it is over when it is over.
      asking.hub.answer("/api/whoami-v2", undefined);
      asking.advance(60_000);
      expect((await asking.checks.validateToken(TOKEN)).verdict).toBe("valid");
    },
  );

  test("nobody at the other end", async () => {
    const alone = asking.another({ place: placeAt("http://127.0.0.1:9") });
    expect(await alone.validateToken(TOKEN)).toMatchObject({ verdict: "unknown", reason: /ECONNREFUSED/ });
  });

  test("no answer within the deadline", async () => {
    asking.hub.hold();
    const hurried = asking.another({
      runtime: { ...fixedRuntime(), deadline: () => AbortSignal.timeout(30) },
    });
    expect(await hurried.validateToken(TOKEN)).toMatchObject({
      verdict: "unknown",
      reason: /within 10 seconds/,
    });
  });

  test("401 alone is a verdict", async () => {
    expect(await asking.checks.validateToken(TOKEN)).toMatchObject({ verdict: "invalid" });
  });
});

describe("whose token goes where", () => {
  test("no token goes to another address unless the operator allows it", async () => {
    const kept = asking.another({ place: placeAt(asking.hub.url, { sourceCredentials: new Set() }) });
    expect(await kept.validateToken(TOKEN)).toMatchObject({
      verdict: "unknown",
      reason: /MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE/,
    });
    expect(asking.hub.requests).toEqual([]);
  });

  test("two tokens that share their first 100 characters never share a verdict", async () => {
    const shared = `hf_oauth_${"x".repeat(100)}`;
    asking.hub.tokens.set(`${shared}one`, user({ type: "oauth" }, { name: "one" }));
    asking.hub.tokens.set(`${shared}two`, user({ type: "oauth" }, { name: "two" }));
    const tokens = [`${shared}one`, `${shared}two`, `${shared}three`, shared];
    const ask = () => Promise.all(tokens.map((token) => asking.checks.validateToken(token)));
    for (const checks of [await ask(), await ask()]) {
      expect(checks.map((check) => (check.verdict === "valid" ? check.account.name : check.verdict))).toEqual(
        ["one", "two", "invalid", "invalid"],
      );
    }
    expect(asking.hub.requests).toHaveLength(4);
  });

  test("a verdict is told again for a minute, and not beyond the token's own end", async () => {
    asking.hub.tokens.set(TOKEN, user({ type: "oauth", expiresAt: new Date(NOW + 20_000).toISOString() }));
    await asking.checks.validateToken(TOKEN);
    asking.advance(19_000);
    await asking.checks.validateToken(TOKEN);
    expect(asking.hub.requests).toHaveLength(1);
    asking.hub.tokens.delete(TOKEN);
    asking.advance(2_000);
    expect(await asking.checks.validateToken(TOKEN)).toMatchObject({ verdict: "invalid" });
  });
});

describe("the token in whatever a caller has", () => {
  test.each([
    ["a text", TOKEN, { token: TOKEN }],
    ["a text with space around", ` ${TOKEN}\n`, { token: TOKEN }],
    ["an object with a token", { token: TOKEN }, { token: TOKEN }],
    [
      "Gradio's object",
      { token: TOKEN, scope: "a b", expires_at: 5 },
      { token: TOKEN, scope: "a b", expiresAt: 5_000 },
    ],
    ["nothing", undefined, { reason: "there is no token: nobody is signed in" }],
    ["null", null, { reason: "there is no token: nobody is signed in" }],
    ["a number", 7, { reason: "a number is no token" }],
    ["a function", () => TOKEN, { reason: "a function is no token" }],
    ["a list", [TOKEN], { reason: "the object has no text called token" }],
    ["an object without", { access: TOKEN }, { reason: "the object has no text called token" }],
    [
      "an object in an object",
      { token: { token: TOKEN } },
      { reason: "the object has no text called token" },
    ],
    [
      "a getter that throws",
      {
        get token() {
          throw new Error("no");
        },
      },
      { reason: "the object has no text called token" },
    ],
    ["an empty text", "  ", { reason: "the token is empty" }],
    [
      "a text that would end the header",
      `${TOKEN}\r\nx-evil: 1`,
      { reason: "it holds a character that no token has" },
    ],
    ["a text that no header holds", "hf_ключ", { reason: "it holds a character that no token has" }],
    ["a book", "x".repeat(8_193), { reason: "no token has more than 8192 characters" }],
    ["a refresh token", "hf_oauth__refresh_abc", { reason: expect.stringContaining("refresh token") }],
  ])("%s", (_what, given, extracted) => {
    expect(extractOAuthToken(given)).toEqual(extracted);
  });

  test("what is no token is invalid, and nobody is asked", async () => {
    expect(await asking.checks.validateToken({ nothing: "here" })).toMatchObject({ verdict: "invalid" });
    expect(await asking.checks.validateToken("a\nb")).toMatchObject({ verdict: "invalid" });
    expect(asking.hub.requests).toEqual([]);
  });
});

function fixedRuntime() {
  return {
    now: () => NOW,
    monotonic: () => 0,
    random: () => 0,
    sleep: () => Promise.resolve(),
  };
}
