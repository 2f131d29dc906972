/** The comparison, and the cost that is shown: the same to the last digit as on the command line. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";

const PROGRAM = new URL("../../src/main.ts", import.meta.url).pathname;
const SCREENSHOTS = new URL("../../.cache/screenshots/", import.meta.url).pathname;
const WAIT = { timeout: 10_000 };
const MODEL = "openai/gpt-oss-120b";
const run = promisify(execFile);

let stage: Stage;
/** Another model with facts of its own. */
let other: string;
beforeAll(async () => {
  stage = await openStage();
  const found = await fetch(`${stage.url}/v1/models?min_context=1&limit=5`);
  // The answer of our own route.
  const { data } = (await found.json()) as { readonly data: readonly { readonly id: string }[] };
  other = data.find(({ id }) => id !== MODEL)?.id ?? "";
  mkdirSync(SCREENSHOTS, { recursive: true });
}, 120_000);
afterAll(() => stage.close());
afterEach(async () => {
  for (const context of stage.browser.contexts()) await context.close();
});

async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await stage.open(path, options);
  page.setDefaultTimeout(WAIT.timeout);
  return page;
}

interface Usage {
  readonly model: string;
  readonly usage: { readonly input: number; readonly output: number; readonly cached?: string };
  readonly requests: number;
  readonly tier?: string;
}

interface Priced {
  readonly data: readonly { readonly offer: string; readonly usd: string }[];
}

/** What `modeldex price` prints for a usage. */
async function priceOf({ model, usage, requests, tier }: Usage): Promise<Priced> {
  const { stdout } = await run(
    process.execPath,
    [
      PROGRAM,
      "price",
      model,
      "--json",
      "--input",
      String(usage.input),
      "--output",
      String(usage.output),
      "--requests",
      String(requests),
      ...(usage.cached === undefined ? [] : ["--cached", usage.cached]),
      ...(tier === undefined ? [] : ["--tier", tier]),
    ],
    {
      env: { PATH: process.env["PATH"], MODELDEX_HOME: stage.home, MODELDEX_OFFLINE: "1" },
      encoding: "utf8",
    },
  );
  // The document that the command prints.
  return JSON.parse(stdout) as Priced;
}

/** As the page writes it: two decimals at least, and all that there are. */
function shown(usd: string): string {
  const [whole = "", decimals = ""] = usd.split(".");
  return `$${whole}.${decimals.padEnd(2, "0")}`;
}

const costs = (page: Page) =>
  page
    .getByRole("group", { name: "Costs" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

test.each([
  [
    "as it stands at first",
    { usage: { input: 10_000_000, output: 2_000_000 }, requests: 1_000 },
    async () => undefined,
  ],
  [
    "with every slider moved",
    { usage: { input: 20_000_000, output: 1_000_000, cached: "35%" }, requests: 2_000 },
    async (page: Page) => {
      await page.getByRole("slider", { name: /^Input tokens/ }).press("ArrowRight");
      await page.getByRole("slider", { name: /^Output tokens/ }).press("ArrowLeft");
      await page.getByRole("slider", { name: /^In so many requests/ }).press("ArrowRight");
      for (let step = 0; step < 7; step += 1)
        await page.getByRole("slider", { name: /^Of the input from a cache/ }).press("ArrowRight");
    },
  ],
  [
    "as a batch, which few offer",
    { usage: { input: 10_000_000, output: 2_000_000 }, requests: 1_000, tier: "batch" },
    async (page: Page) => page.getByRole("checkbox", { name: "As a batch" }).check(),
  ],
] as const)("the cost at every offer is what `modeldex price` prints, %s", async (_how, usage, move) => {
  const page = await openPage("/about");
  let asked: Usage | undefined;
  page.on("request", (request) => {
    // What the page itself sends.
    if (request.url().endsWith("/v1/cost")) asked = JSON.parse(request.postData() ?? "") as Usage;
  });
  await page.goto(`${stage.url}/compare?models=${MODEL}`);
  await costs(page).first().waitFor(WAIT);
  await move(page);
  await page.waitForLoadState("networkidle");
  if (asked === undefined) throw new Error("the page asked for no cost");
  expect(asked).toEqual({ model: MODEL, ...usage });
  const { data } = await priceOf(asked);
  expect(data.length).toBeGreaterThan(asked.tier === undefined ? 2 : 0);
  await expect
    .poll(() => costs(page).locator("td:nth-child(2)").allTextContents(), WAIT)
    .toEqual(data.map(({ usd }) => shown(usd)));
  const drawn = await costs(page).locator("td:nth-child(3) > span").all();
  const bars = await Promise.all(drawn.map(async (bar) => (await bar.boundingBox())?.width ?? 0));
  expect(bars).toEqual(bars.toSorted((a, b) => a - b));
  expect(bars.at(-1)).toBeGreaterThan(0);
});

test("the usage stands in the address: who opens it sees the same cost", async () => {
  const page = await openPage(`/compare?models=${MODEL}`);
  await costs(page).first().waitFor(WAIT);
  await page.getByRole("slider", { name: /^Input tokens/ }).press("ArrowRight");
  await page.getByRole("slider", { name: /^Of the input from a cache/ }).press("ArrowRight");
  await page.getByRole("checkbox", { name: "As a batch" }).check();
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams), WAIT)
    .toEqual({ models: MODEL, input: "20000000", cached: "5", tier: "batch" });
  const sent = page.waitForRequest(/\/v1\/cost$/);
  await page.reload();
  const asked: unknown = (await sent).postDataJSON();
  expect(asked).toEqual({
    model: MODEL,
    usage: { input: 20_000_000, output: 2_000_000, cached: "5%" },
    requests: 1_000,
    tier: "batch",
  });
  await page.goto(`${stage.url}/compare?models=${MODEL}&input=3100000&requests=nonsense`);
  await costs(page).first().waitFor(WAIT);
  expect(await page.getByRole("slider", { name: /^Input tokens/ }).getAttribute("aria-valuetext")).toBe("2M");
});

test("another spelling of a model can be taken away, and stands there once", async () => {
  const page = await openPage(`/compare?models=${MODEL},${MODEL.toUpperCase()},${other}`);
  await page.getByRole("rowheader", { name: "Context, tokens" }).waitFor(WAIT);
  await page.waitForLoadState("networkidle");
  expect(await page.getByRole("columnheader").filter({ hasText: MODEL }).count()).toBe(1);
  await page.getByRole("button", { name: `Take away ${other}` }).click();
  await expect.poll(() => new URL(page.url()).search, WAIT).not.toContain(other);
});

test("what nobody states of one model is no difference", async () => {
  const page = await openPage(`/compare?models=${MODEL},${other}`);
  await page.getByRole("rowheader", { name: "Context, tokens" }).waitFor(WAIT);
  await page.waitForLoadState("networkidle");
  const groups = page.getByRole("table").first().locator("tbody");
  let compared = 0;
  for (const group of await groups.all()) {
    const title = (await group.locator("tr").first().textContent()) ?? "";
    const rows = await group.locator("tr").all();
    const lines = await Promise.all(rows.map((row) => row.locator("td").allTextContents()));
    const cells = lines.filter((line) => line.length === 2);
    compared += cells.length;
    const isDifference = title.startsWith("What differs");
    const isSame = title.startsWith("What is the same");
    const misplaced = cells.filter(
      ([left, right]) => (isDifference && (left === "–" || right === "–")) || (isSame && left !== right),
    );
    expect(misplaced).toEqual([]);
  }
  expect(compared).toBeGreaterThan(5);
});

test("at most six stand side by side, and it is said", async () => {
  const ids = ["a", "b", "c", "d", "e", "f", "g"].map((name) => `nobody/${name}`);
  const page = await openPage(`/compare?models=${ids.join(",")}`);
  await page.getByText("At most 6 stand side by side").waitFor(WAIT);
  await expect.poll(() => page.getByRole("alert").count(), WAIT).toBe(6);
});

test.each(["light", "dark"] as const)("in the %s it breaks no rule of accessibility", async (colorScheme) => {
  const page = await openPage(`/compare?models=${MODEL},${other}`, { colorScheme });
  await costs(page).first().waitFor(WAIT);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENSHOTS, `compare-two-${colorScheme}.png`) });
  expect(stage.complaints).toEqual([]);
});
