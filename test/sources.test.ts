/** One contract, run over every source in the registry and its hand-written fixtures. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Unit } from "../src/domain/price.ts";
import { idFault } from "../src/domain/text.ts";
import type { Listing } from "../src/domain/listing.ts";
import { READ_KEYS, UNREAD_KEYS } from "../src/kit/genai-sheet.ts";
import { configured } from "../src/kit/configured.ts";
import { mapItem, type Mapped } from "../src/kit/map.ts";
import { valueAt } from "../src/kit/paging.ts";
import { itemsOf as itemsOfPage } from "../src/kit/parse.ts";
import type { Source } from "../src/kit/source.ts";
import { EDITION_VERSION, genaiPrices } from "../src/sources/genai-prices.ts";
import { SOURCES } from "../src/sources/index.ts";

interface Fixture {
  readonly file: string;
  readonly source: string;
  readonly url: string;
  readonly rows: number;
}

const FIXTURES = join(import.meta.dirname, "../fixtures");
const INDEX = readJson("index.json") as readonly Fixture[];

/** Dearer than this for one unit is a unit mistake in a source, not a price. */
const USD_MAX: { readonly [unit in Unit]: number } = {
  token: 0.01,
  character: 0.01,
  image: 10,
  second: 10,
  request: 10,
  search: 10,
  megapixel: 10,
  hour: 1_000,
  page: 10,
};
/** Cheaper than this for one token or character is a unit mistake too: a ten-thousandth of a dollar for a million. */
const USD_MIN = 1e-10;

/** What no upstream should send, and every one might. */
const GARBAGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -5,
  0.5,
  1e12,
  1e300,
  "",
  "1,5",
  "NaN",
  "1e999",
  "-5",
  "__proto__",
  "constructor",
  "\ud800",
  "a\u0000b",
  " ",
  "x".repeat(5_000),
  [],
  [null],
  [1],
  [["x"]],
  {},
  { __proto__: null, constructor: 1 },
  { price: { price: {} } },
];

test("the registry is the folder", () => {
  const files = readdirSync(join(import.meta.dirname, "../src/sources")).filter(
    (file) => file !== "index.ts",
  );
  expect(SOURCES.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
});

test("every source has fixtures, and every fixture a source", () => {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ids = SOURCES.map(({ id }) => id).toSorted();
  expect(
    folders
      .map(({ name }) => name)
      .filter((name) => ids.includes(name))
      .toSorted(),
  ).toEqual(ids);
  for (const { file, source } of INDEX.filter((fixture) => ids.includes(fixture.source)))
    expect(file.startsWith(`${source}/`)).toBe(true);
});

describe.each(SOURCES.map((source) => ({ id: source.id, source })))("$id", ({ id, source }) => {
  const fixtures = INDEX.filter((fixture) => fixture.source === id);

  test.each(fixtures)("reads $file: every item is listed, no word is unknown", (fixture) => {
    const items = itemsOf(source, fixture.file);
    expect(items.length).toBe(fixture.rows);
    const mapped = items.map((item, place) => mapItem(source, item, `/${place}`));
    expect(mapped.filter(({ kind }) => kind !== "listed")).toEqual([]);
    expect(mapped.flatMap((one) => (one.kind === "listed" ? one.findings : []))).toEqual([]);
  });

  test("the main body gives the golden listings", async () => {
    const golden = join(FIXTURES, id, "golden.json");
    expect(readFileSync(golden, "utf8").length, "golden.json is there before it is compared").toBeGreaterThan(
      2,
    );
    await expect(`${JSON.stringify(listingsOf(source, `${id}/models.json`), null, 2)}\n`).toMatchFileSnapshot(
      golden,
    );
  });

  test.each(fixtures)("is pure on $file: the same twice, the item untouched", ({ file }) => {
    const before = JSON.stringify(itemsOf(source, file));
    const items = itemsOf(source, file);
    const first = items.map((item) => mapItem(source, item, "/0"));
    expect(items.map((item) => mapItem(source, item, "/0"))).toEqual(first);
    expect(JSON.stringify(items)).toBe(before);
  });

  test.each(fixtures)(
    "states sane prices in $file, and calls nothing free that is not stated to be",
    ({ file }) => {
      expect(listingsOf(source, file).flatMap(priceFaults)).toEqual([]);
    },
  );

  test("garbage in any field is a rejected item or a sane listing, never an exception", () => {
    const items = fixtures.flatMap(({ file }) => itemsOf(source, file));
    const broken = [...GARBAGE, ...items.flatMap((item) => [...withGarbage(item)])];
    expect(broken.flatMap((item) => harm(mapItem(source, item, "/0")))).toEqual([]);
  });

  test("asks an https origin or a server of the operator's own, and names a page where its wire is described", () => {
    expect(new URL(source.docs).protocol).toBe("https:");
    const asked = complete(source);
    if (asked.kind === "package") return;
    const { protocol, hostname } = new URL(asked.baseUrl);
    expect(asked.onlyByAddress ? hostname : protocol).toBe(asked.onlyByAddress ? "localhost" : "https:");
    for (const { path } of asked.views) expect(path.startsWith("/")).toBe(true);
    const [view] = asked.views;
    const { origin, pathname } = new URL(asked.baseUrl + view.path);
    const asPattern = new RegExp(`^${pathname.replace(":model", ".+")}$`);
    for (const fixture of fixtures.map(({ url }) => new URL(url))) {
      expect(fixture.origin).toBe(origin);
      expect(fixture.pathname).toMatch(asPattern);
    }
  });
});

describe("the package genai-prices", async () => {
  const entries = await Array.fromAsync(genaiPrices.read());
  const folder = dirname(createRequire(import.meta.url).resolve("@pydantic/genai-prices"));

  test("is the edition that the source dates", () => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));
    expect(valueAt(manifest, "version")).toBe(EDITION_VERSION);
    expect(genaiPrices.edition()).toBe(EDITION_VERSION);
  });

  test("holds no provider that is not read", () => {
    const bundle = readFileSync(join(folder, "index.js"), "utf8");
    const provider = /\bid: "([^"]+)",\s+name: "[^"]+",(?:\s+pricing_urls: \[[^\]]*\],)?\s+api_pattern:/g;
    const held = [...bundle.matchAll(provider)].map(([, id]) => id);
    expect(held.length).toBe([...bundle.matchAll(/\bapi_pattern: "/g)].length);
    expect(new Set(entries.map((entry) => valueAt(entry, "provider")))).toEqual(new Set(held));
  });

  test("is read without a rejected entry, and names each offer once", () => {
    const mapped = entries.map((entry) => mapItem(genaiPrices, entry, "/0"));
    expect(mapped.filter(({ kind }) => kind !== "listed")).toEqual([]);
    const listings = mapped.flatMap((one) => (one.kind === "listed" ? one.listings : []));
    expect(listings.flatMap(priceFaults)).toEqual([]);
    expect(
      new Set(listings.map(({ gateway, provider, nativeId }) => `${gateway}/${provider}/${nativeId}`)).size,
    ).toBe(entries.length);
  });

  test("holds no kind of price that is neither read nor known", () => {
    const keys = new Set(entries.flatMap((entry) => priceKeysOf(valueAt(entry, "model.prices"))));
    expect([...keys].filter((key) => !Object.hasOwn(READ_KEYS, key) && !UNREAD_KEYS.has(key))).toEqual([]);
  });
});

function priceKeysOf(prices: unknown): readonly string[] {
  if (Array.isArray(prices)) return prices.flatMap((period) => priceKeysOf(valueAt(period, "prices")));
  return typeof prices === "object" && prices !== null ? Object.keys(prices) : [];
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, file), "utf8"));
}

function itemsOf(source: Source, file: string): readonly unknown[] {
  return itemsOfPage(readJson(file), source.kind === "web" ? source : { items: "" });
}

/** The source with the settings that its address names, and with its own address where the operator sets one. */
function complete(source: Source): Source {
  const own = source.kind === "web" ? source.baseUrl : "";
  const addresses = {
    sourceUrls: new Map([[source.id, own]]),
    sourceCredentials: new Set<string>(),
    mirrorCredentials: false,
  };
  const asked = configured(source, addresses, (names) =>
    names.includes("CLOUDFLARE_ACCOUNT_ID") ? "example" : undefined,
  );
  if ("missing" in asked) throw new Error(asked.missing);
  return asked.source;
}

function listingsOf(source: Source, file: string): readonly Listing[] {
  return itemsOf(source, file).flatMap((item) => {
    const mapped = mapItem(source, item, "/0");
    return mapped.kind === "listed" ? mapped.listings : [];
  });
}

function priceFaults({ nativeId, facts }: Listing): readonly string[] {
  const prices = facts.prices ?? [];
  const faults = prices.filter(
    ({ unit, usd }) =>
      !/^\d+(\.\d*[1-9])?$/.test(usd) ||
      Number(usd) > USD_MAX[unit] ||
      (usd !== "0" && unit === "token" && Number(usd) < USD_MIN),
  );
  const isGift = prices.length > 0 && prices.every(({ usd }) => usd === "0") && facts.billing !== "free";
  return [
    ...faults.map(({ meter, unit, usd }) => `${nativeId}: ${usd} dollars for one ${unit} of ${meter}`),
    ...(isGift ? [`${nativeId}: zero, and not stated to be free`] : []),
  ];
}

/** Whatever came in: what comes out can be stored, and holds no number outside its bounds. */
function harm(mapped: Mapped): readonly string[] {
  if (mapped.kind !== "listed") return [];
  return mapped.listings.flatMap(({ gateway, provider, nativeId, facts }) => {
    const json = JSON.stringify(facts);
    const counts = [facts.contextTokens, facts.outputTokensMax].filter((count) => count !== undefined);
    return [
      ...[gateway, provider, nativeId].flatMap((id) => idFault(id) ?? []),
      ...(/\\u(?:d[89a-f]|0000)/i.test(json) || !json.isWellFormed() ? [`cannot be stored: ${json}`] : []),
      ...counts
        .filter((count) => !Number.isInteger(count) || count < 1 || count > 1e9)
        .map((count) => `${count} tokens`),
      ...(facts.prices ?? [])
        .filter(({ usd }) => !/^\d+(\.\d+)?$/.test(usd))
        .map(({ usd }) => `${usd} dollars`),
    ];
  });
}

/** Copies of `item`, each with one value anywhere inside replaced by garbage, or taken away. */
function* withGarbage(item: unknown): Iterable<unknown> {
  if (typeof item !== "object" || item === null) return;
  for (const [key, value] of Object.entries(item)) {
    const replace = (by: unknown): unknown =>
      Array.isArray(item)
        ? item.map((old, index) => (String(index) === key ? by : old))
        : { ...item, [key]: by };
    for (const garbage of [...GARBAGE, undefined]) yield replace(garbage);
    for (const inner of withGarbage(value)) yield replace(inner);
  }
}
