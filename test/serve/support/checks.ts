/** Checks that ask nobody: the same answers each time, and what was asked is remembered. */
import type { Checks } from "../../../src/check/checks.ts";
import type { Exchanged, SignIn } from "../../../src/check/sign-in.ts";
import { NOW } from "./catalog.ts";

export const GOOD_TOKEN = "hf_goodTokenForTheTestsOfTheDoors";

export function fakeChecks(): Checks {
  const served = [{ provider: "groq", status: "live", providerId: "its-own-id", task: "conversational" }];
  const models = { models: [{ id: "lab/chat", providers: served }], at: NOW - 7_200_000 };
  return {
    discoverProviders: async () => ({
      from: ["mappings", "enumeration"],
      at: NOW - 7_200_000,
      trouble: [],
      providers: [
        { id: "groq", name: "Groq", live: 12, staging: 1, error: 0, tasks: ["conversational"] },
        { id: "newcomer", tasks: [] },
      ],
    }),
    getAvailableModels: async () => ({ ...models, from: "hub", isAll: true }),
    getModelsForProvider: async (_provider, { token, limit } = {}) => ({
      ...models,
      ...(token === undefined ? { from: "catalog", total: 3 } : { from: "hub" }),
      isAll: limit !== 1,
    }),
    validateToken: async (token) =>
      token === GOOD_TOKEN
        ? {
            verdict: "valid",
            kind: "oauth",
            account: { type: "user", name: "sam" },
            organisations: [{ name: "acme" }],
            expiresAt: NOW,
            scopes: { words: ["inference-api"], from: "the caller's word" },
            mayCallInferenceProviders: { verdict: "yes", evidence: "inference-api is among its scopes" },
            checkedAt: NOW,
          }
        : { verdict: "invalid", reason: "the Hub refuses it", checkedAt: NOW },
    validateModelProvider: async (model, provider, { mode = "strict", task, token } = {}) => ({
      verdict: provider === "groq" ? "live" : provider === "nobody" ? "unreachable" : "not_served",
      reason: "as the test has it",
      servedBy: ["groq"],
      mapping: [{ provider: "groq", status: "live", task: "conversational", providerId: "its-own-id" }],
      model,
      provider,
      mode,
      at: NOW,
      seenAs: token === undefined ? "everybody" : "the caller",
      ...(task === undefined ? {} : { task }),
      ...(provider === "nobody" ? {} : { passes: provider === "groq" }),
    }),
  };
}

/** A Hub that gives everybody the same token, or what a test has it say. */
export function fakeSignIn(
  exchanged: Exchanged = {
    verdict: "signed-in",
    token: GOOD_TOKEN,
    scope: "openid profile inference-api",
    expiresAt: NOW,
  },
): SignIn {
  return {
    invitation: async () => ({
      authorizationEndpoint: "https://huggingface.example/oauth/authorize",
      clientId: "the-app",
      scope: "openid profile inference-api",
    }),
    exchange: async () => exchanged,
  };
}
