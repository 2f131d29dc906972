/** Whether a token is good: valid, invalid, or unknown where nobody could say. An outage is not a verdict. */
import type { Runtime } from "../kit/runtime.ts";
import { createFlights, type Flights, type Made } from "./flights.ts";
import type { Hub } from "./hub.ts";
import { extractOAuthToken } from "./oauth-token.ts";
import { permissionOf, scopesOf, type Permission, type Scopes } from "./permission.ts";
import { readIdentity, type Identity } from "./whoami.ts";

export type TokenCheck = { readonly checkedAt: number } & (
  | (Identity & {
      readonly verdict: "valid";
      readonly mayCallInferenceProviders: Permission;
      readonly scopes?: Scopes;
    })
  | {
      readonly verdict: "invalid" | "unknown";
      readonly reason: string;
      /** After how long it is worth asking again. */
      readonly retryAfterMs?: number;
    }
);

export interface TokenOptions {
  /** The scope that the token was granted, words with spaces between them, where the caller knows it. */
  readonly scope?: string | undefined;
  /** Ends the waiting of this caller. */
  readonly signal?: AbortSignal | undefined;
}

export interface TokenChecks {
  /** `given`: a text, or an object with `token`. */
  validate(given: unknown, options?: TokenOptions): Promise<TokenCheck>;
}

/** What the Hub said of a token. It does not hold the token. */
type Whoami = { readonly at: number } & (
  | { readonly verdict: "valid"; readonly identity: Identity }
  | { readonly verdict: "invalid" }
  | { readonly verdict: "unknown"; readonly reason: string; readonly retryAfterMs?: number }
);

const VERDICT_MS = 60_000;
/** Long enough that a crowd asks once, short enough that an outage is over soon. */
const UNKNOWN_MS = 5_000;
const VERDICTS_MAX = 10_000;

/** `keyOf` makes a key of a whole token that says nothing of it. */
export function createTokenChecks(hub: Hub, runtime: Runtime, keyOf: (token: string) => string): TokenChecks {
  const verdicts: Flights<Whoami> = createFlights(runtime, VERDICTS_MAX);

  return {
    validate: async (given, { scope, signal } = {}) => {
      const extracted = extractOAuthToken(given);
      if (extracted.token === undefined)
        return { verdict: "invalid", reason: extracted.reason, checkedAt: runtime.now() };
      const { token } = extracted;
      const said = await verdicts.get(keyOf(token), () => whoami(token), signal);
      const { at: checkedAt } = said;
      if (said.verdict === "unknown") {
        const { verdict, reason, retryAfterMs } = said;
        return { verdict, reason, checkedAt, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
      }
      if (said.verdict === "invalid")
        return {
          verdict: "invalid",
          reason: "the Hub refuses it: it is wrong, revoked or expired",
          checkedAt,
        };
      const { identity } = said;
      const scopes = scopesOf(identity, token, scope ?? extracted.scope);
      return {
        ...identity,
        verdict: "valid",
        mayCallInferenceProviders: permissionOf(identity, scopes),
        checkedAt,
        ...(scopes === undefined ? {} : { scopes }),
      };
    },
  };

  async function whoami(token: string): Promise<Made<Whoami>> {
    const answer = await hub.ask({ path: ["whoami-v2"], token });
    const at = runtime.now();
    if (answer.status === undefined) {
      const { why, retryAfterMs } = answer;
      const value = {
        at,
        verdict: "unknown",
        reason: why,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      } as const;
      return { value, keepMs: Math.max(UNKNOWN_MS, Math.min(retryAfterMs ?? 0, VERDICT_MS)) };
    }
    if (answer.status === 401) return { value: { at, verdict: "invalid" }, keepMs: VERDICT_MS };
    const identity = answer.status === 200 ? readIdentity(answer.body) : undefined;
    if (identity === undefined) {
      const reason = `the Hub's answer (status ${answer.status}) does not say who the token is`;
      return { value: { at, verdict: "unknown", reason }, keepMs: UNKNOWN_MS };
    }
    const { expiresAt } = identity;
    const lives = expiresAt === undefined ? VERDICT_MS : Math.max(0, expiresAt - at);
    return { value: { at, verdict: "valid", identity }, keepMs: Math.min(VERDICT_MS, lives) };
  }
}
