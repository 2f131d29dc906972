/** The explorer in a real browser: what people do with it, by mouse, by keys, on a phone, in the dark. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";

const SCREENSHOTS = new URL("../../.cache/screenshots/", import.meta.url).pathname;
const PAGES = [
  "/",
  "/models/openai/gpt-oss-120b",
  "/compare",
  "/map",
  "/changes",
  "/sources",
  "/check",
  "/about",
];
const WAIT = { timeout: 15_000 };
/** The head, the search and the buttons beside it. */
const TABS_MAX = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  mkdirSync(SCREENSHOTS, { recursive: true });
}, 120_000);
afterAll(() => stage.close());
afterEach(async () => {
  for (const context of stage.browser.contexts()) await context.close();
});

const status = (page: Page) => page.getByRole("main").getByRole("status").first();
const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("cell") });

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

describe("the table of models", () => {
  test("is searched as one types, with the matched part marked, and the address holds it", async () => {
    const page = await stage.open("/");
    await rows(page).first().waitFor(WAIT);
    await page.getByRole("searchbox", { name: "Search models" }).fill("gpt-oss");
    await expect.poll(() => page.locator("mark").first().textContent(), WAIT).toBe("gpt-oss");
    expect(new URL(page.url()).searchParams.get("q")).toBe("gpt-oss");
    await page.reload();
    await rows(page).first().waitFor(WAIT);
    expect(await page.getByRole("searchbox", { name: "Search models" }).inputValue()).toBe("gpt-oss");
  });

  test("is narrowed by filters whose counts are the rows that are left, and back takes one away", async () => {
    const page = await stage.open("/");
    const filters = page.getByRole("complementary", { name: "Filters" });
    const groq = filters.getByRole("listitem").filter({ hasText: /^groq/ }).first();
    await filters.getByRole("button", { name: /more$/ }).first().click(WAIT);
    await groq.waitFor(WAIT);
    const counted = Number((await groq.textContent())?.replace("groq", ""));
    expect(counted).toBeGreaterThan(0);
    await groq.getByRole("checkbox").check();
    await expect
      .poll(() => status(page).textContent(), WAIT)
      .toBe(`${counted} model${counted === 1 ? "" : "s"}`);
    await filters.getByText("Takes in").click();
    await filters.getByRole("listitem").filter({ hasText: /^text/ }).first().getByRole("checkbox").check();
    await expect.poll(() => new URL(page.url()).search, WAIT).toContain("input=text");
    await page.goBack();
    await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?gateway=groq");
    await expect
      .poll(() => status(page).textContent(), WAIT)
      .toBe(`${counted} model${counted === 1 ? "" : "s"}`);
  });

  test("is sorted by its heads: the cheapest first, unknown last, then the other way round", async () => {
    const page = await stage.open("/");
    await rows(page).first().waitFor(WAIT);
    await page.getByRole("columnheader", { name: "Input $/M" }).getByRole("button").click();
    await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?sort=input_price");
    await settled(page);
    const cheapest = await rows(page).first().textContent();
    await page.getByRole("columnheader", { name: "Input $/M" }).getByRole("button").click();
    await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?sort=input_price&order=desc");
    await expect.poll(() => rows(page).first().textContent(), WAIT).not.toBe(cheapest);
    expect(await rows(page).first().textContent()).toMatch(/\$\d/);
  });

  test("is walked by keys alone: search, rows, compare, open, and back", async () => {
    const page = await stage.open("/");
    await rows(page).first().waitFor(WAIT);
    await page.keyboard.press("/");
    await page.keyboard.type("gpt");
    await expect.poll(() => page.locator("mark").count(), WAIT).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("c");
    await page.getByRole("link", { name: "Compare 1" }).waitFor(WAIT);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1 }).waitFor(WAIT);
    expect(new URL(page.url()).pathname).toMatch(/^\/models\//);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.get("q"), WAIT).toBe("gpt");
  });
});

describe("the keyboard alone", () => {
  test("leads from the first key to a comparison of two", async () => {
    const page = await stage.open("/");
    await rows(page).nth(2).waitFor(WAIT);
    for (const key of ["j", "c", "j", "c"]) await page.keyboard.press(key);
    const link = page.getByRole("link", { name: "Compare 2" });
    await link.waitFor(WAIT);
    const isThere = async () => (await page.evaluate("document.activeElement?.textContent")) === "Compare 2";
    for (let tabs = 0; tabs < TABS_MAX && !(await isThere()); tabs += 1) await page.keyboard.press("Tab");
    expect(await isThere()).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("rowheader", { name: "Context, tokens" }).waitFor(WAIT);
    expect(new URL(page.url()).pathname).toBe("/compare");
    expect(await page.getByRole("button", { name: /^Take away/ }).count()).toBe(2);
  });
});

describe("a model", () => {
  test("shows its offers, and a call that is copied with the right address and id", async () => {
    const page = await stage.open("/models/openai/gpt-oss-120b", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("heading", { name: /^Offers \(\d+\)$/ }).waitFor(WAIT);
    await page.getByRole("combobox", { name: "Offer" }).selectOption({ label: "groq" });
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toContain("https://api.groq.com/openai/v1/chat/completions");
    expect(copied).toContain('"model":"openai/gpt-oss-120b"');
  });

  test("that is not there is said, with the server's words", async () => {
    const page = await stage.open("/models/nobody/nothing-at-all");
    const heading = page.getByRole("heading", { name: "There is no such model" });
    await heading.waitFor(WAIT);
    expect(await page.getByRole("main").textContent()).toContain("nobody/nothing-at-all");
  });

  test("costs what the server says, offer by offer", async () => {
    const page = await stage.open("/models/openai/gpt-oss-120b");
    const table = page.getByRole("group", { name: "Costs" });
    await table.getByRole("row").nth(1).waitFor(WAIT);
    const response = await fetch(`${stage.url}/v1/cost`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: "openai/gpt-oss-120b",
        usage: { input: 10_000_000, output: 2_000_000 },
        requests: 1_000,
      }),
    });
    // The answer of our own route.
    const { data } = (await response.json()) as { readonly data: readonly { readonly usd: string }[] };
    const [cheapest] = data;
    const [whole, decimals = ""] = (cheapest?.usd ?? "").split(".");
    expect(await table.getByRole("row").nth(1).textContent()).toContain(
      `$${whole}.${decimals.padEnd(2, "0")}`,
    );
  });
});

describe("the comparison", () => {
  test("of three says what differs first", async () => {
    const page = await stage.open("/");
    await rows(page).nth(2).waitFor(WAIT);
    for (const index of [0, 1, 2]) await rows(page).nth(index).getByRole("checkbox").check();
    await page.getByRole("link", { name: "Compare 3" }).click();
    await page.getByRole("rowheader", { name: "Context, tokens" }).waitFor(WAIT);
    const text = (await page.getByRole("table").first().textContent()) ?? "";
    expect(text.indexOf("What differs")).toBeLessThan(text.indexOf("What is the same"));
    await page
      .getByRole("button", { name: /^Take away/ })
      .first()
      .click();
    await expect.poll(() => page.getByRole("button", { name: /^Take away/ }).count(), WAIT).toBe(2);
  });
});

describe("the map", () => {
  test("filters the table by a frame that is drawn on it", async () => {
    const page = await stage.open("/map");
    const box = await page.getByRole("img").boundingBox(WAIT);
    if (box === null) throw new Error("the map has no place");
    await page.mouse.move(box.x + 60, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + box.height - 40, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).search, WAIT).toMatch(/min_input_price=.*max_context=/);
    await rows(page).first().waitFor(WAIT);
  });
});

describe("every page", () => {
  test.each(PAGES)("%s breaks no rule of accessibility, in light and in the dark", async (path) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await stage.open(path, { colorScheme });
      await settled(page);
      await page.evaluate("document.fonts.ready");
      const name = path === "/" ? "models" : path.slice(1).replaceAll("/", "-");
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`) });
      expect(await violations(page)).toEqual([]);
      await page.close();
    }
  });

  test.each(PAGES)("%s fits on a phone without scrolling sideways", async (path) => {
    const page = await stage.open(path, { viewport: { width: 390, height: 844 } });
    await settled(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    const about = await page.getByRole("link", { name: "About" }).boundingBox();
    expect((about?.x ?? 999) + (about?.width ?? 999)).toBeLessThanOrEqual(390);
    const name = path === "/" ? "models" : path.slice(1).replaceAll("/", "-");
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-phone.png`) });
  });

  test("did all that without an error or a refusal of its policy", () => {
    expect(stage.complaints).toEqual([]);
  });
});
