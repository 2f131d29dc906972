/** The table's filters, columns and menus in a real browser, over more labs than are counted. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { NOW } from "../serve/support/catalog.ts";
import { served, type Served } from "../serve/support/server.ts";
import { violations } from "./axe.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const WAIT = { timeout: 15_000 };
/** A facet counts a hundred values. */
const LABS = 150;
const LICENSED = 40;
/** The one that is known by another spelling, too. */
const ALIASED = 7;
const ALIAS = "elsewhere/heronry-seven";

let browser: Browser;
let server: Served;
let url: string;

beforeAll(async () => {
  const models = Array.from({ length: LABS }, (_, index) => model(index));
  server = served({ shelf: { catalog: buildCatalog(models, 7, NOW), freshness: new Map() } });
  url = await server.listen();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

function model(index: number) {
  const lab = `lab-${String(index).padStart(3, "0")}`;
  const id = `${lab}/model`;
  const usd = index % 5 === 0 ? "0" : "0.0000004";
  const price = { meter: "input", unit: "token", usd, per_million: usd === "0" ? "0" : "0.4" };
  const offer = {
    id: `groq/groq/${id}`,
    object: "offer",
    gateway: "groq",
    provider: "groq",
    native_id: id,
    model: id,
    link: { rule: "id", evidence: "the test says so" },
    billing: usd === "0" ? "free" : "metered",
    prices: [price],
    source: "groq",
  };
  const document = {
    id,
    object: "model",
    name: `Model of ${lab}`,
    owned_by: lab,
    created: NOW / 1_000,
    updated_at: new Date(NOW).toISOString(),
    offers_count: 1,
    gateways: ["groq"],
    cheapest: { offer: offer.id, input_per_million: price.per_million },
    ...(index < LICENSED ? { license: "mit" } : {}),
  };
  const aliases = index === ALIASED ? [ALIAS] : [];
  return { id, aliases, document: { ...document, aliases }, offers: [{ id: offer.id, document: offer }] };
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_360, height: 850 }, ...options });
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await page.getByRole("row").nth(2).waitFor(WAIT);
  return page;
}

/** One filter of the panel, by its title. */
const filter = (page: Page, title: string) =>
  page
    .locator("aside details")
    .filter({ has: page.locator("summary", { hasText: new RegExp(`^${title}$`) }) });
const status = (page: Page) => page.getByRole("main").getByRole("status").first();

test("what nobody states can be asked for, with its count", async () => {
  const page = await open("/");
  await filter(page, "License").locator("summary").click();
  const unstated = filter(page, "License").getByRole("listitem").filter({ hasText: "not stated" });
  await unstated.waitFor(WAIT);
  expect(await unstated.textContent()).toBe(`not stated${LABS - LICENSED}`);
  await unstated.getByRole("checkbox").check();
  await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?license=unknown");
  await expect.poll(() => status(page).textContent(), WAIT).toBe(`${LABS - LICENSED} models`);
  await page.reload();
  expect(await unstated.getByRole("checkbox").isChecked()).toBe(true);
});

test("three filters at once leave what fits all of them, and the address holds them", async () => {
  const page = await open("/");
  for (const [title, value] of [
    ["Gateway", /^groq/],
    ["License", /^mit/],
    ["Paid for", /^free/],
  ] as const) {
    const facet = filter(page, title);
    if ((await facet.getAttribute("open")) === null) await facet.locator("summary").click();
    await facet.getByRole("listitem").filter({ hasText: value }).getByRole("checkbox").check(WAIT);
  }
  await expect.poll(() => status(page).textContent(), WAIT).toBe("8 models");
  const asked = new URL(page.url()).searchParams;
  expect(Object.fromEntries(asked)).toEqual({ gateway: "groq", license: "mit", billing: "free" });
  await page.getByRole("button", { name: "Filters (3)" }).waitFor(WAIT);
});

test("where no model fits, it is said what is in the way, and a click lets go of that alone", async () => {
  const page = await browser.newPage();
  await page.goto(`${url}/?q=lab-149&license=mit&gateway=groq`);
  const withoutLicense = page.getByRole("button", { name: "Without License: mit 1 model" });
  await withoutLicense.waitFor(WAIT);
  await page.getByRole("button", { name: "Without Search: lab-149 40 models" }).waitFor(WAIT);
  // Without the gateway there is still none.
  expect(await page.getByRole("button", { name: /^Without Gateway/ }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await withoutLicense.click();
  await expect.poll(() => status(page).textContent(), WAIT).toBe("1 model");
  expect(new URL(page.url()).search).toBe("?q=lab-149&gateway=groq");
});

test("a model that was found by another spelling says by which", async () => {
  const page = await browser.newPage();
  await page.goto(`${url}/?q=heronry`);
  const name = page.getByRole("row").nth(1).getByRole("cell").nth(1);
  await expect.poll(() => name.textContent(), WAIT).toBe(`modelalso ${ALIAS}`);
  expect(await name.locator("mark").allTextContents()).toEqual(["heronry"]);
});

test("counts that are on their way are no empty list", async () => {
  const page = await browser.newPage();
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/facets=/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(`${url}/`);
  await page.getByRole("row").nth(2).waitFor(WAIT);
  expect(await page.getByText("Nothing is stated.").count()).toBe(0);
  answer();
  await filter(page, "Gateway").getByRole("listitem").first().waitFor(WAIT);
});

test.each([
  [1_280, "Changed"],
  [1_024, "Changed"],
  [768, "Changed"],
])("at %i pixels every column is in sight to the last", async (width, last) => {
  const page = await open("/", { viewport: { width, height: 800 } });
  const heads = page.getByRole("columnheader");
  expect(await heads.last().textContent()).toBe(last);
  const box = await heads.last().boundingBox();
  expect((box?.x ?? Infinity) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(`[...document.querySelectorAll('[role="columnheader"]')].slice(1)
    .filter((head) => [head, ...head.children].some((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 1))
    .map((head) => head.textContent)`);
  expect(cut).toEqual([]);
});

test("a name beyond those that are counted is written, and found", async () => {
  const page = await open("/");
  await filter(page, "Lab").locator("summary").click();
  await page.getByRole("searchbox", { name: "Find in Lab" }).fill("lab-149");
  await filter(page, "Lab").getByRole("checkbox").first().check();
  await expect.poll(() => status(page).textContent(), WAIT).toBe("1 model");
  expect(new URL(page.url()).search).toBe("?lab=lab-149");
});

test("a price's histogram tells the free from the cheap, and its bar is a filter", async () => {
  const page = await open("/");
  await page.getByRole("button", { name: "30 free" }).click(WAIT);
  await expect.poll(() => status(page).textContent(), WAIT).toBe("30 models");
  expect(new URL(page.url()).searchParams.get("min_input_price")).toBe("0");
});

test("a phone shows name and prices without scrolling sideways, and any other column on request", async () => {
  const page = await open("/", { viewport: { width: 390, height: 844 } });
  const heads = page.getByRole("columnheader");
  expect((await heads.allTextContents()).slice(1)).toEqual(["Model", "Input $/M", "Output $/M"]);
  const box = await heads.last().boundingBox();
  expect((box?.x ?? 999) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
  await page.locator("summary", { hasText: "Columns" }).click();
  await page.getByRole("checkbox", { name: "License" }).check();
  await expect.poll(() => new URL(page.url()).searchParams.get("columns"), WAIT).toContain("license");
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "License" }).waitFor({ state: "hidden", ...WAIT });
  expect(await page.evaluate("document.activeElement?.textContent")).toBe("Columns");
  await expect.poll(() => heads.last().textContent(), WAIT).toBe("License");
});

test("every menu and filter open breaks no rule of accessibility", async () => {
  const page = await open("/", { colorScheme: "dark" });
  const closed = page.locator("aside details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  await page.locator("summary", { hasText: "Columns" }).click();
  expect(await violations(page)).toEqual([]);
});
