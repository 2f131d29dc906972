/** The page on sources: what is proved, how runs went, what is being read, and what only the operator may do. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Progress } from "../../src/domain/progress.ts";
import { ADMIN_KEY, fakeApplication, type Fake } from "../serve/support/application.ts";
import { HOSTILE, NOW } from "../serve/support/catalog.ts";
import { served, type Served } from "../serve/support/server.ts";
import { violations } from "./axe.ts";
import { threeModels } from "./shelf.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const SCREENSHOTS = new URL("../../.cache/screenshots/", import.meta.url).pathname;
const WAIT = { timeout: 10_000 };

let browser: Browser;
let server: Served | undefined;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
  mkdirSync(SCREENSHOTS, { recursive: true });
}, 60_000);
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await server?.close();
  server = undefined;
});

async function open(fake: Fake, path = "/sources", options: BrowserContextOptions = {}): Promise<Page> {
  server ??= served(fake);
  const url = server.application.port === 0 ? await server.listen() : "";
  return openAt(`${url}${path}`, options);
}

async function openAt(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1_360, height: 850 },
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT.timeout);
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  await page.goto(url);
  return page;
}

const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

const READING: Progress = {
  kind: "page",
  source: "groq",
  rows: 9_000,
  pages: 9,
  bytes: 1,
  rowsExpected: 15_700,
};

test("a source says what was proved, in words, and how its last runs went, all of them asked for at once", async () => {
  const asked: string[] = [];
  const page = await open({}, "/about");
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole("link", { name: "Sources", exact: true }).first().click();
  const groq = row(page, "groq");
  await groq.getByText("the only page").waitFor(WAIT);
  const runs = groq.getByRole("img");
  await runs.waitFor(WAIT);
  expect(await runs.getAttribute("aria-label")).toContain("The last 2 runs: 2 complete");
  expect(await runs.getAttribute("aria-label")).toContain("11 rows in 0.3 s");
  expect(await runs.locator("rect").count()).toBe(2);
  expect(asked.filter((path) => path === "/v1/runs")).toHaveLength(1);
  await groq.getByRole("button", { name: "More about groq" }).click();
  await page.getByRole("region", { name: "Runs of groq" }).getByRole("row").nth(2).waitFor(WAIT);
  await page.getByRole("region", { name: "Findings of groq" }).getByRole("listitem").first().waitFor(WAIT);
});

test("what is being read shows live, here and on every page", async () => {
  const progress: Progress[] = [READING];
  const page = await open({ progress });
  await row(page, "groq").getByText("9,000 of about 15,700").waitFor(WAIT);
  await page.getByRole("contentinfo").getByText("reading groq: 9,000 of about 15,700").waitFor(WAIT);
  progress[0] = { ...READING, rows: 12_000 };
  await row(page, "groq").getByText("12,000 of about 15,700").waitFor(WAIT);
  progress.length = 0;
  await row(page, "groq").getByText("complete", { exact: true }).waitFor(WAIT);
  expect(await page.getByRole("contentinfo").textContent()).not.toContain("reading");
});

test("an empty server says what it is reading, and the table fills by itself", async () => {
  let isPublished = false;
  const filled = threeModels();
  server = served({ shelf: undefined });
  Object.assign(server.application, {
    shelf: () => (isPublished ? filled : undefined),
    inProgress: () => (isPublished ? [] : [READING]),
  });
  const page = await openAt(`${await server.listen()}/`);
  const list = page.getByRole("list", { name: "What is being read" });
  await list.getByText("reading groq").waitFor(WAIT);
  await list.getByText("9,000 of about 15,700").waitFor(WAIT);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENSHOTS, "first-reading-light.png") });
  isPublished = true;
  await page.getByRole("searchbox", { name: "Search models" }).waitFor(WAIT);
  await page
    .getByRole("row")
    .filter({ has: page.getByRole("cell") })
    .nth(2)
    .waitFor(WAIT);
});

test("a server that reads nothing says what to do", async () => {
  const page = await open({ shelf: undefined }, "/");
  await page.getByRole("heading", { name: "Nothing was read yet" }).waitFor(WAIT);
  await page.getByText("modeldex sync").waitFor(WAIT);
  await page.getByRole("main").getByRole("link", { name: "Sources" }).click();
  await page.getByRole("heading", { name: "Sources" }).waitFor(WAIT);
  expect(await row(page, "groq").count()).toBe(1);
});

test("what was read long ago is said to be old, on every page", async () => {
  const year = 365 * 24 * 3_600_000;
  const shelf = { ...threeModels(), freshness: new Map([["groq", NOW - year]]) };
  const page = await open({ shelf }, "/");
  const notice = page.getByText("Old: no source was read since");
  await notice.waitFor(WAIT);
  expect(await notice.locator("time").getAttribute("datetime")).toBe(
    new Date(NOW - year).toISOString().replace(".000", ""),
  );
  expect(await violations(page)).toEqual([]);
});

test("the operator reads a source now with his key, which is kept nowhere; nobody else does", async () => {
  const page = await open({});
  await page.getByText("For the operator").click();
  const application = server?.application;
  await page.getByRole("button", { name: "Read all sources now" }).click();
  await page.getByRole("alert").waitFor(WAIT);
  expect(await page.getByRole("alert").textContent()).toContain("401");
  expect(application?.synced).toEqual([]);
  await page.getByLabel("Admin key, kept in this page only").fill(ADMIN_KEY);
  await page.getByRole("button", { name: "Read now: groq" }).click();
  await page.getByText("groq: complete, 11 rows. Revision 7.").waitFor(WAIT);
  expect(application?.synced).toEqual([["groq"]]);
  expect(
    await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])"),
  ).not.toContain(ADMIN_KEY);
});

test("what is held names itself, and is accepted by the run that held it though a later one failed", async () => {
  const holding = fakeApplication();
  const health = await holding.ledger.health();
  const [run] = await holding.ledger.runs({ limit: 1 });
  if (run === undefined) throw new Error("no run");
  const failed = { ...run, id: 18, report: { ...run.report, outcome: "failed" as const } };
  const held = { ...run, id: 17, report: { ...run.report, outcome: "held" as const, held: 9 } };
  server = served({
    health: async () =>
      health.map((each) => ({ ...each, held: each.source === "groq" ? 9 : 0, lastRun: failed })),
  });
  Object.assign(server.application.ledger, { runs: async () => [failed, held] });
  const page = await openAt(`${await server.listen()}/sources`);
  await page.getByRole("img", { name: /1 held, 1 failed/ }).waitFor(WAIT);
  await page.getByLabel("Admin key, kept in this page only").fill(ADMIN_KEY);
  await page.getByRole("button", { name: "Accept what groq holds" }).click();
  await page.getByText("Applied: 9 removed, 1 prices.").waitFor(WAIT);
  expect(server.application.commands).toEqual([17]);
});

test.each(["light", "dark"] as const)(
  "in the %s it breaks no rule of accessibility, opened and while reading",
  async (colorScheme) => {
    const page = await open(
      { progress: [READING, { kind: "waiting", source: "huggingface-router", ms: 9_000, why: HOSTILE }] },
      "/sources",
      { colorScheme },
    );
    await row(page, "groq").getByRole("img").waitFor(WAIT);
    await page.getByText("For the operator").click();
    await page.getByRole("button", { name: "More about groq" }).click();
    await page.getByRole("region", { name: "Findings of groq" }).getByRole("listitem").first().waitFor(WAIT);
    expect(await violations(page)).toEqual([]);
    expect(await page.getByRole("row").filter({ hasText: "<script>" }).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `sources-opened-${colorScheme}.png`) });
  },
);
