/** The page of a model in a real browser: who says so, by mouse, by keys and by finger; calls in every protocol; prices over time. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";

const WAIT = { timeout: 15_000 };
const GPT_OSS = "/models/openai/gpt-oss-120b";
/** Before the fixtures were written. */
const BEFORE = { date: new Date("2025-01-01T00:00:00Z").toUTCString(), "content-type": "application/json" };
const GROQ_LIST = new URL("../../fixtures/groq/models.json", import.meta.url);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(undefined, {}, (upstreams) => {
    const dearer = readFileSync(GROQ_LIST, "utf8").replace('"prompt": "0.00000015"', '"prompt": "0.0000003"');
    upstreams.setBody("api.groq.com/openai/v1/models", () => ({ headers: BEFORE, body: dearer }));
  });
}, 120_000);
afterAll(() => stage.close());
afterEach(async () => {
  for (const context of stage.browser.contexts()) await context.close();
});

const mark = (page: Page, title: string) =>
  page.getByRole("button", { name: `Who says so: ${title}`, exact: true });
const sheet = (page: Page, title: string) =>
  page.getByRole("group", { name: `Who says so: ${title}`, exact: true });

async function explanationsAsked(page: Page): Promise<number> {
  const names = await page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
  return (names as readonly string[]).filter((name) => name.includes("explain=1")).length;
}

describe("who says so", () => {
  test("is shown under the mouse, asked once and only then, and gone with it", async () => {
    const page = await stage.open(GPT_OSS);
    await mark(page, "Context").waitFor(WAIT);
    await page.waitForLoadState("networkidle");
    expect(await explanationsAsked(page)).toBe(0);
    await page
      .getByRole("definition")
      .filter({ has: mark(page, "Context") })
      .getByText(/tokens$/)
      .hover();
    await sheet(page, "Context").getByText(/^says/).waitFor(WAIT);
    const text = (await sheet(page, "Context").textContent()) ?? "";
    const { explain } = (await (await fetch(`${stage.url}/v1${GPT_OSS}?explain=1`)).json()) as {
      readonly explain: {
        readonly model: { readonly context_tokens: { readonly source: string; readonly rule: string } };
      };
    };
    expect(text).toContain(explain.model.context_tokens.source);
    expect(text).toContain(explain.model.context_tokens.rule);
    await page.mouse.move(2, 2);
    await sheet(page, "Context").waitFor({ state: "detached", ...WAIT });
    await mark(page, "License").or(mark(page, "Lab")).first().hover();
    await page.getByRole("group", { name: /^Who says so/ }).waitFor(WAIT);
    expect(await explanationsAsked(page)).toBe(1);
  });

  test("is reached by the keyboard alone, and Escape closes it", async () => {
    const page = await stage.open(GPT_OSS);
    await mark(page, "Lab").waitFor(WAIT);
    await mark(page, "Name").focus();
    for (let presses = 0; presses < 20; presses += 1) {
      const focused = await page.evaluate("document.activeElement?.getAttribute('aria-label')");
      if (focused === "Who says so: Lab") break;
      await page.keyboard.press("Tab");
    }
    await sheet(page, "Lab").getByText(/^says/).waitFor(WAIT);
    expect(await mark(page, "Lab").getAttribute("aria-expanded")).toBe("true");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await sheet(page, "Lab").waitFor({ state: "detached", ...WAIT });
    await page.keyboard.press("Enter");
    await sheet(page, "Lab").waitFor(WAIT);
  });

  test("opens by a tap on a phone, stays within the screen, and closes by a tap elsewhere", async () => {
    const page = await stage.open(GPT_OSS, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await mark(page, "Created").waitFor(WAIT);
    await mark(page, "Created").tap();
    await sheet(page, "Created").getByText(/^says/).waitFor(WAIT);
    const box = await sheet(page, "Created").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await page.getByRole("heading", { level: 1 }).tap();
    await sheet(page, "Created").waitFor({ state: "detached", ...WAIT });
  });

  test("tells what others say of it, and of an offer's price who states it", async () => {
    const page = await stage.open(GPT_OSS);
    await mark(page, "Price at groq").click(WAIT);
    await sheet(page, "Price at groq").getByText(/^says/).waitFor(WAIT);
    expect(await sheet(page, "Price at groq").textContent()).toContain("groq");
    await mark(page, "Name").click();
    await sheet(page, "Name")
      .getByText(/something else/)
      .waitFor(WAIT);
  });
});

describe("offers", () => {
  test("state every part of a price, and lead to their call", async () => {
    const page = await stage.open(GPT_OSS);
    const table = page.getByRole("group", { name: /^Offers/ });
    const groq = table
      .getByRole("row")
      .filter({ has: page.getByRole("cell", { name: "groq", exact: true }) })
      .first();
    await groq.waitFor(WAIT);
    const text = (await groq.textContent()) ?? "";
    for (const part of [
      "input",
      "$0.15 a million",
      "output",
      "$0.60 a million",
      "cache read",
      "$0.075 a million",
    ])
      expect(text).toContain(part);
    await groq.getByRole("button", { name: /^snippet to call/ }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.get("call"), WAIT)
      .toBe("groq/groq/openai/gpt-oss-120b");
    const call = page.getByRole("region", { name: /^curl for groq/ });
    expect(await call.textContent()).toContain("https://api.groq.com/openai/v1/chat/completions");
    expect(await call.textContent()).toContain("$GROQ_API_KEY");
    await page.getByRole("button", { name: "Python" }).click();
    expect(await page.getByRole("region", { name: /^Python for groq/ }).textContent()).toContain(
      'base_url="https://api.groq.com/openai/v1"',
    );
  });
});

test("how fast an offer was is said where somebody measured it", async () => {
  const page = await stage.open("/models/deepseek-ai/DeepSeek-V4-Flash");
  const table = page.getByRole("group", { name: /^Offers/ });
  await table.getByText("120 tokens/s").first().waitFor(WAIT);
  const groq = await stage.open(GPT_OSS);
  await groq.getByRole("group", { name: /^Offers/ }).waitFor(WAIT);
  await groq.waitForLoadState("networkidle");
  expect(await groq.getByRole("columnheader", { name: "Speed" }).count()).toBe(0);
});

describe("the price history", () => {
  test("draws the offers that are chosen, those that moved first, and says what each costs now", async () => {
    const page = await stage.open(GPT_OSS);
    const legend = page.getByRole("group", { name: /^\$ a million/ });
    await legend.getByRole("listitem").first().waitFor(WAIT);
    expect(await legend.getByRole("listitem").first().textContent()).toContain(
      "groq/groq/openai/gpt-oss-120b",
    );
    const chart = page.getByRole("img", { name: /offers? over time$/ });
    const drawn = await legend.getByRole("checkbox", { checked: true }).count();
    await expect.poll(() => chart.getAttribute("aria-label"), WAIT).toContain(`${drawn} offer`);
    await legend.getByRole("checkbox").first().uncheck();
    await expect.poll(() => chart.getAttribute("aria-label"), WAIT).toContain(`: ${drawn - 1} offer`);
    await legend.getByRole("button", { name: "all" }).click();
    const all = await legend.getByRole("listitem").count();
    await expect.poll(() => chart.getAttribute("aria-label"), WAIT).toContain(`: ${all} offers`);
  });
});

test("what changed says which part of the price, from what to what, and which way", async () => {
  const page = await stage.open(GPT_OSS);
  const changes = page.getByRole("region", { name: "Changes" });
  await changes.getByText("input: $0.30 a million → $0.15 a million").first().waitFor(WAIT);
  expect(await changes.getByText("cheaper (-50 %)").count()).toBeGreaterThan(0);
});

test("the page breaks no rule of accessibility with everything open, light and dark", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await stage.open(GPT_OSS, { colorScheme });
    await mark(page, "Price at groq").click(WAIT);
    await sheet(page, "Price at groq").getByText(/^says/).waitFor(WAIT);
    expect(await violations(page)).toEqual([]);
    await page.close();
  }
  expect(stage.complaints).toEqual([]);
});
