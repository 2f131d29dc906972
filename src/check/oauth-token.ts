/** The token in whatever a caller has: a text, or an object with `token`, as Gradio hands out its `gr.OAuthToken`. */

export type ExtractedToken =
  | {
      readonly token: string;
      /** As the object states them: Gradio's does. */
      readonly scope?: string;
      /** Milliseconds since 1970. */
      readonly expiresAt?: number;
    }
  | { readonly token?: undefined; readonly reason: string };

/** A header holds no more than this of us; the largest OAuth tokens have some two thousand characters. */
const TOKEN_LENGTH_MAX = 8_192;
/** What a bearer token may be made of (RFC 6750): anything else could break out of the header. */
const TOKEN = /^[A-Za-z0-9._~+/=-]+$/;

/** The token, or nothing and the reason. Never throws, and the reason never repeats what was given. */
export function extractOAuthToken(given: unknown): ExtractedToken {
  if (typeof given === "string") return fromText(given);
  if (given === null || given === undefined) return { reason: "there is no token: nobody is signed in" };
  if (typeof given !== "object") return { reason: `a ${typeof given} is no token` };
  const token = fieldOf(given, "token");
  if (typeof token !== "string") return { reason: "the object has no text called token" };
  const extracted = fromText(token);
  if (extracted.token === undefined) return extracted;
  const scope = fieldOf(given, "scope");
  const expires = fieldOf(given, "expires_at");
  return {
    ...extracted,
    ...(typeof scope === "string" ? { scope } : {}),
    ...(typeof expires === "number" && expires > 0 ? { expiresAt: expires * 1_000 } : {}),
  };
}

function fromText(text: string): ExtractedToken {
  const token = text.trim();
  if (token === "") return { reason: "the token is empty" };
  if (token.length > TOKEN_LENGTH_MAX)
    return { reason: `no token has more than ${TOKEN_LENGTH_MAX} characters` };
  if (!TOKEN.test(token)) return { reason: "it holds a character that no token has" };
  if (token.startsWith("hf_oauth__refresh_"))
    return { reason: "it is a refresh token, which calls nothing: exchange it for an access token" };
  return { token };
}

/** A getter of somebody else's may throw. */
function fieldOf(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch {
    return undefined;
  }
}
