/** The page of changes in a real browser: its views, its filters, and how one is told of exactly what it shows. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openStage, type Stage } from "./stage.ts";

const WAIT = { timeout: 15_000 };
const GROQ = "api.groq.com/openai/v1/models";
const GROQ_LIST = new URL("../../fixtures/groq/models.json", import.meta.url);
/** Before the fixtures were written. */
const BEFORE = { date: new Date("2025-01-01T00:00:00Z").toUTCString(), "content-type": "application/json" };

interface GroqModel {
  readonly id: string;
  readonly pricing?: { readonly prompt?: string; readonly completion?: string };
}

/** One model is dearer in its input and cheaper in its output, one is not there yet, and one is that goes. */
function listBefore(): object {
  // The fixture was written by hand in this form.
  const list = JSON.parse(readFileSync(GROQ_LIST, "utf8")) as { readonly data: readonly GroqModel[] };
  const [first, second, ...rest] = list.data;
  if (first === undefined || second === undefined) throw new Error("the fixture has lost its models");
  const pricing = { ...first.pricing, prompt: "0.0000003", completion: "0.0000004" };
  return {
    ...list,
    data: [{ ...first, pricing }, ...rest, { ...second, id: "heron-that-went", name: "Heron that went" }],
  };
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(undefined, {}, (upstreams) =>
    upstreams.setBody(GROQ, () => ({ headers: BEFORE, body: JSON.stringify(listBefore()) })),
  );
}, 120_000);
afterAll(() => stage.close());
afterEach(async () => {
  for (const context of stage.browser.contexts()) await context.close();
});

const lines = (page: Page) => page.getByRole("main").locator("section > ul > li");
const view = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function idsShown(page: Page): Promise<readonly string[]> {
  await lines(page).first().waitFor(WAIT);
  await page.waitForLoadState("networkidle");
  return page.getByRole("main").locator("section > ul > li a").allTextContents();
}

test("new, gone, cheaper and dearer are each what happened, and the address holds the view", async () => {
  const page = await stage.open("/changes");
  await lines(page).first().waitFor(WAIT);
  await view(page, "New this week").click();
  await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?kind=added&since=7d");
  expect(await idsShown(page)).toContain("groq/groq/heron-speaks");
  expect((await lines(page).allTextContents()).every((line) => /(offer|model) added/.test(line))).toBe(true);

  await view(page, "Gone").click();
  await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?kind=removed");
  expect(await idsShown(page)).toContain("groq/groq/heron-that-went");

  await view(page, "Cheaper").click();
  await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?topic=cheaper");
  expect(await idsShown(page)).toContain("groq/groq/openai/gpt-oss-120b");
  await lines(page).getByText("input: $0.30 a million → $0.15 a million").first().waitFor(WAIT);
  expect(await lines(page).getByText("cheaper (-50 %)").count()).toBeGreaterThan(0);

  await view(page, "Dearer").click();
  await lines(page).getByText("dearer (+50 %)").first().waitFor(WAIT);
  await page.reload();
  await lines(page).getByText("dearer (+50 %)").first().waitFor(WAIT);
  expect(await view(page, "Dearer").getAttribute("aria-pressed")).toBe("true");
  await page.goBack();
  await expect.poll(() => view(page, "Cheaper").getAttribute("aria-pressed"), WAIT).toBe("true");
});

test("a change leads to its model, and back to where one was", async () => {
  const page = await stage.open("/changes?topic=cheaper");
  await lines(page).getByRole("link", { name: "groq/groq/openai/gpt-oss-120b" }).first().click(WAIT);
  await page.getByRole("heading", { name: /^Offers/ }).waitFor(WAIT);
  expect(new URL(page.url()).pathname).toBe("/models/openai/gpt-oss-120b");
  await page.goBack();
  await expect.poll(() => view(page, "Cheaper").getAttribute("aria-pressed"), WAIT).toBe("true");
  expect(new URL(page.url()).search).toBe("?topic=cheaper");
});

test("filters narrow it, and a name that nobody knows is answered with a guess", async () => {
  const page = await stage.open("/changes");
  await lines(page).first().waitFor(WAIT);
  await page.getByRole("combobox", { name: "Of", exact: true }).selectOption("model");
  await expect.poll(() => new URL(page.url()).search, WAIT).toBe("?subject=model");
  await expect
    .poll(async () => (await lines(page).allTextContents()).some((line) => line.includes("offer ")), WAIT)
    .toBe(false);
  await page.getByRole("combobox", { name: "Gateway" }).fill("grok");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor(WAIT);
  expect(await page.getByRole("alert").textContent()).toContain("groq");
});

test("feeds hold exactly the view, and a watch asks for it in words that the server takes", async () => {
  const page = await stage.open("/changes?gateway=groq&topic=cheaper");
  await lines(page).first().waitFor(WAIT);
  const shown = await idsShown(page);
  await page.getByText("Subscribe", { exact: true }).click();
  const atom = await page.getByRole("link", { name: "Atom" }).getAttribute("href");
  const json = await page.getByRole("link", { name: "JSON Feed" }).getAttribute("href");
  expect(new URL(atom ?? "", stage.url).search).toBe("?gateway=groq&topic=cheaper");
  const feed = await fetch(new URL(json ?? "", stage.url));
  // A JSON Feed of our own.
  const { items } = (await feed.json()) as { readonly items: readonly { readonly title: string }[] };
  expect(items.map(({ title }) => title.slice(0, title.indexOf(":")))).toEqual([...new Set(shown)]);
  expect(await (await fetch(new URL(atom ?? "", stage.url))).text()).toContain(
    "groq/groq/openai/gpt-oss-120b",
  );
  expect(await page.getByRole("region", { name: "Webhook, on the server" }).textContent()).toBe(
    "modeldex watch add --url https://example.com/hook --gateway groq --topic cheaper",
  );
  const command = (await page.getByRole("region", { name: /^Webhook, over HTTP/ }).textContent()) ?? "";
  const body: unknown = JSON.parse(/-d '(.*)'$/.exec(command)?.[1] ?? "");
  expect(body).toEqual({ url: "https://example.com/hook", gateway: "groq", topic: "cheaper" });
  const taken = await fetch(`${stage.url}/v1/watches`, {
    method: "POST",
    headers: { authorization: "Bearer a key for tests", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(taken.status).toBe(200);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("link", { name: "Atom" }).isVisible(), WAIT).toBe(false);
});

test("hostile words of an address stay words, on the page and in the commands", async () => {
  const word = `'; rm -rf ~ #<img src=x onerror=alert(1)>`;
  const page = await stage.open(`/changes?model=${encodeURIComponent(word)}`);
  await page.getByText("Subscribe", { exact: true }).click(WAIT);
  const command = (await page.getByRole("region", { name: "Webhook, on the server" }).textContent()) ?? "";
  expect(command).toContain(String.raw`--model ''\''; rm -rf ~ #<img src=x onerror=alert(1)>'`);
  expect(await page.locator("main img").count()).toBe(0);
});

test("fits on a phone and breaks no rule of accessibility there", async () => {
  const page = await stage.open("/changes?topic=cheaper", {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
  });
  await lines(page).first().waitFor(WAIT);
  await page.getByText("Subscribe", { exact: true }).click();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  const box = await page.getByRole("region", { name: "Webhook, on the server" }).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
  expect(stage.complaints).toEqual([]);
});
