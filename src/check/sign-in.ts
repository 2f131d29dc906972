/** Sign in with Hugging Face: where a browser is sent, and the exchange of the code that it brings back (RFC 6749 §4.1, RFC 7636). */
import * as z from "zod";
import { WorldError } from "../domain/errors.ts";
import { ACCEPT_ENCODING, cancel, readBody } from "../kit/body.ts";
import { USER_AGENT } from "../kit/client.ts";
import { LIMITS } from "../kit/limits.ts";
import { parsePage } from "../kit/parse.ts";
import { retryAfterMs } from "../kit/rate-headers.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Post, WireAnswer } from "../kit/transport.ts";
import { createBudget } from "./budget.ts";
import { DEADLINE_MS, HUB_URL, SILENCE_MAX_MS, whyOf } from "./hub.ts";
import { extractOAuthToken } from "./oauth-token.ts";

/** Who it is, and calls to Inference Providers: huggingface.co/docs/hub/oauth lists the scopes. */
const SCOPE = "openid profile inference-api";

/** Where a browser goes to ask for a code. */
export interface Invitation {
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  /** Words with spaces between them. */
  readonly scope: string;
}

/** What a browser brings back, and what it alone knows. */
export interface BroughtBack {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

export type Exchanged =
  | {
      readonly verdict: "signed-in";
      readonly token: string;
      /** What was granted: as asked for where the answer does not say (RFC 6749 §5.1). */
      readonly scope: string;
      /** Milliseconds since 1970. */
      readonly expiresAt?: number;
    }
  /** The code is worth nothing, or the app is not set up for this. */
  | { readonly verdict: "refused"; readonly reason: string }
  /** Nobody could say. */
  | { readonly verdict: "unknown"; readonly reason: string; readonly retryAfterMs?: number }
  /** Nobody can sign in here. */
  | { readonly verdict: "off" };

export interface SignIn {
  /** Nothing where the operator set no client id. */
  invitation(): Promise<Invitation | undefined>;
  /** Never rejects for what the world does. A code is worth one exchange: nothing is repeated. */
  exchange(brought: BroughtBack): Promise<Exchanged>;
}

export interface SignInOptions {
  readonly post: Post;
  readonly runtime: Runtime;
  readonly clientId: string | undefined;
  /** The Hub's address where it is another one; its origin counts. */
  readonly hubUrl: string | undefined;
}

const EXCHANGES_MAX = 100;
const WINDOW_MS = 300_000;
/** At once. */
const EXCHANGES_OPEN_MAX = 16;
/** Hugging Face's tokens live a month at most. */
const LIFE_MAX_SECONDS = 366 * 86_400;
const ANSWER_LIMITS = { ...LIMITS, bodyBytesMax: 64 * 1024 };

export function createSignIn({ post, runtime, clientId, hubUrl }: SignInOptions): SignIn {
  const { origin } = new URL(hubUrl ?? HUB_URL);
  const budget = createBudget(runtime, EXCHANGES_MAX, WINDOW_MS);
  let open = 0;

  return {
    invitation: async () =>
      clientId === undefined
        ? undefined
        : { authorizationEndpoint: `${origin}/oauth/authorize`, clientId, scope: SCOPE },
    exchange: async (brought) => {
      if (clientId === undefined) return { verdict: "off" };
      if (open >= EXCHANGES_OPEN_MAX)
        return { verdict: "unknown", reason: "too many people sign in at once; try again in a moment" };
      const waitMs = budget.take();
      if (waitMs > 0)
        return { verdict: "unknown", reason: "too many people signed in just now", retryAfterMs: waitMs };
      open += 1;
      try {
        return await exchanged(formOf(brought, clientId), runtime.deadline(DEADLINE_MS));
      } catch (error) {
        return { verdict: "unknown", reason: whyOf(error) };
      } finally {
        open -= 1;
      }
    },
  };

  async function exchanged(body: string, signal: AbortSignal): Promise<Exchanged> {
    const answer = await post({
      url: new URL(`${origin}/oauth/token`),
      headers: {
        accept: "application/json",
        "accept-encoding": ACCEPT_ENCODING,
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": USER_AGENT,
      },
      body,
      signal,
    });
    const { status, headers } = answer;
    if (status === 429 || status === 408 || status >= 500) return troubled(answer, runtime.now());
    if (status >= 300 && status < 400) {
      await cancel(answer);
      throw new WorldError("redirect-refused", "a code goes to one address");
    }
    const bytes = await readBody(answer, ANSWER_LIMITS, signal);
    const said = parsePage(bytes, headers["content-type"], ANSWER_LIMITS);
    return status === 200 ? signedIn(said, runtime.now()) : refused(status, said);
  }
}

function formOf({ code, codeVerifier, redirectUri }: BroughtBack, clientId: string): string {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri,
  });
  return form.toString();
}

async function troubled(answer: WireAnswer, now: number): Promise<Exchanged> {
  await cancel(answer);
  const told = retryAfterMs(answer.headers["retry-after"], now);
  return {
    verdict: "unknown",
    reason: `the Hub has trouble (status ${answer.status})`,
    ...(told === undefined ? {} : { retryAfterMs: Math.min(told, SILENCE_MAX_MS) }),
  };
}

const TokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.string().regex(/^bearer$/i),
  scope: z.string().nullish(),
  /** Seconds. */
  expires_in: z.number().positive().max(LIFE_MAX_SECONDS).nullish().catch(undefined),
});

/** A refresh token and an ID token may stand beside it: nobody here needs them, and they go no further. */
function signedIn(body: unknown, now: number): Exchanged {
  const { data } = TokenAnswer.safeParse(body);
  const { token } = extractOAuthToken(data?.access_token);
  if (data === undefined || token === undefined)
    return { verdict: "unknown", reason: "the Hub's answer holds no token that can be used" };
  const { scope, expires_in: lives } = data;
  return {
    verdict: "signed-in",
    token,
    scope: scope ?? SCOPE,
    ...(lives === undefined || lives === null ? {} : { expiresAt: now + lives * 1_000 }),
  };
}

/** RFC 6749 §5.2, in our own words: an upstream's could repeat what was sent. */
const REFUSALS: { readonly [error: string]: string } = {
  invalid_grant: "the code was used before, is too old, or belongs to another sign-in: sign in again",
  invalid_client:
    "the Hub does not know this server's client id, or asks a secret of it: the operator looks at MODELDEX_HF_CLIENT_ID",
  unauthorized_client:
    "the app at the Hub may not sign people in this way: the operator looks at MODELDEX_HF_CLIENT_ID",
  invalid_scope: "the app at the Hub may not ask for these scopes: the operator adds them to it",
};
const Refusal = z.object({ error: z.string() });

function refused(status: number, body: unknown): Exchanged {
  const error = Refusal.safeParse(body).data?.error ?? "";
  const known = Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined;
  return { verdict: "refused", reason: known ?? `the Hub refuses the exchange (status ${status})` };
}
