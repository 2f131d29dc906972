/** Sign in with Hugging Face, for the explorer: what a browser needs to ask for a code, and the exchange of the code for a token. */
import * as z from "zod";
import { signedIn, signIn } from "./answers/checks.ts";
import { SignedIn, SignIn } from "./documents/check.ts";
import { Problem } from "./problem.ts";
import { seconds } from "./rate.ts";
import { asking, type Route } from "./route.ts";

/** The explorer's page that takes the code: the app at the Hub states it as its redirect URI. */
const REDIRECT_PATH = "/check";
/** Nobody signs in more often; each exchange is a request to the Hub. */
const EXCHANGES = { requests: 10, windowMs: 60_000 } as const;

export const SignInQuestion = z.strictObject({});

const BroughtBack = z.strictObject({
  code: z.string().regex(/^[\x20-\x7e]{1,4096}$/),
  code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
  redirect_uri: z.string().max(2_048).refine(isOurs),
});

export const SIGN_IN_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/sign-in",
    summary:
      "Whether people can sign in with Hugging Face here, and where a browser asks for a code: the authorization code flow of OAuth 2.0 with PKCE, without a secret.",
    parameters: SignInQuestion,
    document: SignIn,
    example: "/v1/sign-in",
    answer: async ({ application }) => ({
      kind: "momentary",
      bytes: signIn(await application.signIn.invitation(), REDIRECT_PATH),
    }),
  }),
  {
    method: "POST",
    path: "/v1/sign-in/token",
    policy: "page",
    limit: EXCHANGES,
    summary:
      "Exchanges the code that a browser brought back from Hugging Face for a token, which is handed to it and kept nowhere. Only this server's own pages may ask; ten times a minute and client.",
    parameters: undefined,
    body: BroughtBack,
    document: SignedIn,
    example:
      '{"code":"CODE","code_verifier":"43-to-128-characters-that-the-browser-alone-knows","redirect_uri":"http://127.0.0.1:8080/check"}',
    answer: async ({ application }, { body }) => {
      const { success, data } = BroughtBack.safeParse(body);
      // What was sent is not repeated: it is worth a token.
      if (!success)
        throw new Problem(
          "bad-body",
          `it holds code, code_verifier (43 to 128 characters, RFC 7636) and redirect_uri (…${REDIRECT_PATH}), and nothing else`,
        );
      const { code, code_verifier: codeVerifier, redirect_uri: redirectUri } = data;
      const exchanged = await application.signIn.exchange({ code, codeVerifier, redirectUri });
      switch (exchanged.verdict) {
        case "signed-in":
          return { kind: "momentary", bytes: signedIn(exchanged) };
        case "refused":
          throw new Problem("sign-in-refused", exchanged.reason);
        case "unknown":
          throw new Problem("no-answer", exchanged.reason, { headers: retryAfter(exchanged.retryAfterMs) });
        case "off":
          throw new Problem("sign-in-off", "the operator sets MODELDEX_HF_CLIENT_ID to allow it");
      }
    },
  },
];

/** A page of an explorer's, which may be called otherwise in front of a proxy than we are behind it. */
function isOurs(redirectUri: string): boolean {
  const url = URL.parse(redirectUri);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.href === `${url.origin}${REDIRECT_PATH}` &&
    url.href === redirectUri
  );
}

function retryAfter(ms: number | undefined): { readonly [name: string]: string } {
  return ms === undefined ? {} : { "retry-after": String(seconds(ms)) };
}
