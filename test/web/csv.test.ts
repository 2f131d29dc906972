/** The CSV file in a real browser: exactly the rows and the columns that are shown, and nothing that a spreadsheet would calculate. */
import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { NOW } from "../serve/support/catalog.ts";
import { served, type Served } from "../serve/support/server.ts";
import { readCsv } from "./csv-reader.ts";
import { CHROMIUM, CHROMIUM_FLAGS } from "./stage.ts";

const WAIT = { timeout: 15_000 };
const HOSTILE_NAMES = [
  '=HYPERLINK("http://evil.example","x")',
  "+1+1",
  "-2+3",
  "@SUM(A1:A9)",
  "\t=1",
  "＝1+1",
  'says "this", and that',
  "two\r\nlines",
  "plain",
];
/** More than a page of the API. */
const ROWS = 1_203;

let browser: Browser;
let server: Served;
let url: string;

beforeAll(async () => {
  const models = Array.from({ length: ROWS }, (_, index) => model(index));
  server = served({ shelf: { catalog: buildCatalog(models, 7, NOW), freshness: new Map() } });
  url = await server.listen();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

function model(index: number) {
  const id = `lab-${index % 3}/m-${String(index).padStart(4, "0")}`;
  const billing = (["metered", "free", "subscription", "unknown"] as const)[index % 4];
  const offer = {
    id: `groq/groq/m-${index}`,
    object: "offer",
    gateway: "groq",
    provider: "groq",
    native_id: `m-${index}`,
    model: id,
    link: { rule: "id", evidence: "the test says so" },
    billing,
    source: "groq",
  };
  const document = {
    id,
    object: "model",
    name: HOSTILE_NAMES[index % HOSTILE_NAMES.length],
    owned_by: id.slice(0, id.indexOf("/")),
    license: index % 2 === 0 ? "=cmd|' /C calc'!A0" : undefined,
    created: NOW / 1_000,
    updated_at: new Date(NOW).toISOString(),
    offers_count: 1,
    gateways: ["groq"],
    billings: billing === "unknown" ? undefined : [billing],
    ...(billing === "metered" || billing === "free"
      ? {
          cheapest: {
            offer: offer.id,
            input_per_million: billing === "free" ? "0" : "0.1",
            output_per_million: billing === "free" ? "0" : "0.25",
          },
        }
      : {}),
  };
  return { id, aliases: [], document, offers: [{ id: offer.id, document: offer }] };
}

async function saved(page: Page): Promise<readonly (readonly string[])[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("models.csv");
  return readCsv(readFileSync(await download.path(), "utf8"));
}

test("holds every row that fits, in the table's order, with the columns that are shown", async () => {
  const page = await browser.newPage({ viewport: { width: 1_360, height: 850 } });
  await page.goto(`${url}/?lab=lab-1&sort=name&order=desc&columns=input_price,license,billing`);
  await page.getByRole("row").nth(3).waitFor(WAIT);
  const [head, ...rows] = await saved(page);
  const shown = await page.getByRole("columnheader").allTextContents();
  // A name stands beside its id in one cell of the table, and in a column of its own in the file.
  expect(head).toEqual(["Model", "Name", ...shown.slice(2).map((title) => title.replace(/ [↑↓]$/, ""))]);
  const asked = await fetch(`${url}/v1/models?lab=lab-1&sort=name&order=desc&limit=1000&fields=id`);
  // The answer of our own route.
  const { data, total } = (await asked.json()) as {
    readonly data: readonly { readonly id: string }[];
    readonly total: number;
  };
  expect(rows.length).toBe(total);
  expect(rows.map(([id]) => id)).toEqual(data.map(({ id }) => id));
  const cells = page.getByRole("row").nth(2).getByRole("cell");
  const price = (await cells.nth(2).textContent()) ?? "";
  expect(priceShown(rows[1]?.[2] ?? "")).toBe(price);
});

function priceShown(cell: string): string {
  if (cell === "") return "–";
  if (cell === "0") return "free";
  return /^\d/.test(cell) ? `$${cell.padEnd(cell.indexOf(".") + 3, "0")}` : cell;
}

test("holds more rows than one answer of the API, each once", async () => {
  const page = await browser.newPage();
  await page.goto(`${url}/`);
  await page.getByRole("row").nth(3).waitFor(WAIT);
  const [, ...rows] = await saved(page);
  expect(new Set(rows.map(([id]) => id)).size).toBe(ROWS);
  expect(rows.length).toBe(ROWS);
});

test("has no cell that a spreadsheet would calculate, and changes no other", async () => {
  const page = await browser.newPage();
  await page.goto(`${url}/?columns=license`);
  await page.getByRole("row").nth(3).waitFor(WAIT);
  const cells = (await saved(page)).flat();
  expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/u.test(cell))).toEqual([]);
  for (const name of HOSTILE_NAMES) expect(cells).toContain(/^[=+\-@\t＝]/u.test(name) ? `'${name}` : name);
  expect(cells).toContain("'=cmd|' /C calc'!A0");
});

test("free, by subscription and unknown look different, in the table and in the file", async () => {
  const page = await browser.newPage({ viewport: { width: 1_360, height: 850 } });
  await page.goto(`${url}/?sort=name&lab=lab-0`);
  await page.getByRole("row").nth(8).waitFor(WAIT);
  const column = (await page.getByRole("columnheader").allTextContents()).findIndex((title) =>
    title.startsWith("Input"),
  );
  const shown = new Set<string>();
  for (const row of await page.getByRole("row").all()) {
    const cell = row.getByRole("cell").nth(column);
    if ((await cell.count()) > 0) shown.add((await cell.textContent()) ?? "");
  }
  expect(shown).toEqual(new Set(["$0.10", "free", "subscription", "–"]));
  const [head, ...rows] = await saved(page);
  const place = head?.indexOf("Input $/M") ?? -1;
  expect(new Set(rows.map((row) => row[place]))).toEqual(new Set(["0.1", "0", "subscription", ""]));
});
