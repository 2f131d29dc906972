/** Choosing and the doctor on recorded lists: what the program says, beside sums made from the offers themselves. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Home } from "./program.ts";
import { directory } from "./recorded.ts";

const SOURCES = ["openrouter", "groq", "cerebras", "genai-prices"];

let upstreams: Upstreams;
let home: Home;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  await home.ask(["sync", ...SOURCES]);
});
afterAll(async () => {
  await upstreams.close();
  home.drop();
});

test("the cheapest offers are those of all offers whose prices make the least", async () => {
  const asked = ["--gateway", "openrouter", "--billing", "metered", "--min-context", "100000"];
  const { data: ranked } = await home.ask(["cheapest", ...asked, "--input", "1M", "--output", "1M"]);
  const { data: offers } = await home.ask(["offers", ...asked, "--limit", "1000"]);
  const costs = offers.flatMap(({ prices }) => {
    const stated = (prices ?? []) as readonly { meter: string; per_million?: string; when?: object }[];
    const [input, output] = ["input", "output"].map((meter) =>
      stated.find((price) => price.meter === meter && price.when === undefined),
    );
    return input === undefined || output === undefined
      ? []
      : [Number(input.per_million) + Number(output.per_million)];
  });
  const least = costs.toSorted((a, b) => a - b).slice(0, ranked.length);
  expect(ranked).toHaveLength(20);
  ranked.forEach(({ usd }, at) => expect(Number(usd)).toBeCloseTo(least[at] ?? Number.NaN, 9));
});

test("models are compared field by field as they are shown one by one", async () => {
  const ids = ["openai/gpt-oss-120b", "openai/gpt-oss-20b"];
  const { fields } = (await home.ask(["compare", ...ids])) as unknown as {
    readonly fields: readonly {
      readonly field: string;
      readonly values: { readonly [id: string]: unknown };
    }[];
  };
  expect(fields.length).toBeGreaterThan(10);
  for (const id of ids) {
    const shown = (await home.ask(["show", id])) as unknown as { readonly [field: string]: unknown };
    for (const name of ["context_tokens", "owned_by", "license", "offers_count"])
      expect(fields.find(({ field }) => field === name)?.values[id]).toEqual(shown[name]);
  }
});

test("the doctor finds sums, ids, ledger and saved files in order, and ends with 3 for what deserves a look", async () => {
  const { code, out } = await home.run(["doctor", "--json"]);
  const { verdict, checks } = JSON.parse(out) as {
    readonly verdict: string;
    readonly checks: readonly { readonly check: string; readonly verdict: string }[];
  };
  const fine = checks.filter((check) => check.verdict === "fine").map(({ check }) => check);
  expect(fine).toEqual(
    expect.arrayContaining(["ledger", "saved catalog", "sums", "ids", "models", "prices"]),
  );
  expect([code, verdict]).toEqual([3, "findings"]);
});
