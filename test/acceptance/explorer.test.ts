/** The explorer over recorded answers: what somebody does who chooses a model, in a real browser, on the real catalog. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "../web/stage.ts";
import { newHome, type Home, type Served } from "./program.ts";
import { directory } from "./recorded.ts";

const SOURCES = [
  "openrouter",
  "featherless",
  "deepinfra",
  "together",
  "groq",
  "novita",
  "nebius",
  "xai",
  "huggingface-router",
  "portkey",
];
const MODEL = "openai/gpt-oss-120b";
const SCREENSHOTS = new URL("../../.cache/screenshots/recorded/", import.meta.url).pathname;
const WAIT = { timeout: 20_000 };

let upstreams: Upstreams;
let home: Home;
let served: Served;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: SOURCES.join(",") });
  await home.ask(["sync"]);
  served = await home.serve({ MODELDEX_SYNC_INTERVAL: "30d" });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  mkdirSync(SCREENSHOTS, { recursive: true });
});

afterAll(async () => {
  await browser.close();
  await served.stop();
  await upstreams.close();
  home.drop();
});

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_360, height: 850 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`${path}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${path}: ${message.text()}`);
  });
  await page.goto(served.url + path);
  return page;
}

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("cell") });
const table = (page: Page) => page.getByRole("table", { name: "Models" });

test("shows every model of the catalog in one table, from the first to the last", async () => {
  const { total } = await served.get("/v1/models?limit=1");
  expect(total).toBeGreaterThan(15_000);
  const page = await open("/?sort=name");
  await rows(page).first().waitFor(WAIT);
  await page.screenshot({ path: join(SCREENSHOTS, "models.png") });
  expect(await table(page).getAttribute("aria-rowcount")).toBe(String(total + 1));
  const last = await served.get(`/v1/models?sort=name&limit=1&offset=${total - 1}&fields=id`);
  await table(page).press("End");
  const link = page.locator(`[role="row"][aria-rowindex="${total + 1}"] a`);
  await expect
    .poll(() => link.getAttribute("href"), WAIT)
    .toContain(encodeURIComponent(last.data[0]?.id.split("/").at(-1) ?? "?"));
  await page.context().close();
});

test("narrows by three filters to what the API counts, and opens what was searched for", async () => {
  const page = await open("/");
  await rows(page).first().waitFor(WAIT);
  await page.getByRole("searchbox", { name: "Search models" }).fill("gpt-oss");
  const filters = page.getByRole("complementary", { name: "Filters" });
  for (const [title, value] of [
    ["Gateway", "openrouter"],
    ["Can do", "tools"],
    ["Paid for", "metered"],
  ] as const) {
    const group = filters.locator("details").filter({ hasText: title }).first();
    if ((await group.getAttribute("open")) === null) await group.locator("summary").click();
    await group.getByRole("checkbox", { name: new RegExp(`^${value}`) }).check(WAIT);
  }
  const counted = await served.get(
    "/v1/models?q=gpt-oss&gateway=openrouter&capability=tools&billing=metered&limit=1",
  );
  expect(counted.total).toBeGreaterThan(0);
  await expect.poll(() => table(page).getAttribute("aria-rowcount"), WAIT).toBe(String(counted.total + 1));
  await page.getByRole("link", { name: "gpt-oss-120b", exact: false }).first().click();
  await page.getByRole("heading", { name: /^Offers/ }).waitFor(WAIT);
  await page.screenshot({ path: join(SCREENSHOTS, "model.png"), fullPage: true });
  await page.context().close();
});

test("costs what the command line says", async () => {
  const said = await home.run([
    "price",
    MODEL,
    "--input",
    "10M",
    "--output",
    "2M",
    "--requests",
    "1k",
    "--json",
  ]);
  expect(said.code).toBe(0);
  const { data } = JSON.parse(said.out) as { readonly data: readonly { readonly usd: string }[] };
  const page = await open(`/models/${MODEL}`);
  const costs = page.getByRole("group", { name: "Costs" });
  await costs.getByRole("row").nth(1).waitFor(WAIT);
  const shown = (await costs.getByRole("row").nth(1).textContent()) ?? "";
  const [whole, decimals = ""] = (data[0]?.usd ?? "").split(".");
  expect(shown).toContain(`$${whole}.${decimals.padEnd(2, "0")}`);
  await page.context().close();
});

test.each(["/map", "/changes", "/sources", "/check", "/about", `/compare?models=${MODEL}`])(
  "%s is there, without an error",
  async (path) => {
    const page = await open(path);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(SCREENSHOTS, `${/\w+/.exec(path)?.[0]}.png`) });
    expect(await page.getByRole("main").textContent()).not.toBe("");
    await page.context().close();
  },
);

test("nothing of all that made the page complain", () => {
  expect(complaints).toEqual([]);
});
