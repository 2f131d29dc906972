/** What a usage costs and who says what, at the doors: HTTP and the command line. */
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import type { Price } from "../../src/domain/price.ts";
import type { Provenance } from "../../src/serve/application.ts";
import { Cost, ExplainedModel } from "../../src/serve/http/documents/cost.ts";
import { fakeApplication, NO_PROVENANCE } from "./support/application.ts";
import { HOUR_MS, NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";

const ID = "lab/m";

function tokens(meter: Price["meter"], usd: string, when?: Price["when"]): Price {
  return { meter, unit: "token", usd, ...(when === undefined ? {} : { when }) };
}

function offer(gateway: string, facts: object) {
  const id = `${gateway}/${gateway}/${ID}`;
  return {
    id,
    document: {
      id,
      object: "offer",
      gateway,
      provider: gateway,
      native_id: ID,
      model: ID,
      link: { rule: "lab-and-name", evidence: "as the test says" },
      attested: "own",
      source: gateway,
      first_seen: "2026-08-01T00:00:00Z",
      ...facts,
    },
  };
}

const PRICED = [tokens("input", "0.0000001"), tokens("output", "0.0000004")];

const SHELF: Shelf = {
  catalog: buildCatalog(
    [
      {
        id: ID,
        aliases: ["m"],
        document: {
          id: ID,
          object: "model",
          created: 1,
          owned_by: "lab",
          name: "m",
          offers_count: 5,
          gateways: ["groq"],
        },
        offers: [
          offer("dear", {
            billing: "metered",
            prices: [tokens("input", "0.000001"), tokens("output", "0.000002")],
          }),
          offer("cheap", {
            billing: "metered",
            prices: [...PRICED, tokens("input", "0.0000002", { promptTokensOver: 1_000 })],
            prices_source: "genai-prices",
            status: "preview",
            context_tokens: 8_192,
          }),
          offer("free", { billing: "free" }),
          offer("flat", { billing: "subscription" }),
          offer("nobody-knows", { billing: "unknown" }),
        ],
      },
    ],
    7,
    NOW - HOUR_MS,
  ),
  freshness: new Map(),
};

const ASKED = { model: "m", usage: { input: "1M", output: "100k", cached: "50%" }, requests: 1_000 };

async function ask(body: unknown, provenance?: Provenance) {
  const server = served({ shelf: SHELF, ...(provenance === undefined ? {} : { provenance }) });
  const answer = await server.inject({
    method: "POST",
    url: "/v1/cost",
    payload: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  expect(server.mistakes).toEqual([]);
  return answer;
}

describe("POST /v1/cost", () => {
  test("answers the cheapest first, with parts that make the whole, and says why others have none", async () => {
    const answer = await ask(ASKED);
    expect(answer.statusCode).toBe(200);
    const cost = Cost.parse(answer.json());
    expect(cost).toMatchObject({ model: ID, at: "2026-08-05T12:00:00Z", revision: 7 });
    expect(cost.usage).toMatchObject({ requests: "1000", prompt_tokens: "1000" });
    expect(cost.data.map(({ gateway, usd }) => [gateway, usd])).toEqual([
      ["free", "0"],
      ["cheap", "0.14"],
      ["dear", "1.2"],
    ]);
    expect(cost.data[1]).toMatchObject({
      prices_source: "genai-prices",
      status: "preview",
      components: [
        { meter: "input", count: "500000", usd: "0.05", price: { per_million: "0.1" } },
        { meter: "output", count: "100000", usd: "0.04" },
        { meter: "cache_read", count: "500000", usd: "0.05", price: { meter: "input" } },
      ],
    });
    expect(cost.not_priced).toEqual([
      expect.objectContaining({ gateway: "flat", reason: "subscription" }),
      expect.objectContaining({ gateway: "nobody-knows", reason: "unknown" }),
    ]);
  });

  test("takes longer prompts by their step, and says which", async () => {
    const cost = Cost.parse((await ask({ ...ASKED, requests: "500" })).json());
    const cheap = cost.data.find(({ gateway }) => gateway === "cheap");
    expect(cheap?.components[0]).toMatchObject({ usd: "0.1", price: { when: { promptTokensOver: 1_000 } } });
  });

  test("takes a usage object as it is", async () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 10,
      total_tokens: 110,
      prompt_tokens_details: { cached_tokens: 40 },
      num_sources_used: 2,
    };
    const cost = Cost.parse((await ask({ model: ID, usage })).json());
    expect(cost.usage).toMatchObject({
      dialect: "openai-chat",
      requests: "1",
      prompt_tokens: "100",
      unread: ["num_sources_used"],
    });
    expect(cost.data[1]?.usd).toBe("0.000014");
  });

  test("takes the prices of an earlier time from what the ledger knew then", async () => {
    const asked: unknown[] = [];
    const provenance: Provenance = {
      ...NO_PROVENANCE,
      offersAt: async (...question) => {
        asked.push(question);
        return [
          {
            id: `cheap/cheap/${ID}`,
            gateway: "cheap",
            provider: "cheap",
            nativeId: ID,
            facts: { billing: "metered", prices: [tokens("input", "0.000009"), tokens("output", "0")] },
            attested: "own",
            source: "cheap",
            firstSeen: 0,
            lastSeen: 0,
            isUnseen: false,
            factsSince: 0,
            hasPast: false,
            cause: "upstream",
            held: [],
            conflicts: [],
          },
        ];
      },
    };
    const cost = Cost.parse((await ask({ ...ASKED, at: "7d" }, provenance)).json());
    expect(cost.data.map(({ offer: id, usd }) => [id, usd])).toEqual([[`cheap/cheap/${ID}`, "9"]]);
    const offers = ["cheap", "dear", "flat", "free", "nobody-knows"].map((one) => `${one}/${one}/${ID}`);
    expect(asked).toEqual([[offers, NOW - 7 * 24 * HOUR_MS, NOW]]);
  });

  test.each([
    [{}, 400, "bad-body", /model.*usage/s],
    [{ ...ASKED, colour: "red" }, 400, "bad-body", /colour/],
    [{ ...ASKED, usage: {} }, 400, "bad-value", /the usage is empty/],
    [{ ...ASKED, usage: { tokens: 5 } }, 400, "bad-value", /no usage is called "tokens"\. Known: input/],
    [{ ...ASKED, usage: { input: "many" } }, 400, "bad-value", /input cannot be "many"/],
    [{ ...ASKED, usage: { input: [1] } }, 400, "bad-value", /input is a count/],
    [{ ...ASKED, requests: 0 }, 400, "bad-value", /requests cannot be "0"/],
    [{ ...ASKED, at: "yesterday" }, 400, "bad-value", /at cannot be "yesterday"/],
    [{ ...ASKED, tier: "slow" }, 400, "bad-body", /tier/],
    [{ ...ASKED, usage: { prompt_tokens: -5 } }, 400, "bad-value", /prompt_tokens is no count/],
    [{ ...ASKED, model: "nobody/knows" }, 404, "no-such-model", /no model has the id/],
  ])("refuses %j", async (body, status, code, detail) => {
    const answer = await ask(body);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ type: expect.stringContaining(code) });
    expect(answer.json().detail).toMatch(detail);
  });
});

describe("POST /v1/cost at the offers that fit", () => {
  test("ranks them, counts them, and says of each what it is and how to call it", async () => {
    const cost = Cost.parse((await ask({ offers: {}, usage: ASKED.usage, limit: 1 })).json());
    expect(cost.model).toBeUndefined();
    expect(cost.data.map(({ model, usd }) => [model, usd])).toEqual([[ID, "0"]]);
    expect(cost).toMatchObject({
      total: 3,
      not_priced_total: 2,
      not_priced_by_reason: { subscription: 1, unknown: 1 },
    });
    expect(cost.not_priced).toHaveLength(1);
  });

  test("takes the parameters of a list of offers, as texts, numbers or words", async () => {
    const offers = { billing: "metered", min_context: 8_000 };
    const cost = Cost.parse((await ask({ offers })).json());
    expect(cost.data.map(({ gateway }) => gateway)).toEqual(["cheap"]);
    const ofModel = Cost.parse((await ask({ model: "m", offers: { gateway: "dear" } })).json());
    expect(ofModel).toMatchObject({ model: ID, total: 1, not_priced_total: 0 });
  });

  test("without a usage takes three tokens in for one out, and says so", async () => {
    const cost = Cost.parse((await ask({ offers: { gateway: "dear" } })).json());
    expect(cost.usage.quantities.map(({ meter, count }) => `${count} ${meter}`)).toEqual([
      "3000000 input",
      "1000000 output",
    ]);
    expect(cost.data[0]?.usd).toBe("5");
  });

  test.each([
    [{ offers: { colour: "red" } }, 400, /no filter is called "colour"/],
    [{ offers: { sort: "name" } }, 400, /no filter is called "sort"/],
    [{ offers: { gateway: "nowhere" } }, 400, /no gateway is called "nowhere"/],
    [{ offers: { min_context: "much" } }, 400, /min_context cannot be "much"/],
    [{ offers: {}, at: "7d" }, 400, /ask with `as_of` what fitted then/],
    [{ offers: {}, limit: 0 }, 400, /limit/],
    [{ model: "nobody/knows", offers: {} }, 404, /no model has the id/],
  ])("refuses %j", async (body, status, detail) => {
    const answer = await ask(body);
    expect(answer.statusCode).toBe(status);
    expect(answer.json().detail).toMatch(detail);
  });
});

const EXPLAINED: Provenance = {
  ...NO_PROVENANCE,
  explain: async (model, offers) => {
    expect([model, offers.length]).toEqual([ID, 5]);
    const word = (value: unknown, source: string) => ({
      value,
      source,
      observedAt: NOW,
      since: NOW - HOUR_MS,
    });
    return {
      model: new Map([
        ["name", [word("m", "dear"), word("m", "cheap"), { ...word("M!", "genai-prices"), isKept: true }]],
      ]),
      offers: new Map([[`dear/dear/${ID}`, new Map([["endsAt", [word(NOW, "dear")]]])]]),
    };
  },
};

describe("who says so", () => {
  test("is said of each field: by whom, since when, and who says something else", async () => {
    const answer = await served({ shelf: SHELF, provenance: EXPLAINED }).inject(`/v1/models/${ID}?explain=1`);
    expect(answer.statusCode).toBe(200);
    const { explain, ...model } = ExplainedModel.parse(answer.json());
    expect(model).toMatchObject({ id: ID, name: "m" });
    const at = { observed_at: "2026-08-05T12:00:00Z", since: "2026-08-05T11:00:00Z" };
    expect(explain.model["name"]).toEqual({
      value: "m",
      source: "dear",
      ...at,
      rule: "the whole name, with its size; then lab, hub, gateway, third-party",
      agreeing: 1,
      others: [{ value: "M!", source: "genai-prices", ...at, kept: true }],
    });
    expect(explain.model["created"]?.rule).toMatch(/first seen/);
    expect(explain.offers[`dear/dear/${ID}`]?.["ends_at"]).toMatchObject({ value: "2026-08-05T12:00:00Z" });
  });

  test("is asked for: without it a model is as it was, and an alias leads on with the question", async () => {
    const server = served({ shelf: SHELF, provenance: EXPLAINED });
    expect((await server.inject(`/v1/models/${ID}`)).json()).not.toHaveProperty("explain");
    expect((await server.inject("/v1/models/m?explain=1")).headers["location"]).toBe(
      "/v1/models/lab/m?explain=1",
    );
    expect((await server.inject(`/v1/models/${ID}?explain=yes`)).statusCode).toBe(400);
  });

  test("is a table on the command line", async () => {
    const host = fakeHost(fakeApplication({ shelf: SHELF, provenance: EXPLAINED }));
    const { code, out } = await type(["show", ID, "--explain"], host);
    expect(code).toBe(0);
    expect(out).toMatch(/name +m +dear +just now +2026-08-05 +genai-prices: M!/);
    expect(out).toContain(`dear/dear/${ID}\n`);
  });
});

describe("modeldex price", () => {
  const host = (input = "") => fakeHost(fakeApplication({ shelf: SHELF }), {}, { input });
  const flags = ["--input", "1M", "--output", "100k", "--cached", "50%", "--requests", "1k"];

  test("prints what it costs at every offer, the parts, and why others have no cost", async () => {
    const { code, out } = await type(["price", "m", ...flags], host());
    expect(code).toBe(0);
    expect(out).toContain(
      "lab/m: 500,000 input, 100,000 output, 500,000 cache_read in 1,000 requests, prompts of 1,000",
    );
    expect(out).toMatch(/\$0\.14 +cheap\/cheap\/lab\/m \(preview\) +input \$0\.05 \(\$0\.10\) \+ output/);
    expect(out).toContain("cache_read as input $0.05 ($0.10)");
    expect(out).toMatch(/flat\/flat\/lab\/m +it is paid by subscription/);
    expect(out.indexOf("$0.00 ")).toBeLessThan(out.indexOf("$0.14"));
  });

  test("prints the API's answer with --json, and takes a usage object from standard input", async () => {
    const usage = JSON.stringify({ usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5 } });
    const { code, out } = await type(["price", "m", "--stdin", "--json"], host(usage));
    expect(code).toBe(0);
    expect(Cost.parse(JSON.parse(out)).usage.dialect).toBe("google");
  });

  test("for batches lists those that state no such price apart", async () => {
    const { out } = await type(["price", "m", ...flags, "--batch"], host());
    expect(out).toMatch(/cheap\/cheap\/lab\/m +it states no batch price/);
  });

  test.each([
    [["price", "m"], "", /say how much/],
    [["price", "m", "--input", "1M", "--stdin"], "{}", /state amounts or --stdin, not both/],
    [["price", "m", "--stdin"], "no json", /no JSON object/],
    [["price", "m", "--input", "lots"], "", /input cannot be "lots"/],
    [["price", "m", "--input", "1", "--tier", "soon"], "", /--tier/],
    [["price", "m", "--input", "1", "--tier", "flex", "--batch"], "", /--batch is --tier batch/],
  ])("%j is a mistake of usage", async (args, input, message) => {
    const { code, err } = await type(args, host(input));
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe("modeldex cheapest", () => {
  const host = () => fakeHost(fakeApplication({ shelf: SHELF }));

  test("ranks the offers that fit, and counts by reason those without a cost", async () => {
    const { code, out } = await type(
      ["cheapest", "--input", "1M", "--output", "100k", "--limit", "2"],
      host(),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^1,000,000 input, 100,000 output/);
    expect(out).toMatch(
      /\$0\.00 +lab\/m +free +free +free +free\n\$0\.14 +lab\/m +cheap +cheap +8,192 +\$0\.10 +\$0\.40 +preview/,
    );
    expect(out).toContain("2 of 3 offers with a cost\n");
    expect(out).toMatch(
      /2 offers without .*:\n {2}1: it is paid by subscription.*\n {2}1: its price is not known/,
    );
  });

  test("says which mix it took where none is stated", async () => {
    const { out } = await type(["cheapest", "--billing", "metered"], host());
    expect(out).toMatch(/^a mix of three tokens in for one out .*: 3,000,000 input, 1,000,000 output/);
  });

  test("prints the API's answer with --json", async () => {
    const { out } = await type(["cheapest", "--gateway", "dear", "--json"], host());
    expect(Cost.parse(JSON.parse(out)).data).toHaveLength(1);
  });

  test.each([
    [["--gateway", "nowhere"], /no gateway is called "nowhere"/],
    [["--limit", "none"], /--limit is a count/],
    [["--input", "image"], /input cannot be "image"/],
  ])("%j is a mistake of usage", async (args, message) => {
    const { code, err } = await type(["cheapest", ...args], host());
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
