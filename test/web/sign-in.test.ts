/** Sign in with Hugging Face in a real browser, with a real OpenID provider: there and back, said no, forged, and kept nowhere. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCheckHub, type CheckHub } from "../simulator/hub-check.ts";
import { CLIENT_ID, startSignInHub, type SignInHub } from "../simulator/hub-sign-in.ts";
import { openStage, type Stage } from "./stage.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SCREENSHOTS = new URL("../../.cache/screenshots/", import.meta.url).pathname;
const WAIT = { timeout: 15_000 };
const SIGN_IN = "Sign in with Hugging Face";

let hub: CheckHub;
let provider: SignInHub;
let stage: Stage;
/** What the browser asked, page by page, and what it was answered by our own server. */
let clients = 0;
let asked: Request[];
let answers: { readonly url: string; readonly body: string }[];

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  hub = await startCheckHub();
  hub.models.set("acme/secret", { access: "private", mapping: { groq: { status: "live" } } });
  provider = await startSignInHub((token, owner) => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const orgs = [{ name: "acme" }];
    hub.tokens.set(token, { type: "user", name: owner, orgs, auth: { type: "oauth", expiresAt } });
  });
  stage = await openStage(undefined, {
    MODELDEX_HF_CLIENT_ID: CLIENT_ID,
    HF_ENDPOINT: provider.url,
    MODELDEX_SOURCE_URL_HUGGINGFACE: hub.url,
    MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE: "1",
    MODELDEX_LOG: "requests",
    // Each page is a client of its own: one alone may exchange ten codes in a minute, and a quick machine is sooner done.
    MODELDEX_TRUST_PROXY: "1",
  });
  provider.register(`${stage.url}/check`);
}, 120_000);
afterAll(async () => {
  await stage.close();
  await provider.close();
  await hub.close();
});
beforeEach(() => {
  asked = [];
  answers = [];
});
afterEach(async () => {
  provider.failWith(undefined);
  hub.answer("/api/whoami-v2", undefined);
  for (const context of stage.browser.contexts()) await context.close();
});

async function open(path = "/check", options: BrowserContextOptions = {}): Promise<Page> {
  clients += 1;
  const extraHTTPHeaders = { "x-forwarded-for": `198.51.100.${clients}` };
  const page = await stage.open(path, { ...options, extraHTTPHeaders });
  // What a worker asks for the page is in it too.
  page.context().on("request", (request) => asked.push(request));
  page.on("response", (response) => {
    if (!response.url().startsWith(stage.url) || response.request().resourceType() !== "fetch") return;
    response.text().then(
      (body) => answers.push({ url: response.url(), body }),
      () => undefined,
    );
  });
  return page;
}

const account = (page: Page) => page.getByRole("region", { name: "Your Hugging Face account" });

/** At the provider: who one is, and what one allows. */
async function logIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name, WAIT);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("button", { name: "Allow" }).waitFor(WAIT);
}

async function signIn(page: Page, name = "sam", refused: readonly string[] = []): Promise<void> {
  await account(page).getByRole("button", { name: SIGN_IN }).click(WAIT);
  await logIn(page, name);
  for (const scope of refused) await page.getByLabel(scope).uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
  await account(page).getByText(`Signed in as ${name}`).waitFor(WAIT);
}

/** Leaves for the provider, and stands there with what was asked. */
async function leave(page: Page): Promise<URLSearchParams> {
  await account(page).getByRole("button", { name: SIGN_IN }).click(WAIT);
  await page.getByRole("button", { name: "Log in" }).waitFor(WAIT);
  const request = asked.find((each) => each.url().startsWith(`${provider.url}/oauth/authorize`));
  return new URL(request?.url() ?? "").searchParams;
}

/** Everything that the browser keeps for the page, and the page itself. */
async function kept(page: Page): Promise<string> {
  // Strings all of them.
  return (await page.evaluate(`(async () => {
    const caught = [];
    for (const name of await caches.keys())
      for (const response of await (await caches.open(name)).matchAll()) caught.push(response.url, await response.text());
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, window.name,
      document.cookie, document.documentElement.outerHTML, caught, databases]);
  })()`)) as string;
}

describe("there and back", () => {
  test("says who one is and which providers may be called, and signing out forgets", async () => {
    const page = await open("/check?model=acme/secret&provider=groq");
    await page.getByText("unknown model").waitFor(WAIT);
    await signIn(page);
    const text = () => account(page).textContent();
    await expect.poll(text, WAIT).toContain("Providers that your account may call");
    expect(await text()).toContain("The permission inference-api was granted.");
    expect(await text()).toContain("acme");
    await expect.poll(text, WAIT).toContain("Groq");
    // What was asked before is asked again, with the account.
    await page.getByText("Seen with your account.").waitFor(WAIT);
    expect(new URL(page.url()).search).toBe("?model=acme/secret&provider=groq");
    await account(page).getByRole("button", { name: "Sign out" }).click();
    await account(page).getByRole("button", { name: SIGN_IN }).waitFor(WAIT);
    await page.getByText("unknown model").waitFor(WAIT);
    expect(await page.getByText("Seen with your account.").count()).toBe(0);
  });

  test("is known on every page of the explorer, and a page that is loaded anew knows nobody", async () => {
    const page = await open();
    await signIn(page);
    await page.getByRole("link", { name: "About" }).click();
    await page.getByRole("link", { name: "Check" }).click();
    await account(page).getByText("Signed in as sam").waitFor(WAIT);
    await page.reload();
    await account(page).getByRole("button", { name: SIGN_IN }).waitFor(WAIT);
    expect(await page.getByText("Signed in as").count()).toBe(0);
  });

  test("asks with PKCE and a state, which no two sign-ins share, for exactly our own page", async () => {
    const first = await leave(await open());
    expect(Object.fromEntries(first)).toMatchObject({
      response_type: "code",
      client_id: CLIENT_ID,
      redirect_uri: `${stage.url}/check`,
      scope: "openid profile inference-api",
      code_challenge_method: "S256",
    });
    expect([...first.keys()].length).toBe(7);
    asked = [];
    const second = await leave(await open());
    for (const name of ["state", "code_challenge"]) {
      expect(first.get(name)).toMatch(/^[\w-]{43}$/);
      expect(second.get(name)).not.toBe(first.get(name));
    }
  });

  test("the token is in the memory of the page, and goes to its own origin alone", async () => {
    const options = { serviceWorkers: "allow" } as const;
    const page = await open("/check?model=acme/secret&provider=groq", options);
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
    await signIn(page, "casey");
    await page.getByText("Seen with your account.").waitFor(WAIT);
    const [token = ""] = [...provider.tokens].find(([, owner]) => owner === "casey") ?? [];
    expect(token).toMatch(/^[\w-]{40,}$/);
    const returned = asked
      .map((request) => new URL(request.url()))
      .find((url) => url.searchParams.has("code"));
    const code = returned?.searchParams.get("code") ?? "";
    expect(code).not.toBe("");

    expect(await kept(page)).not.toContain(token);
    expect(await kept(page)).not.toContain(code);
    await page.goBack();
    expect(page.url()).not.toContain(code);

    // The browser asked our own origin and the provider's, whom only whole pages asked.
    const origins = new Set(asked.map((request) => new URL(request.url()).origin));
    expect([...origins].toSorted()).toEqual([provider.url, stage.url].toSorted());
    const there = asked.filter((request) => request.url().startsWith(provider.url));
    expect(there.filter((request) => !request.isNavigationRequest())).toEqual([]);
    const carriers = asked.filter((request) =>
      JSON.stringify([request.url(), request.headers(), request.postData()]).includes(token),
    );
    expect(new Set(carriers.map((request) => new URL(request.url()).pathname))).toEqual(
      new Set(["/v1/check/token", "/v1/check"]),
    );
    for (const carrier of carriers) {
      expect(carrier.url().startsWith(`${stage.url}/`)).toBe(true);
      expect(carrier.headers()["authorization"]).toBe(`Bearer ${token}`);
      expect(`${carrier.url()} ${carrier.postData() ?? ""}`).not.toContain(token);
    }
    const tellers = answers
      .filter(({ body }) => body.includes(token))
      .map(({ url }) => new URL(url).pathname);
    expect(tellers).toEqual(["/v1/sign-in/token"]);
    expect(asked.filter((request) => request.headers()["referer"]?.includes(code) === true)).toEqual([]);

    // Our server asked on its own behalf, and wrote nothing down.
    expect(
      provider.exchanges.every(({ origin, cookie }) => origin === undefined && cookie === undefined),
    ).toBe(true);
    const written = [...stage.lines, ...filesUnder(stage.home)].join("\n");
    expect(stage.lines.some((line) => line.includes("/v1/sign-in/token"))).toBe(true);
    for (const secret of [token, code]) expect(written).not.toContain(secret);
  });
});

describe("where nobody can sign in", () => {
  test("because the operator set no client id, it is not offered", async () => {
    const page = await stage.open("/about");
    await page.route("**/v1/sign-in", (route) =>
      route.fulfill({ json: { object: "sign_in", available: false } }),
    );
    const answered = page.waitForResponse("**/v1/sign-in");
    await page.getByRole("link", { name: "Check" }).click();
    await answered;
    await page.getByRole("heading", { name: "A Hugging Face token" }).waitFor(WAIT);
    expect(await account(page).count()).toBe(0);
  });

  test("because the page came unprotected from another machine, it is said", async () => {
    const page = await stage.open("/about");
    await page.addInitScript("Object.defineProperty(window, 'isSecureContext', { value: false })");
    await page.goto(`${stage.url}/check`);
    await account(page).getByText("Signing in needs this page over https").waitFor(WAIT);
    expect(await account(page).getByRole("button").count()).toBe(0);
  });
});

describe("without the scope", () => {
  test("its absence is explained, and signing in again mends it", async () => {
    const page = await open();
    await signIn(page, "robin", ["inference-api"]);
    const text = () => account(page).textContent();
    await expect.poll(text, WAIT).toContain("This sign-in may call no provider.");
    expect(await text()).toContain("It was not given the permission inference-api.");
    expect(await text()).not.toContain("Providers that your account may call");
    expect(await look(page, "check-account-without-scope")).toEqual(GOOD);
    await account(page).getByRole("button", { name: "Sign in again" }).click();
    await page.getByRole("button", { name: "Allow" }).click(WAIT);
    await expect.poll(text, WAIT).toContain("Providers that your account may call");
  });
});

describe("what goes wrong is told, and signs nobody in", () => {
  test("who says no to the provider is told that nobody was signed in", async () => {
    const page = await open("/check?model=acme/secret&provider=groq");
    await leave(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await account(page).getByText("You did not allow it, so nobody was signed in.").waitFor(WAIT);
    expect(new URL(page.url()).search).toBe("?model=acme/secret&provider=groq");
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    expect(exchangesAsked()).toEqual([]);
    await signIn(page, "sam");
  });

  test.each([
    ["a code that nobody here asked for", "code=somebody-elses&state=somebody-elses", false],
    ["a code without a state", "code=somebody-elses", true],
    ["a code with another state than ours", "code=somebody-elses&state=somebody-elses", true],
    ["an error with another state than ours", "error=access_denied&state=somebody-elses", true],
  ])("%s is not used, and is gone from the address", async (_what, answer, isPending) => {
    const page = await open();
    if (isPending) await leave(page);
    await page.goto(`${stage.url}/check?${answer}&error_description=call+this+number&model=lab/chat`);
    await account(page).getByText("belongs to no sign-in that was begun in this tab").waitFor(WAIT);
    expect(new URL(page.url()).search).toBe("?model=lab%2Fchat");
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    expect(await page.getByRole("main").textContent()).not.toContain("call this number");
    expect(exchangesAsked()).toEqual([]);
  });

  test("an answer that names another provider is not used, though its state is ours", async () => {
    const page = await open();
    const state = (await leave(page)).get("state") ?? "";
    await page.goto(`${stage.url}/check?code=a-code&state=${state}&iss=https%3A%2F%2Fevil.example`);
    await account(page).getByText("belongs to no sign-in that was begun in this tab").waitFor(WAIT);
    expect(exchangesAsked()).toEqual([]);
  });

  test("a state is good for one return", async () => {
    const page = await open();
    const state = (await leave(page)).get("state") ?? "";
    await page.goto(`${stage.url}/check?error=temporarily_unavailable&state=${state}`);
    await account(page).getByText("Hugging Face is busy just now.").waitFor(WAIT);
    await page.goto(`${stage.url}/check?code=a-code&state=${state}`);
    await account(page).getByText("belongs to no sign-in that was begun in this tab").waitFor(WAIT);
    expect(exchangesAsked()).toEqual([]);
  });

  test.each([
    ["invalid_scope", "adds inference-api to the app's scopes"],
    ["<b>bold</b>", "refuses the sign-in. Nobody was signed in."],
  ])("the provider's %s is told in plain words", async (error, words) => {
    const page = await open();
    const state = (await leave(page)).get("state") ?? "";
    await page.goto(`${stage.url}/check?error=${encodeURIComponent(error)}&state=${state}`);
    await expect.poll(() => account(page).textContent(), WAIT).toContain(words);
  });

  test("a code that is worth nothing is told, and so is a provider that does not answer", async () => {
    const page = await open();
    const state = (await leave(page)).get("state") ?? "";
    await page.goto(`${stage.url}/check?code=too-old&state=${state}`);
    await account(page).getByText("sign in again").waitFor(WAIT);
    provider.failWith(503);
    asked = [];
    const another = (await leave(page)).get("state") ?? "";
    await page.goto(`${stage.url}/check?code=a-code&state=${another}`);
    await account(page).getByRole("button", { name: SIGN_IN }).waitFor(WAIT);
    expect(await account(page).textContent()).toContain("the Hub has trouble (status 503)");
  });

  test.each([
    [401, "The sign-in is over", "Sign in again"],
    [503, "Who you are is unknown", "Ask again"],
  ])("what the Hub says of the token (%i) is told, and what to do", async (status, words, button) => {
    const page = await open();
    hub.answer("/api/whoami-v2", { status });
    await leave(page);
    await logIn(page, "sam");
    await page.getByRole("button", { name: "Allow" }).click();
    await account(page).getByText(words).waitFor(WAIT);
    expect(await account(page).getByRole("button", { name: button }).count()).toBe(1);
    expect(await account(page).getByRole("button", { name: "Sign out" }).count()).toBe(1);
  });

  test("who goes back from the provider can sign in all the same", async () => {
    const page = await open();
    await leave(page);
    await page.goBack();
    await signIn(page, "sam");
    expect(exchangesAsked()).toHaveLength(1);
  });

  test("who stores nothing for a page is told why that will not do", async () => {
    const page = await open();
    await page.evaluate(
      "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused', 'SecurityError') } })",
    );
    await account(page).getByRole("button", { name: SIGN_IN }).click(WAIT);
    await expect.poll(() => account(page).textContent(), WAIT).toContain("Your browser keeps nothing");
    expect(page.url()).toBe(`${stage.url}/check`);
  });
});

describe("how it looks", () => {
  test.each([
    ["", { width: 1_360, height: 850 }],
    ["-phone", { width: 390, height: 844 }],
  ])(
    "signed out and in, light and dark%s: no rule of accessibility is broken, nothing runs over",
    async (suffix, viewport) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await open("/check?model=acme/secret&provider=groq", { colorScheme, viewport });
        await account(page).getByRole("button", { name: SIGN_IN }).waitFor(WAIT);
        expect(await look(page, `check-account-out-${colorScheme}${suffix}`)).toEqual(GOOD);
        await signIn(page);
        await account(page).getByText("Groq").waitFor(WAIT);
        await page.getByText("Seen with your account.").waitFor(WAIT);
        expect(await look(page, `check-account-in-${colorScheme}${suffix}`)).toEqual(GOOD);
        await page.context().close();
      }
    },
  );

  test("did all that without an error or a refusal of its policy", () => {
    expect(stage.complaints).toEqual([]);
  });
});

function exchangesAsked(): readonly string[] {
  return asked
    .map((request) => new URL(request.url()).pathname)
    .filter((path) => path === "/v1/sign-in/token");
}

const GOOD = { violations: [], runsOver: false };

/** A picture for whoever wants to look, and what a program can see of it. */
async function look(page: Page, name: string): Promise<object> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  await page.evaluate(readFileSync(AXE, "utf8"));
  // axe's own answer.
  const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
    readonly violations: readonly { readonly id: string; readonly impact: string }[];
  };
  return {
    violations: violations.filter(({ impact }) => impact === "serious" || impact === "critical"),
    runsOver: await page.evaluate("document.documentElement.scrollWidth > innerWidth"),
  };
}

function filesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
