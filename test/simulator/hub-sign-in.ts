/**
 * Signing in at the Hub, as a real OpenID provider does it (`oidc-provider`): the app is public, PKCE is required, and a person
 * logs in and consents, scope by scope, on pages of the provider's.
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider, type Configuration } from "oidc-provider";

export const CLIENT_ID = "an-app-for-tests";
const SCOPES = ["openid", "profile", "inference-api"];
const LIFE_SECONDS = 3_600;

export interface SignInHub {
  readonly url: string;
  /** Every token that was given out, with the name of its owner. */
  readonly tokens: ReadonlyMap<string, string>;
  /** The headers with which an exchange of a code was asked for. */
  readonly exchanges: readonly IncomingHttpHeaders[];
  /** The one place to which it sends people back. */
  register(redirectUri: string): void;
  /** In place of an exchange: the status that is answered. */
  failWith(status: number | undefined): void;
  close(): Promise<void>;
}

export async function startSignInHub(onToken: (token: string, owner: string) => void): Promise<SignInHub> {
  const tokens = new Map<string, string>();
  const exchanges: IncomingHttpHeaders[] = [];
  let failing: number | undefined;
  let provider: Provider | undefined;
  let answer: ReturnType<Provider["callback"]> | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://hub.invalid");
    if (provider === undefined || answer === undefined) throw new Error("no app is registered yet");
    if (pathname.startsWith("/interaction/")) return interact(provider, request, response);
    if (pathname !== "/oauth/token") return answer(request, response);
    exchanges.push(request.headers);
    if (failing === undefined) return answer(request, response);
    response.writeHead(failing).end();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with one.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokens,
    exchanges,
    register: (redirectUri) => {
      provider = new Provider(url, configuration(redirectUri));
      provider.on("access_token.saved", ({ jti, accountId }) => {
        tokens.set(jti, accountId);
        onToken(jti, accountId);
      });
      answer = provider.callback();
    },
    failWith: (status) => {
      failing = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function configuration(redirectUri: string): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: "none",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    scopes: SCOPES,
    claims: { openid: ["sub"], profile: ["preferred_username"] },
    pkce: { required: () => true },
    routes: { authorization: "/oauth/authorize", token: "/oauth/token", userinfo: "/oauth/userinfo" },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, preferred_username: accountId }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["a key for tests"] },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "tests" }] },
    ttl: {
      AccessToken: LIFE_SECONDS,
      AuthorizationCode: 60,
      Grant: LIFE_SECONDS,
      IdToken: LIFE_SECONDS,
      Interaction: LIFE_SECONDS,
      Session: LIFE_SECONDS,
    },
  };
}

/** The provider's pages for a person: who are you, and what do you allow. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(prompt.name === "login" ? LOGIN : consentPage(String(params["scope"]).split(" ")));
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  if (form.has("cancel")) {
    const result = { error: "access_denied", error_description: "the person said no" };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  if (prompt.name === "login") {
    const result = { login: { accountId: form.get("name") ?? "" } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? "", clientId: CLIENT_ID });
  for (const scope of String(params["scope"]).split(" ")) {
    if (scope === "openid" || form.getAll("scope").includes(scope)) grant.addOIDCScope(scope);
    else grant.rejectOIDCScope(scope);
  }
  const result = { consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
}

const LOGIN = `<!doctype html><html lang="en"><title>Log in</title><form method="post">
<label>Name <input name="name" required></label> <button>Log in</button> <button name="cancel" value="1" formnovalidate>Cancel</button></form>`;

function consentPage(scopes: readonly string[]): string {
  const boxes = scopes
    .filter((scope) => scope !== "openid")
    .map((scope) => `<label><input type="checkbox" name="scope" value="${scope}" checked> ${scope}</label>`);
  return `<!doctype html><html lang="en"><title>Allow</title><form method="post">
${boxes.join("\n")} <button>Allow</button> <button name="cancel" value="1">Cancel</button></form>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
