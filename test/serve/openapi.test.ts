/** The API describes itself, and is as it says. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Facts } from "../../src/domain/listing.ts";
import type { OpenApi } from "../../src/serve/http/openapi.ts";
import { ROUTES } from "../../src/serve/http/routes.ts";
import { metered, model, openHouse, type House } from "../publish/ledgers.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { ADMIN_KEY } from "./support/application.ts";
import { NOW } from "./support/catalog.ts";
import { misfit } from "./support/answers.ts";
import { served } from "./support/server.ts";

async function description(): Promise<OpenApi> {
  return (await served().inject("/openapi.json")).json();
}

describe("/openapi.json", () => {
  test("describes every route, with its parameters and who may ask", async () => {
    const { openapi, paths } = await description();
    expect(openapi).toBe("3.1.0");
    for (const { method, path, parameters, policy } of ROUTES) {
      const operation = paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      const named = operation?.parameters?.filter((each) => each.in === "query").map(({ name }) => name);
      expect(named ?? []).toEqual(Object.keys(parameters?.shape ?? {}));
      expect(operation?.security !== undefined).toBe(policy === "caller" || policy === "admin");
    }
  });

  test("every reference leads to a document, and every operation has a name of its own", async () => {
    const api = await description();
    const text = JSON.stringify(api);
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? "");
    expect(referred.length).toBeGreaterThan(20);
    expect(referred.filter((name) => !Object.hasOwn(api.components.schemas, name))).toEqual([]);
    const names = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test("a reader must not choke on a field that is added: no answer's document is closed", async () => {
    const { components } = await description();
    expect(JSON.stringify(components)).not.toContain('"additionalProperties":false');
  });
});

describe("/docs", () => {
  test("is one page without a script, with everything in it that the description names", async () => {
    const answer = await served().inject("/docs");
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.body).not.toMatch(
      /<script|<link|<img| on\w+=| style=|https?:\/\/(?!127\.0\.0\.1|example\.com)/,
    );
    for (const { path, policy } of ROUTES)
      expect(policy === "admin" || answer.body.includes(path.replaceAll(/:(\w+)/g, "{$1}"))).toBe(true);
  });

  test("its style sheet is the one that its policy names", async () => {
    const { body, headers } = await served().inject("/docs");
    const style = /<style>([^]*?)<\/style>/.exec(body)?.[1] ?? "";
    const named = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; style-src ${named}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});

describe("every answer fits its description", () => {
  let house: House;
  let shelf: Shelf;
  beforeAll(async () => {
    house = await openHouse();
    await house.says("groq", [metered("openai/gpt-oss-120b", "0.0000001", EVERYTHING), model("lab/other")]);
    await house.says("huggingface-router", [
      { ...model("openai/gpt-oss-120b", { ...EVERYTHING, call: NOVITA }), provider: "novita" },
    ]);
    await house.says("together", [metered("openai/gpt-oss-120b", "0.0000003")]);
    await house.says("openrouter", [metered("openai/gpt-oss-120b", "0.0000004")]);
    await house.says("cerebras", [metered("openai/gpt-oss-20b", "0.0000001")]);
    shelf = { catalog: (await house.publish()).public, freshness: new Map([["groq", NOW]]) };
  });
  afterAll(() => house.close());

  // A stream of events has no end that one could wait for.
  const ending = ROUTES.filter(({ media }) => media !== "text/event-stream");
  test.each(ending.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s",
    async (_name, route) => {
      const sent =
        route.body !== undefined
          ? { method: route.method, url: route.path, payload: JSON.parse(route.example) as object }
          : { method: route.method, url: route.example };
      const authorization = `Bearer ${route.policy === "caller" ? "hf_goodTokenForTheTestsOfTheDoors" : ADMIN_KEY}`;
      const answer = await served({ shelf }).inject({ ...sent, headers: { authorization } });
      expect([200, 300, ...(route.isMoved === true ? [308] : [])]).toContain(answer.statusCode);
      expect(misfit(route, answer)).toBeUndefined();
    },
  );

  test("a field that is not described is seen", () => {
    const [route] = ROUTES;
    if (route === undefined) throw new Error("there are routes");
    const got = {
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: '{"object":"list","data":[],"has_more":false,"total":0,"revision":1,"more":1}',
    };
    expect(misfit(route, got)).toContain("more");
    expect(misfit({ ...route, document: z.looseObject({}) }, got)).toBeUndefined();
  });
});

const NOVITA = {
  protocol: "openai-chat",
  base_url: "https://router.example/v1",
  model: "openai/gpt-oss-120b:novita",
};

/** Every fact that a source may state. */
const EVERYTHING: Facts = {
  description: "says what it is",
  lab: "openai",
  createdAt: NOW,
  task: "text-generation",
  inputModalities: ["text", "image"],
  outputModalities: ["text"],
  contextTokens: 131_072,
  outputTokensMax: 65_536,
  capabilities: { tools: true, vision: false },
  prices: [
    { meter: "input", unit: "token", usd: "0.0000001" },
    { meter: "output", unit: "token", usd: "0.0000002", when: { promptTokensOver: 200_000, tier: "batch" } },
    { meter: "cache_write", unit: "token", usd: "0.0000002", when: { ttl: "5m", utc: { from: 5, to: 1 } } },
    { meter: "image", unit: "image", usd: "0.01", when: { region: "eu" } },
  ],
  status: "live",
  license: "apache-2.0",
  openWeights: true,
  parameters: 117_000_000_000,
  huggingFaceId: "openai/gpt-oss-120b",
  canonicalId: "openai/gpt-oss-120b",
  aliases: ["oss"],
  providerNativeId: "oss-120b",
  variant: "batch",
  quantization: "fp4",
  regions: ["eu"],
  knowledgeCutoff: "2024-06",
  deprecatedAt: NOW,
  endsAt: NOW,
  successor: "lab/other",
  visibility: "public",
  tags: ["gguf"],
  call: { protocol: "openai-chat", base_url: "https://groq.example/v1", model: "openai/gpt-oss-120b" },
  hub: { gated: "auto", private: false, pipelineTag: "text-generation", libraryName: "transformers" },
};
