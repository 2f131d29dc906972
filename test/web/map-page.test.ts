/** The map of more models than fit on pages of it: drawn whole, framed, walked by keys, and told in words. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { buildCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import { NOW } from "../serve/support/catalog.ts";
import { served, type Served } from "../serve/support/server.ts";
import { violations } from "./axe.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const SCREENSHOTS = new URL("../../.cache/screenshots/", import.meta.url).pathname;
const WAIT = { timeout: 15_000 };
const MODELS = 12_000;
const LABS = 40;

let browser: Browser;
let server: Served;
let url: string;

beforeAll(async () => {
  const models = Array.from({ length: MODELS }, (_, index) => pricedModel(index));
  server = served({
    shelf: { catalog: buildCatalog(models, 7, NOW), freshness: new Map([["groq", NOW]]) },
  });
  url = await server.listen();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
  mkdirSync(SCREENSHOTS, { recursive: true });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** The first is free, the last the dearest; lab-0 has most models. */
function pricedModel(index: number): ModelEntry {
  const lab = `lab-${Math.floor(LABS * (index / MODELS) ** 2)}`;
  const id = `${lab}/model-${String(index).padStart(5, "0")}`;
  const usd = index === 0 ? "0" : (0.01 * 1.0008 ** index).toFixed(4);
  const context = 1_024 * 2 ** (index % 11);
  const price = { meter: "input", unit: "token", usd: "0", per_million: usd };
  const offer = {
    id: `groq/groq/${id}`,
    object: "offer",
    gateway: "groq",
    provider: "groq",
    native_id: id,
    model: id,
    billing: index === 0 ? "free" : "metered",
    context_tokens: context,
    prices: [price],
    source: "groq",
  };
  const document = {
    id,
    object: "model",
    name: id.slice(lab.length + 1),
    owned_by: lab,
    created: NOW / 1_000,
    updated_at: new Date(NOW).toISOString(),
    offers_count: 1,
    gateways: ["groq"],
    context_tokens: context,
    cheapest: { offer: offer.id, input_per_million: usd },
    huggingface_metrics: { downloads: index },
  };
  return {
    id,
    aliases: [],
    document,
    offers: [{ id: offer.id, seenBy: "groq", document: offer }],
  };
}

async function open(path = "/map", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1_360, height: 850 },
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT.timeout);
  await page.goto(`${url}${path}`);
  await page.getByRole("img").waitFor();
  return page;
}

test("every model with a price and a context is on it, told in words and colored by its lab", async () => {
  const page = await open();
  await page.getByText("12,000 models by the cheapest input price").waitFor();
  const words = await page.getByRole("img").getAttribute("aria-label");
  expect(words).toMatch(
    /^12000 models by input price, from free to \$\d+\.\d+ a million tokens, and context, from 1K to 1M$/,
  );
  const labs = page.getByRole("list", { name: "Labs" });
  const most = await labs.getByRole("button").first().textContent();
  expect(most).toBe(`lab-0${countOf("lab-0")}`);
  await labs.getByRole("button").first().click();
  expect(new URL(page.url()).search).toBe("?lab=lab-0");
});

function countOf(lab: string): string {
  const count = Array.from({ length: MODELS }, (_, index) => pricedModel(index).id.split("/")[0]).filter(
    (each) => each === lab,
  ).length;
  return count.toLocaleString("en");
}

test("a frame asks the table for its bounds, of the lab that is chosen; what is free is among the cheapest", async () => {
  const page = await open("/map?lab=lab-3");
  const box = await page.getByRole("img").boundingBox();
  if (box === null) throw new Error("the map has no place");
  await page.mouse.move(box.x + 57, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 5 });
  await page.mouse.up();
  await page.getByRole("searchbox", { name: "Search models" }).waitFor();
  const asked = new URL(page.url()).searchParams;
  expect(asked.get("lab")).toBe("lab-3");
  expect(asked.get("min_input_price")).toBe("0");
  await page.getByText(`${countOf("lab-3")} models`, { exact: true }).waitFor();
});

test("keys go from model to model by price, and open one", async () => {
  const page = await open();
  await page.getByRole("group", { name: /^Map/ }).focus();
  const near = page.getByRole("main").getByRole("status");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => near.textContent(), WAIT).toContain("model-00000: free");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => near.textContent(), WAIT).toContain("model-00001: $0.01");
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => near.textContent(), WAIT).not.toContain("model-00001");
  const name = /model-\d+/.exec((await near.textContent()) ?? "")?.[0] ?? "";
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url(), WAIT).toContain(encodeURIComponent(name));
});

test("what is pointed at is named, and a point can be as large as its downloads are many", async () => {
  const page = await open("/map?size=downloads");
  expect(await page.getByRole("combobox", { name: "Larger with more" }).inputValue()).toBe("downloads");
  const box = await page.getByRole("img").boundingBox();
  if (box === null) throw new Error("the map has no place");
  const near = page.getByRole("main").getByRole("status");
  for (let x = 60; x < box.width && (await near.textContent()) === "Point at a model."; x += 20)
    await page.mouse.move(box.x + x, box.y + box.height / 2);
  expect(await near.textContent()).toMatch(
    /^model-\d+: \$[\d.]+ a million, \d+[KM] of context, 1 offer, .*downloads, lab-\d+$/,
  );
});

test.each([
  ["light", { width: 1_360, height: 850 }],
  ["dark", { width: 1_360, height: 850 }],
  ["dark", { width: 390, height: 844 }],
] as const)("in the %s, %o, it breaks no rule of accessibility and fits", async (colorScheme, viewport) => {
  const page = await open("/map?lab=lab-1", { colorScheme, viewport });
  await page.getByRole("list", { name: "Labs" }).waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENSHOTS, `map-many-${colorScheme}-${viewport.width}.png`) });
});
