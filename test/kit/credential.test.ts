import { describe, expect, test } from "vitest";
import { awsSigV4, bearer, credentialNames, credentialOf } from "../../src/kit/auth.ts";
import { createClient } from "../../src/kit/client.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { placeOf, type Addresses } from "../../src/kit/place.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { WireRequest } from "../../src/kit/transport.ts";
import { bedrock } from "../../src/sources/bedrock.ts";

const AUTH = awsSigV4("bedrock", bearer("AWS_BEARER_TOKEN_BEDROCK"));
const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const NOW = Date.UTC(2026, 8, 1);

describe("a source that takes a bearer token or a signature", () => {
  test("takes the token where it is set", () => {
    expect(credentialOf(AUTH, setting({ ...KEYS, AWS_BEARER_TOKEN_BEDROCK: "token" }))).toBe("token");
  });

  test("signs with AWS's keys where it is not, and needs both of them", () => {
    expect(credentialOf(AUTH, setting(KEYS))).toBeTypeOf("function");
    expect(credentialOf(AUTH, setting({ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE" }))).toBeUndefined();
    expect(credentialOf(AUTH, setting({}))).toBeUndefined();
  });

  test("names both ways where nothing is set", () => {
    expect(credentialNames(AUTH)).toBe(
      "AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY,",
    );
    expect(credentialNames(bearer("A", "B"))).toBe("A or B");
  });
});

describe("a signature", () => {
  test("is made for the region that is asked, and anew for each request", async () => {
    const [first, second] = await asked({}, ["/foundation-models", "/foundation-models?page=2"]);
    expect(first?.url.href).toBe("https://bedrock.eu-west-1.amazonaws.com/foundation-models");
    expect(first?.headers["authorization"]).toContain("/20260901/eu-west-1/bedrock/aws4_request,");
    expect(second?.headers["authorization"]).not.toBe(first?.headers["authorization"]);
  });

  test.each([
    ["a mirror", { mirror: "http://127.0.0.1:9", mirrorCredentials: true }],
    [
      "another address",
      {
        sourceUrls: new Map([["bedrock", "http://127.0.0.1:9"]]),
        sourceCredentials: new Set(["bedrock"]),
      },
    ],
  ])("is made for the upstream's own origin only, never for %s", async (_where, elsewhere) => {
    const [request] = await asked(elsewhere, ["/foundation-models"]);
    expect(request?.url.host).toBe("127.0.0.1:9");
    expect(request?.headers["authorization"]).toBeUndefined();
    expect(JSON.stringify(request?.headers)).not.toContain("AKIDEXAMPLE");
  });
});

function setting(values: { readonly [name: string]: string }) {
  return (names: readonly string[]) => names.map((name) => values[name]).find((value) => value !== undefined);
}

/** What is sent for these paths, with AWS's keys set and Europe chosen. */
async function asked(
  elsewhere: Partial<Addresses>,
  paths: readonly string[],
): Promise<readonly WireRequest[]> {
  const source = { ...bedrock, baseUrl: "https://bedrock.eu-west-1.amazonaws.com" };
  const place = placeOf(source, {
    sourceUrls: new Map(),
    sourceCredentials: new Set(),
    mirrorCredentials: false,
    ...elsewhere,
  });
  const requests: WireRequest[] = [];
  const credential = credentialOf(source.auth, setting(KEYS));
  const client = createClient(source, {
    transport: (request) => {
      requests.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: nothing() });
    },
    runtime: { ...systemRuntime, now: () => NOW },
    limits: LIMITS,
    place,
    quotaShare: 1,
    signal: new AbortController().signal,
    onWait: () => undefined,
    ...(credential === undefined ? {} : { credential }),
  });
  for (const path of paths) await client.page(place.viewUrl(path));
  return requests;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
