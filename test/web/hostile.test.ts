/** What an upstream wrote stays text on every page, and what only the operator may do is refused to everybody else. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, type Browser, type Page } from "playwright-core";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { ADMIN_KEY, fakeApplication } from "../serve/support/application.ts";
import { HOSTILE, NOW } from "../serve/support/catalog.ts";
import { served, type Served } from "../serve/support/server.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const WAIT = { timeout: 15_000 };

let browser: Browser;
let server: Served;
let url: string;
const complaints: string[] = [];

beforeAll(async () => {
  const health = await fakeApplication().ledger.health();
  server = served({
    shelf: hostileShelf(),
    health: async () => health.map((each) => ({ ...each, held: 9 })),
    provenance: hostileProvenance(),
  });
  url = await server.listen();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** One model whose every text is an attack. */
function hostileShelf(): Shelf {
  const id = `~groq/${HOSTILE}`;
  const document = {
    id,
    object: "model",
    name: HOSTILE,
    owned_by: HOSTILE,
    description: HOSTILE,
    license: HOSTILE,
    variant_of: HOSTILE,
    aliases: [HOSTILE],
    task: HOSTILE,
    tags: [HOSTILE],
    context_tokens: 4_096,
    cheapest: { offer: `groq/groq/${HOSTILE}`, input_per_million: "1", output_per_million: "1" },
    created: NOW / 1_000,
    updated_at: new Date(NOW).toISOString(),
    offers_count: 1,
    gateways: ["groq"],
  };
  const offer = {
    id: `groq/groq/${HOSTILE}`,
    object: "offer",
    gateway: "groq",
    provider: "groq",
    native_id: HOSTILE,
    model: id,
    link: { rule: "unlinked", evidence: HOSTILE, candidates: [`${HOSTILE}-2`], points_to: HOSTILE },
    source: "groq",
    call: { protocol: "openai-chat", base_url: "https://groq.example/v1", model: HOSTILE },
  };
  const offers = [{ id: offer.id, document: offer }];
  return { catalog: buildCatalog([{ id, aliases: [], document, offers }], 7, NOW), freshness: new Map() };
}

/** Sources that say hostile words of everything. */
function hostileProvenance(): ReturnType<typeof fakeApplication>["provenance"] {
  const word = { value: HOSTILE, source: HOSTILE, offer: HOSTILE, observedAt: NOW, since: NOW };
  const said = [word, { ...word, value: [HOSTILE] }, { ...word, value: { [HOSTILE]: true } }];
  return {
    ...fakeApplication().provenance,
    explain: async () => ({ model: new Map([["lab", said]]), offers: new Map() }),
  };
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.on("dialog", (dialog) => {
    complaints.push(`a script ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  await page.goto(`${url}${path}`);
  return page;
}

test("a hostile name is shown as it is written, and nothing of it runs", async () => {
  const table = await open("/");
  await table.getByRole("cell").getByText("<script>alert(1)</script>").first().waitFor(WAIT);
  const model = await open(`/models/${encodeURIComponent("~groq")}/${encodeURIComponent(HOSTILE)}`);
  await model.getByRole("heading", { level: 1 }).waitFor(WAIT);
  expect(await model.getByRole("heading", { level: 1 }).textContent()).toContain("<script>");
  await model.getByRole("button", { name: "Who says so: Lab" }).click();
  const said = model.getByRole("group", { name: "Who says so: Lab" });
  await said.getByText("something else").waitFor(WAIT);
  expect(await said.textContent()).toContain("<script>alert(1)</script>");
  await model.getByRole("heading", { name: "Variants and other names" }).waitFor(WAIT);
  expect(await model.locator("main script").count()).toBe(0);
  expect(complaints).toEqual([]);
});

const ENCODED = encodeURIComponent(HOSTILE);

test.each([
  "/",
  `/?q=${ENCODED}&lab=${ENCODED}`,
  "/?columns=license,created,billing&q=script",
  `/models/${encodeURIComponent("~groq")}/${ENCODED}`,
  `/compare?models=${encodeURIComponent(`~groq/${HOSTILE}`)}`,
  `/compare?models=${ENCODED}`,
  "/map",
  "/changes",
  `/changes?model=${ENCODED}`,
  "/sources",
  `/check?model=${ENCODED}&provider=${ENCODED}`,
  "/about",
])("on %s it is text: nothing of it runs, nor is it refused by the policy", async (path) => {
  const page = await open(path);
  await page.waitForLoadState("networkidle");
  expect(await page.getByRole("main").textContent()).not.toBe("");
  expect(await page.locator("#root script, #root img, #root iframe, #root [onerror]").count()).toBe(0);
  await page.close();
  expect(complaints).toEqual([]);
});

test("what a run held is accepted with the admin key, and with no other", async () => {
  const page = await open("/sources");
  const accept = page.getByRole("button", { name: /^Accept/ }).first();
  await accept.click(WAIT);
  await page.getByRole("alert").waitFor(WAIT);
  expect(await page.getByRole("alert").textContent()).toContain("401");
  expect(server.application.commands).toEqual([]);
  await page.getByLabel("Admin key, kept in this page only").fill(ADMIN_KEY);
  await accept.click();
  await expect.poll(() => server.application.commands.length, WAIT).toBe(1);
  expect(
    await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])"),
  ).not.toContain(ADMIN_KEY);
});
