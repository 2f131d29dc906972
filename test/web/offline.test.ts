/** The explorer while the server is away, when it comes back as another edition, and when it wants no worker any more. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { build } from "vite";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { PAGES } from "../../src/serve/http/explorer.ts";
import { ADMIN_KEY, fakeApplication, type Fake } from "../serve/support/application.ts";
import { NOW } from "../serve/support/catalog.ts";
import { threeModels } from "./shelf.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const WAIT = { timeout: 8_000 };
const WEB = new URL("../../web/", import.meta.url).pathname;

let folder: string;
let browser: Browser;
let context: BrowserContext;
let server: Server | undefined;
let port = 0;
let url = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "modeldex-editions-"));
  await edition("one", "API");
  await edition("two", "API of the second edition");
  cpSync(join(folder, "one"), join(folder, "none"), { recursive: true });
  rmSync(join(folder, "none", "sw.js"));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
}, 120_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  port = 0;
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await stop();
});

/** The explorer as it is built, but for one text in its foot. */
async function edition(name: string, text: string): Promise<void> {
  await build({
    root: WEB,
    configFile: join(WEB, "vite.config.ts"),
    logLevel: "error",
    build: { outDir: join(folder, name) },
    plugins: [
      {
        name: "edition",
        enforce: "pre",
        transform: (code, id) => (id.endsWith("/frame/foot.tsx") ? code.replace("API", text) : undefined),
      },
    ],
  });
}

async function start(name: string, fake: Fake = {}): Promise<void> {
  const clock = { now: () => NOW, monotonic: () => 0, deadline: (ms: number) => AbortSignal.timeout(ms) };
  server = createServer(fakeApplication({ shelf: threeModels(), ...fake, port }), {
    clock,
    staleAfterMs: 30 * 24 * 3_600_000,
    onAnswered: () => undefined,
    onMistake: (error) => {
      throw error;
    },
    explorerFolder: join(folder, name),
  });
  url = await server.listen();
  port = Number(new URL(url).port);
}

async function stop(): Promise<void> {
  await server?.close();
  server = undefined;
}

/** A page beside which the worker stands, with what it had asked before. */
async function openReadable(path = "/"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
  await expect.poll(() => keptUrls(page), WAIT).toContainEqual(expect.stringContaining("/v1/"));
  return page;
}

async function keptUrls(page: Page): Promise<readonly string[]> {
  // Texts, by what is written here.
  return (await page.evaluate(
    "caches.open('answers').then((kept) => kept.keys()).then((keys) => keys.map(({ url }) => url))",
  )) as readonly string[];
}

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("cell") });

test("the table is there when the server is not, marked as old; and comes alive when it is back", async () => {
  await start("one");
  const page = await openReadable();
  await rows(page).first().waitFor(WAIT);
  const before = await rows(page).allTextContents();
  await expect.poll(() => keptUrls(page), WAIT).toContainEqual(expect.stringContaining("/v1/models?"));
  await stop();
  await page.reload();
  await rows(page).first().waitFor(WAIT);
  expect(await rows(page).allTextContents()).toEqual(before);
  const notice = page.getByText("Offline, as of");
  await notice.waitFor(WAIT);
  expect(await page.getByRole("main").getByRole("alert").count()).toBe(0);
  await start("one");
  await notice.waitFor({ ...WAIT, state: "detached" });
}, 30_000);

test("a page that was open says that nobody answers, keeps what it shows, and goes on by itself", async () => {
  await start("one");
  const page = await openReadable("/sources");
  await page.getByRole("cell", { name: "groq" }).first().waitFor(WAIT);
  await stop();
  await page.getByText("the server does not answer").waitFor({ timeout: 25_000 });
  expect(await page.getByRole("cell", { name: "groq" }).count()).toBeGreaterThan(0);
  await start("one");
  await page.getByText("the server does not answer").waitFor({ ...WAIT, state: "detached" });
}, 30_000);

test("a new edition is shown at the next load, whole, and is what is there when the server is away", async () => {
  await start("one");
  const page = await openReadable();
  await rows(page).first().waitFor(WAIT);
  await stop();
  await start("two");
  await page.reload();
  await page.getByRole("link", { name: "API of the second edition" }).waitFor(WAIT);
  await rows(page).first().waitFor(WAIT);
  await expect
    .poll(
      () =>
        page.evaluate(
          "caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')).length)",
        ),
      WAIT,
    )
    .toBe(2);
  await expect
    .poll(
      () =>
        page.evaluate(
          "navigator.serviceWorker.getRegistration().then((all) => all.installing ?? all.waiting ?? all.active.state)",
        ),
      WAIT,
    )
    .toBe("activated");
  await stop();
  await page.reload();
  await page.getByRole("link", { name: "API of the second edition" }).waitFor(WAIT);
  await page.goto(`${url}/about`);
  await page.getByRole("heading", { name: "About modeldex" }).waitFor(WAIT);
}, 30_000);

test("where the server has no worker any more, everything that was kept goes", async () => {
  await start("one");
  const page = await openReadable();
  await stop();
  await start("none");
  await page.reload();
  await rows(page).first().waitFor(WAIT);
  await expect.poll(() => page.evaluate("caches.keys().then((names) => names.length)"), WAIT).toBe(0);
  await page.reload();
  await rows(page).first().waitFor(WAIT);
  await expect
    .poll(() => page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"), WAIT)
    .toBe(0);
}, 30_000);

test("nothing is kept of what the admin or a caller asked, and nothing that is true for a moment only", async () => {
  await start("one");
  const page = await openReadable();
  const asked = [
    ["/v1/models?limit=1", { accept: "application/json" }],
    ["/v1/models?limit=2", { accept: "application/json", authorization: `Bearer ${ADMIN_KEY}` }],
    ["/v1/models?limit=3", { accept: "application/x-ndjson" }],
    [
      "/v1/check?model=openai/gpt-oss-120b",
      { accept: "application/json", authorization: "Bearer hf_secret" },
    ],
    ["/v1/admin/overrides", { accept: "application/json", authorization: `Bearer ${ADMIN_KEY}` }],
    ["/v1/progress", { accept: "application/json" }],
    ["/readyz", { accept: "application/json" }],
  ];
  await page.evaluate(
    `Promise.all(${JSON.stringify(asked)}.map(([path, headers]) => fetch(path, { headers }).then((answer) => answer.text())))`,
  );
  await page.evaluate(
    `fetch("/v1/check/token", { method: "POST", headers: { authorization: "Bearer hf_secret" } }).then((answer) => answer.text())`,
  );
  // They are kept in the order in which they were asked: after this one, none of the others comes.
  await page.evaluate('fetch("/v1/labs", { headers: { accept: "application/json" } }).then(() => undefined)');
  await expect.poll(() => keptUrls(page), WAIT).toContain(`${url}/v1/labs`);
  expect(await keptUrls(page)).toContain(`${url}/v1/models?limit=1`);
  const kept = (await keptUrls(page)).map((each) => each.slice(url.length));
  expect(kept.filter((path) => /limit=[23]|check|admin|progress|readyz/.test(path))).toEqual([]);
  const whole = await page.evaluate(
    "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.matchAll()).then((all) => Promise.all(all.map((each) => each.text())))))).then(String)",
  );
  expect(whole).not.toMatch(/hf_secret|the right key/);
}, 30_000);

test("the worker's file is never kept by others, may ask this server only, and stands in for every page", async () => {
  await start("one");
  const answer = await fetch(`${url}/sw.js`);
  expect(answer.headers.get("cache-control")).toBe("no-cache");
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; connect-src 'self'");
  const code = await answer.text();
  expect(code).not.toMatch(/SHELL_FILES|SHELL_NAME/);
  const page = await openReadable();
  await stop();
  for (const path of PAGES.filter((each) => !each.includes("*"))) {
    await page.goto(`${url}${path}`);
    await page.getByRole("link", { name: "modeldex" }).waitFor(WAIT);
  }
  expect(existsSync(join(folder, "one", "sw.js"))).toBe(true);
}, 30_000);
