/** Whether a token that proved good may call Inference Providers, and how we know. */
import type { Identity } from "./whoami.ts";

export interface Permission {
  readonly verdict: "yes" | "no" | "unknown";
  readonly evidence: string;
}

/** What a token may do, as far as anybody says so. */
export interface Scopes {
  readonly words: readonly string[];
  readonly from: "whoami" | "the token's own claims" | "the caller's word";
}

const PERMISSION = "inference.serverless.write";
const SCOPE = "inference-api";
/** Entities on whose account a call can be made. */
const ACCOUNTS: ReadonlySet<string> = new Set(["global", "user", "org"]);

const CLAIMS_BYTES_MAX = 16_384;
const SCOPE_WORD = /^[a-z][a-z_-]{0,39}$/;
const SCOPES_MAX = 64;

/** `stated`: the scope as the caller knows it, words with spaces between them, from the answer that brought the token. */
export function scopesOf(identity: Identity, token: string, stated: string | undefined): Scopes | undefined {
  if (identity.grants !== undefined) {
    const words = [...new Set(identity.grants.flatMap(({ permissions }) => permissions))];
    return { words, from: "whoami" };
  }
  if (identity.kind !== "oauth") return undefined;
  const claimed = claimedScope(token);
  if (claimed !== undefined) return { words: wordsOf(claimed), from: "the token's own claims" };
  return stated === undefined ? undefined : { words: wordsOf(stated), from: "the caller's word" };
}

export function permissionOf({ kind, grants }: Identity, scopes: Scopes | undefined): Permission {
  switch (kind) {
    case "read":
    case "write":
      return {
        verdict: "yes",
        evidence: `a ${kind} token may call them, as Hugging Face documents; whoami lists no permissions of it`,
      };
    case "fine-grained": {
      const grant = grants?.find(
        ({ entity, permissions }) => ACCOUNTS.has(entity) && permissions.includes(PERMISSION),
      );
      if (grant !== undefined) return { verdict: "yes", evidence: `it has ${PERMISSION} on ${grant.on}` };
      return {
        verdict: "no",
        evidence: `it has ${PERMISSION} on no account: add "Make calls to Inference Providers" to the token`,
      };
    }
    case "oauth":
      if (scopes === undefined) {
        return {
          verdict: "unknown",
          evidence: `neither whoami nor the token says its scopes; state the scope that it was granted`,
        };
      }
      return scopes.words.includes(SCOPE)
        ? { verdict: "yes", evidence: `${SCOPE} is among its scopes, by ${scopes.from}` }
        : {
            verdict: "no",
            evidence: `${SCOPE} is not among its scopes, by ${scopes.from}: ask for it when signing in`,
          };
    case "app":
    case "other":
      return { verdict: "unknown", evidence: "whoami says nothing of what such a token may call" };
  }
}

/**
 * The claim `scope` of a token that carries a JWT (`hf_oauth_<JWT>`). Read only after whoami proved the token good: the
 * signature is not checked here, and without that proof the claims are anybody's.
 */
function claimedScope(token: string): string | undefined {
  const [, claims, signature, ...others] = token.replace(/^hf_(?:oauth|jwt)_/, "").split(".");
  if (claims === undefined || signature === undefined || others.length > 0) return undefined;
  if (claims.length > CLAIMS_BYTES_MAX) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    const scope: unknown = typeof read === "object" && read !== null ? Reflect.get(read, "scope") : undefined;
    if (typeof scope === "string") return scope;
    return Array.isArray(scope) ? scope.filter((word) => typeof word === "string").join(" ") : undefined;
  } catch {
    return undefined;
  }
}

/** Words as scopes are spelled; anything else, a token that somebody pasted here among it, is left out. */
function wordsOf(scope: string): readonly string[] {
  const all = scope.split(/[\s,]+/).filter((word) => SCOPE_WORD.test(word));
  return [...new Set(all)].slice(0, SCOPES_MAX);
}
