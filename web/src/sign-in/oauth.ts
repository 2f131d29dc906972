/**
 * The browser's half of the authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636): it leaves with a state and the hash of a
 * verifier, and comes back with a code. State and verifier wait in the session's storage for the one return, and for no second.
 */

/** What the server says of where to ask. */
export interface Invitation {
  readonly authorization_endpoint: string;
  readonly client_id: string;
  readonly scope: string;
  readonly redirect_path: string;
}

/** A code of ours, or in plain words why there is none. */
export type Return =
  | { readonly code: string; readonly verifier: string; readonly redirectUri: string }
  | { readonly code?: undefined; readonly why: string };

/** What waits for the return. */
interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** The origin that was asked. */
  readonly issuer: string;
  /** What the page was asking before. */
  readonly search: string;
}

const KEY = "sign-in";
/** 256 bits: as many as RFC 7636 §7.1 recommends. */
const RANDOM_BYTES = 32;
/** What an answer of OAuth's or OpenID's is made of. */
const ANSWER = ["code", "state", "iss", "error", "error_description", "error_uri", "session_state", "scope"];

/** Only where the page came over https, or from this machine, has a browser what PKCE needs. */
export const canSignIn: boolean = globalThis.isSecureContext;

/** Leaves the page for the provider's. Throws where the browser keeps nothing for a page. */
export async function leave(invitation: Invitation, how?: "ask for consent again"): Promise<void> {
  const address = new URL(invitation.authorization_endpoint);
  const pending: Pending = {
    state: randomText(),
    verifier: randomText(),
    redirectUri: globalThis.location.origin + invitation.redirect_path,
    issuer: address.origin,
    search: globalThis.location.search,
  };
  const asked = {
    response_type: "code",
    client_id: invitation.client_id,
    redirect_uri: pending.redirectUri,
    scope: invitation.scope,
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
    ...(how === undefined ? {} : { prompt: "consent" }),
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  sessionStorage.setItem(KEY, JSON.stringify(pending));
  globalThis.location.assign(address);
}

/** What the address brought back, once: nothing of it stays in the address, in the history or in the storage. */
export function takeReturn(): Return | undefined {
  const { pathname, search } = globalThis.location;
  const answer = new URLSearchParams(search);
  if (!answer.has("code") && !answer.has("error")) return undefined;
  const pending = takePending();
  const isOurs = pending !== undefined && answer.get("state") === pending.state;
  for (const name of ANSWER) answer.delete(name);
  const before = isOurs ? pending.search : `?${String(answer)}`;
  history.replaceState(history.state, "", before.length > 1 ? pathname + before : pathname);
  return isOurs ? returned(new URLSearchParams(search), pending) : { why: NOT_OURS };
}

function returned(answer: URLSearchParams, { verifier, redirectUri, issuer }: Pending): Return {
  // RFC 9207: an answer that names who gives it is nobody else's.
  const named = answer.get("iss");
  if (named !== null && URL.parse(named)?.origin !== issuer) return { why: NOT_OURS };
  const error = answer.get("error");
  const code = answer.get("code");
  if (error !== null || code === null) return { why: whyOf(error ?? "") };
  return { code, verifier, redirectUri };
}

function takePending(): Pending | undefined {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    // Nobody but this file writes there.
    return kept === null ? undefined : (JSON.parse(kept) as Pending);
  } catch {
    // Storage is refused: nothing was begun here.
    return undefined;
  }
}

const NOT_OURS =
  "What came back belongs to no sign-in that was begun in this tab, so nothing of it was used. If it was you, sign in again.";

/** RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6, in plain words. What the provider writes beside is not shown: anybody can write an address. */
const ERRORS: { readonly [error: string]: string } = {
  access_denied: "You did not allow it, so nobody was signed in.",
  invalid_scope:
    "Hugging Face does not let this server's app ask for the permission to call Inference Providers. Whoever runs this server adds inference-api to the app's scopes.",
  unauthorized_client:
    "Hugging Face does not let this server's app sign anybody in: whoever runs it looks at the app.",
  server_error: "Hugging Face has trouble just now. Nobody was signed in; try again in a moment.",
  temporarily_unavailable: "Hugging Face is busy just now. Nobody was signed in; try again in a moment.",
};

function whyOf(error: string): string {
  if (Object.hasOwn(ERRORS, error)) return ERRORS[error] ?? "";
  const word = /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : "";
  return `Hugging Face refuses the sign-in${word}. Nobody was signed in.`;
}

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));
}

async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(hash));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
