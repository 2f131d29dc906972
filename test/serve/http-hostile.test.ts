/** S4: whatever is asked, nothing fails on our side, and every answer is what the API's own description says. */
import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  oneof,
  record,
  string,
  type Arbitrary,
} from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenApi, Parameter } from "../../src/serve/http/openapi.ts";
import { metered, model, openHouse, type House } from "../publish/ledgers.ts";
import { misfit, routeAt } from "./support/answers.ts";
import { NOW } from "./support/catalog.ts";
import { HOSTILE_TEXTS } from "./support/hostile.ts";
import { served, type Served } from "./support/server.ts";

/** A long run asks more: the same test with another number. */
const RUNS = Number(process.env["MODELDEX_TEST_REQUESTS"] ?? 1_500);

let house: House;
let server: Served;

beforeAll(async () => {
  house = await openHouse();
  const tools = {
    capabilities: { tools: true },
    contextTokens: 8_192,
    tags: ["gguf"],
    task: "text-generation",
  };
  await house.says("groq", [metered("openai/gpt-oss-120b", "0.0000001", tools), model("lab/other")]);
  await house.says("huggingface-router", [{ ...model("openai/gpt-oss-120b", tools), provider: "novita" }]);
  server = served({
    shelf: { catalog: (await house.publish()).public, freshness: new Map([["groq", NOW]]) },
  });
});
afterAll(() => house.close());

const SAMPLES = [
  ...HOSTILE_TEXTS,
  "groq",
  "huggingface",
  "novita",
  "openai",
  "openai/gpt-oss-120b",
  "groq/unstated/openai/gpt-oss-120b",
  "tools",
  "gpt",
  "input_price",
  "desc",
  "price",
  "1",
  "10",
];

/** What may stand in a parameter: what its schema allows, and everything else. */
function valueOf({ schema }: Parameter): Arbitrary<string> {
  const words = Array.isArray(schema["enum"]) ? schema["enum"].map(String) : [];
  return oneof(
    constantFrom(...SAMPLES, ...words),
    string({ unit: "binary", maxLength: 40 }),
    array(constantFrom(...SAMPLES), { minLength: 2, maxLength: 4 }).map((several) => several.join(",")),
  );
}

interface Asked {
  readonly path: string;
  readonly url: string;
}

function requestsOf(api: OpenApi): Arbitrary<Asked> {
  const gets = Object.entries(api.paths).flatMap(([path, { get }]) => {
    const type = Object.keys(get?.responses["200"]?.content ?? {})[0];
    // A stream of events has no end that one could wait for.
    return get === undefined || type === "text/event-stream" || path.includes("/admin/")
      ? []
      : [{ path, get }];
  });
  return constantFrom(...gets).chain(({ path, get: { parameters = [] } }) => {
    const inPath = parameters.filter((each) => each.in === "path");
    const inQuery = [...parameters.filter((each) => each.in === "query"), NO_PARAMETER];
    return record({
      parts: record(Object.fromEntries(inPath.map((each) => [each.name, valueOf(each)]))),
      query: array(
        constantFrom(...inQuery).chain((each) => valueOf(each).map((value) => [each.name, value] as const)),
        { maxLength: 5 },
      ),
      isRaw: constantFrom(true, false, false, false),
    }).map(({ parts, query, isRaw }) => {
      const written = isRaw ? rawly : encodeURIComponent;
      const address = Object.entries(parts).reduce(
        (made, [name, value]) => made.replace(`{${name}}`, encodeURIComponent(value.toWellFormed())),
        path,
      );
      const asked = query.map(([name, value]) => `${name}=${written(value.toWellFormed())}`).join("&");
      return {
        path: path.replaceAll(/\{(\w+)\}/g, ":$1"),
        url: asked === "" ? address : `${address}?${asked}`,
      };
    });
  });
}

const NO_PARAMETER: Parameter = { name: "nope", in: "query", required: false, schema: {} };

/** As somebody writes it who does not know that addresses are encoded, but for what no request line can hold. */
function rawly(value: string): string {
  return value.replaceAll(/[^!-~]/gu, (character) => encodeURIComponent(character));
}

test("0 answers of 500 and more, and every answer fits its description", async () => {
  const api: OpenApi = (await server.inject("/openapi.json")).json();
  const seen = new Set<number>();
  await assert(
    asyncProperty(requestsOf(api), async ({ path, url }) => {
      const answer = await server.inject(url);
      seen.add(answer.statusCode);
      expect({ url, status: answer.statusCode < 500, mistakes: server.mistakes }).toEqual({
        url,
        status: true,
        mistakes: [],
      });
      expect({ url, misfit: misfit(routeAt(path), answer) }).toEqual({ url, misfit: undefined });
    }),
    { numRuns: RUNS },
  );
  // The generator reaches what it is for: good answers, refusals, and names that nobody has.
  expect([200, 400, 404].filter((status) => !seen.has(status))).toEqual([]);
}, 600_000);

test.each(HOSTILE_TEXTS)(
  "a search for %j is an answer or a refusal, on every route that searches",
  async (text) => {
    for (const path of ["/v1/models", "/v1/offers"]) {
      for (const query of [
        `q=${encodeURIComponent(text)}`,
        `q=${encodeURIComponent(text)}&facets=lab&sort=relevance`,
      ]) {
        const answer = await server.inject(`${path}?${query}`);
        expect([200, 400]).toContain(answer.statusCode);
        expect(misfit(routeAt(path), answer)).toBeUndefined();
      }
    }
  },
);
