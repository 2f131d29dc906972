/** Whether a model can be called at a provider: every answer of the Hub's, in both shapes, and what it means. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { keptIn } from "../../src/check/kept.ts";
import { readMapping } from "../../src/check/mapping.ts";
import { PROVIDER_SPELLINGS, providerNamed } from "../../src/check/names.ts";
import type { HubAnswerGiven, HubModel } from "../simulator/hub-check.ts";
import { NOW, placeAt, startAsking, type Asking } from "./asking.ts";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
  asking.hub.models.set("lab/chat", CHAT);
});
afterEach(() => asking.end());

const HOUR_MS = 3_600_000;
const TOKEN = "hf_aTokenForTheTestsOfThisFile00000";
const CHAT: HubModel = {
  gated: "manual",
  pipelineTag: "text-generation",
  mapping: {
    novita: { status: "live", providerId: "lab-chat", task: "conversational", isModelAuthor: false },
    "fireworks-ai": { status: "staging", providerId: "accounts/x", task: "conversational" },
    replicate: { status: "error", providerId: "lab/chat", task: "text-to-image" },
    newcomer: { status: "live", task: "conversational", adapter: "lora", type: "tag-filter" },
    odd: { status: "paused", task: "conversational" },
  },
};

describe("a model that is there", () => {
  test.each([
    ["novita", undefined, "live", true, true],
    ["newcomer", undefined, "live", true, true],
    ["auto", undefined, "live", true, true],
    ["fireworks", undefined, "staging", false, true],
    ["replicate", undefined, "error", false, true],
    ["odd", undefined, "error", false, true],
    ["groq", undefined, "not_served", false, false],
    ["novita", "conversational", "live", true, true],
    ["novita", "text-generation", "live", true, true],
    ["novita", "image-text-to-text", "live", true, true],
    ["novita", "text-to-image", "not_served", false, false],
    ["auto", "text-to-video", "not_served", false, false],
  ])("at %s for %s: %s", async (provider, task, verdict, strict, lenient) => {
    const check = await asking.checks.validateModelProvider("lab/chat", provider, { task });
    expect(check).toMatchObject({ verdict, mode: "strict", passes: strict, gated: "manual", at: NOW });
    const mild = await asking.checks.validateModelProvider("lab/chat", provider, { task, mode: "lenient" });
    expect(mild).toMatchObject({ verdict, mode: "lenient", passes: lenient });
    expect(asking.hub.requests).toHaveLength(1);
  });

  test("the providers that do serve it are named, and the whole mapping is told", async () => {
    const check = await asking.checks.validateModelProvider("lab/chat", "groq");
    expect(check.reason).toBe("groq does not serve it; novita, newcomer do");
    expect(check.servedBy).toEqual(["novita", "newcomer"]);
    expect(check.mapping).toHaveLength(5);
    const other = await asking.checks.validateModelProvider("lab/chat", "novita", { task: "text-to-image" });
    expect(other.reason).toBe("novita serves it for conversational, not for text-to-image");
  });

  test.each([
    ["an empty object", { mapping: {} }],
    ["an empty list", { oddMapping: [] }],
    ["no mapping", {}],
    ["null", { oddMapping: null }],
  ])("nobody serves it: %s", async (_what, model) => {
    asking.hub.models.set("lab/cold", model);
    expect(await asking.checks.validateModelProvider("lab/cold", "auto")).toMatchObject({
      verdict: "not_served",
      reason: "nobody serves it",
      servedBy: [],
    });
  });

  test("a renamed model is followed, and told under its new name", async () => {
    asking.hub.renamed.set("old", "lab/chat");
    const check = await asking.checks.validateModelProvider("old", "novita");
    expect(check).toMatchObject({ verdict: "live", model: "lab/chat", renamedFrom: "old" });
    const [first, second] = asking.hub.requests;
    expect([first?.path, second?.path]).toEqual(["/api/models/old", "/api/models/lab/chat"]);
    expect(second?.url).toContain("inferenceProviderMapping");
  });

  test("what is asked for is the mapping, by the route of one model", async () => {
    await asking.checks.validateModelProvider("lab/chat", "novita", { token: TOKEN });
    expect(asking.hub.requests).toEqual([
      {
        path: "/api/models/lab/chat",
        url: "/api/models/lab/chat?expand%5B%5D=inferenceProviderMapping&expand%5B%5D=gated&expand%5B%5D=pipeline_tag",
        authorization: undefined,
      },
    ]);
  });
});

describe("both shapes of the mapping are one", () => {
  const ENTRY = { status: "live", providerId: "p", task: "conversational" };
  test.each([
    ["an object by provider", { groq: ENTRY, novita: { ...ENTRY, isModelAuthor: true } }],
    [
      "an array",
      [
        { _id: "0", provider: "groq", ...ENTRY, type: "single-model", performance: {} },
        { provider: "novita", ...ENTRY },
      ],
    ],
  ])("%s", (_what, mapping) => {
    expect(readMapping(mapping)).toEqual({
      served: [
        { provider: "groq", ...ENTRY },
        { provider: "novita", ...ENTRY },
      ],
      unread: 0,
    });
  });

  test("every field that the Hub was seen to state is read or passed over", () => {
    const stated = {
      _id: "0",
      ...ENTRY,
      previousStatus: "error",
      type: "single-file",
      isModelAuthor: true,
      adapter: "lora",
      adapterWeightsPath: "lora.safetensors",
      performance: { tokensPerSecond: 80.5, firstTokenLatencyMs: 310, requestLatencyMs: 193 },
      features: { toolCalling: true, structuredOutput: false },
      providerDetails: { context_length: 131_072, pricing: { input: 0.9299999999999999, output: 3 } },
    };
    const read = { served: [{ provider: "groq", ...ENTRY, adapter: "lora" }], unread: 0 };
    expect(readMapping([{ provider: "groq", ...stated }])).toEqual(read);
    expect(readMapping({ groq: stated })).toEqual(read);
  });

  test("what makes no sense is counted, and spoils nothing", () => {
    const mapping = [
      ENTRY,
      null,
      7,
      "x",
      { provider: "groq" },
      { provider: "../x", ...ENTRY },
      { provider: "novita", ...ENTRY },
    ];
    expect(readMapping(mapping)).toMatchObject({ served: [{ provider: "novita" }], unread: 6 });
    expect(readMapping({ groq: null, novita: ENTRY })).toMatchObject({
      served: [{ provider: "novita" }],
      unread: 1,
    });
  });

  test.each([7, "x", true])("%j is no mapping", async (oddMapping) => {
    expect(readMapping(oddMapping)).toBeUndefined();
    asking.hub.models.set("lab/odd", { oddMapping });
    expect(await asking.checks.validateModelProvider("lab/odd", "groq")).toMatchObject({
      verdict: "unreachable",
    });
  });
});

describe("a model that is not shown to everybody", () => {
  test("missing or private: without a token the Hub does not say which", async () => {
    expect(await asking.checks.validateModelProvider("lab/none", "groq")).toMatchObject({
      verdict: "unknown_model",
      seenAs: "everybody",
    });
  });

  test("a private one is seen with its owner's token, which is sent only then", async () => {
    asking.hub.tokens.set(TOKEN, {});
    asking.hub.models.set("lab/own", { ...CHAT, access: "private" });
    const check = await asking.checks.validateModelProvider("lab/own", "novita", { token: TOKEN });
    expect(check).toMatchObject({ verdict: "live", seenAs: "the caller" });
    expect(asking.hub.requests.map(({ authorization }) => authorization)).toEqual([
      undefined,
      `Bearer ${TOKEN}`,
    ]);
  });

  test("what a token showed is shown to nobody else", async () => {
    asking.hub.tokens.set(TOKEN, {});
    asking.hub.models.set("lab/own", { ...CHAT, access: "private" });
    await asking.checks.validateModelProvider("lab/own", "novita", { token: TOKEN });
    expect(await asking.checks.validateModelProvider("lab/own", "novita")).toMatchObject({
      verdict: "unknown_model",
    });
    const other = await asking.checks.validateModelProvider("lab/own", "novita", { token: `${TOKEN}1` });
    expect(other).toMatchObject({ verdict: "unknown_model", tokenRefused: true, seenAs: "everybody" });
  });

  test("what a token showed is not remembered, for its owner either", async () => {
    asking.hub.tokens.set(TOKEN, {});
    asking.hub.models.set("lab/own", { ...CHAT, access: "private" });
    const ask = () => asking.checks.validateModelProvider("lab/own", "novita", { token: TOKEN });
    expect(await ask()).toMatchObject({ verdict: "live" });
    asking.hub.tokens.delete(TOKEN);
    expect(await ask()).toMatchObject({ verdict: "unknown_model", tokenRefused: true });
  });

  test("404 for a token that is good: there is none", async () => {
    asking.hub.tokens.set(TOKEN, {});
    const check = await asking.checks.validateModelProvider("lab/none", "groq", { token: TOKEN });
    expect(check).toMatchObject({ verdict: "unknown_model", seenAs: "the caller" });
  });

  test("a gated one whose page is closed", async () => {
    asking.hub.models.set("lab/closed", { ...CHAT, access: "closed" });
    expect(await asking.checks.validateModelProvider("lab/closed", "novita")).toMatchObject({
      verdict: "gated",
      passes: false,
    });
  });

  test("one that a policy closes to the caller, and one that a token opens to nobody", async () => {
    asking.hub.tokens.set(TOKEN, {});
    asking.hub.models.set("lab/closed", { ...CHAT, access: "closed" });
    const closed = await asking.checks.validateModelProvider("lab/closed", "novita", { token: TOKEN });
    expect(closed).toMatchObject({ verdict: "gated", passes: false, seenAs: "the caller" });
    asking.hub.answer("/api/models/", { status: 403, body: { error: "the organisation's token policy" } });
    const policy = await asking.checks.validateModelProvider("lab/chat", "novita");
    expect(policy).toMatchObject({ verdict: "gated", passes: false });
  });

  test("a disabled one", async () => {
    asking.hub.models.set("lab/off", { ...CHAT, access: "disabled" });
    expect(await asking.checks.validateModelProvider("lab/off", "novita")).toMatchObject({
      verdict: "error",
      reason: "Hugging Face has disabled it",
    });
  });

  test("no token goes to another address unless the operator allows it", async () => {
    const checks = asking.another({ place: placeAt(asking.hub.url, { sourceCredentials: new Set() }) });
    await checks.validateModelProvider("lab/none", "groq", { token: TOKEN });
    expect(asking.hub.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });
});

describe("nobody could say", () => {
  const OUTAGES: readonly (readonly [string, HubAnswerGiven])[] = [
    ["429", { status: 429, headers: { ratelimit: '"api";r=0;t=55' }, body: "We had to rate limit your IP" }],
    ["429 as a page", { status: 429, headers: { "content-type": "text/html" }, body: "<h1>429</h1>" }],
    ["408", { status: 408, body: "" }],
    ["500", { status: 500, body: { error: "x" } }],
    ["502", { status: 502, headers: { "content-type": "text/html" }, body: "<html>" }],
    ["503", { status: 503, body: "" }],
    ["504", { status: 504, body: "" }],
    ["400", { status: 400, body: { error: "expand" } }],
    ["a cut connection", { status: 200, cut: true }],
    ["a page with 200", { status: 200, headers: { "content-type": "text/html" }, body: "<html>" }],
    ["a list for one model", { status: 200, body: [] }],
    ["null", { status: 200, body: "null" }],
    ["nesting", { status: 200, body: "[".repeat(10_000) }],
    ["a bomb's announcement", { status: 200, headers: { "content-encoding": "br" }, body: "not brotli" }],
    [
      "a redirect to another host",
      { status: 307, headers: { location: "http://127.0.0.1:9/api/models/a/b" } },
    ],
    ["a redirect to a file", { status: 307, headers: { location: "file:///etc/passwd" } }],
    ["a redirect to another route", { status: 307, headers: { location: "/api/whoami-v2" } }],
    ["a redirect that climbs", { status: 307, headers: { location: "/api/models/../whoami-v2" } }],
    [
      "a redirect that climbs in disguise",
      { status: 307, headers: { location: "/api/models/%2e%2e/whoami-v2" } },
    ],
    ["a redirect to a part of a model", { status: 307, headers: { location: "/api/models/a/b/tree/main" } }],
    ["a redirect to itself", { status: 307, headers: { location: "/api/models/lab/chat" } }],
  ];
  test.each(OUTAGES)("%s", async (_what, given) => {
    asking.hub.answer("/api/models/", given);
    const strict = await asking.checks.validateModelProvider("lab/chat", "novita");
    expect(strict).toMatchObject({ verdict: "unreachable", mode: "strict" });
    expect(strict.passes).toBeUndefined();
    const lenient = await asking.checks.validateModelProvider("lab/chat", "novita", { mode: "lenient" });
    expect(lenient).toMatchObject({ verdict: "unreachable", mode: "lenient", passes: true });
    expect(asking.hub.requests.every(({ path }) => path.startsWith("/api/models/"))).toBe(true);
    asking.hub.answer("/api/models/", undefined);
    asking.advance(HOUR_MS);
    expect(await asking.checks.validateModelProvider("lab/chat", "novita")).toMatchObject({
      verdict: "live",
    });
  });

  test("a caller's own quota serves where everybody's is used up", async () => {
    asking.hub.tokens.set(TOKEN, {});
    asking.hub.answer("/api/models/", { status: 429, body: "" });
    const asked = asking.checks.validateModelProvider("lab/chat", "novita", { token: TOKEN });
    expect(await asked).toMatchObject({ verdict: "unreachable" });
    expect(asking.hub.requests.map(({ authorization }) => authorization)).toEqual([
      undefined,
      `Bearer ${TOKEN}`,
    ]);
  });

  test("the catalog's last word is told beside it", async () => {
    const document = { gateway: "huggingface", provider: "novita", native_id: "lab/chat", status: "live" };
    const entry = { aliases: [], id: "lab/chat", document: {} };
    const offer = { id: "huggingface/novita/lab/chat", document };
    const catalog = buildCatalog([{ ...entry, offers: [offer] }], 1, NOW);
    const checks = asking.another({
      shelf: () => ({ catalog, freshness: new Map() }),
      place: placeAt("http://127.0.0.1:9"),
    });
    expect(await checks.validateModelProvider("lab/chat", "novita")).toMatchObject({
      verdict: "unreachable",
      lastKnown: { status: "live" },
    });
    expect((await checks.validateModelProvider("lab/chat", "groq")).lastKnown).toBeUndefined();
  });
});

describe("an hour of memory, for what everybody sees", () => {
  test("within it nobody is asked again, after it once", async () => {
    for (const ms of [0, HOUR_MS - 1, 1, HOUR_MS - 1]) {
      asking.advance(ms);
      expect(await asking.checks.validateModelProvider("lab/chat", "novita")).toMatchObject({
        verdict: "live",
      });
    }
    expect(asking.hub.requests).toHaveLength(2);
  });

  test("it outlives the process, and says how old it is", async () => {
    const directory = mkdtempSync(join(tmpdir(), "modeldex-kept-"));
    try {
      const first = asking.another({ kept: keptIn(directory) });
      await first.validateModelProvider("lab/chat", "novita");
      asking.advance(HOUR_MS / 2);
      const second = asking.another({ kept: keptIn(directory) });
      expect(await second.validateModelProvider("lab/chat", "novita")).toMatchObject({
        verdict: "live",
        at: NOW,
      });
      expect(asking.hub.requests).toHaveLength(1);
      asking.advance(HOUR_MS / 2);
      const third = asking.another({ kept: keptIn(directory) });
      expect(await third.validateModelProvider("lab/chat", "novita")).toMatchObject({ at: NOW + HOUR_MS });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test.each([
    ["a flipped letter", (text: string) => text.replace("novita", "novjta")],
    ["a cut file", (text: string) => text.slice(0, 60)],
    ["an empty file", () => ""],
    ["garbage", () => "\0\0\0"],
  ])("%s is no answer: the Hub is asked", async (_what, damage) => {
    const directory = mkdtempSync(join(tmpdir(), "modeldex-kept-"));
    try {
      await asking.another({ kept: keptIn(directory) }).validateModelProvider("lab/chat", "novita");
      const [file = ""] = readdirSync(directory);
      writeFileSync(join(directory, file), damage(readFileSync(join(directory, file), "utf8")));
      const check = await asking
        .another({ kept: keptIn(directory) })
        .validateModelProvider("lab/chat", "novita");
      expect([check.verdict, asking.hub.requests.length]).toEqual(["live", 2]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("a directory that cannot be written changes no answer", async () => {
    const checks = asking.another({ kept: keptIn("/dev/null/nowhere") });
    expect(await checks.validateModelProvider("lab/chat", "novita")).toMatchObject({ verdict: "live" });
  });

  test("an answer from the future is not believed", async () => {
    const directory = mkdtempSync(join(tmpdir(), "modeldex-kept-"));
    try {
      await asking.another({ kept: keptIn(directory) }).validateModelProvider("lab/chat", "novita");
      asking.jump(-10 * 365 * 24 * HOUR_MS);
      await asking.another({ kept: keptIn(directory) }).validateModelProvider("lab/chat", "novita");
      expect(asking.hub.requests).toHaveLength(2);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("what is not there is looked for again after minutes", async () => {
    await asking.checks.validateModelProvider("lab/new", "groq");
    asking.advance(299_000);
    await asking.checks.validateModelProvider("lab/new", "groq");
    expect(asking.hub.requests).toHaveLength(1);
    asking.hub.models.set("lab/new", CHAT);
    asking.advance(1_000);
    expect(await asking.checks.validateModelProvider("lab/new", "novita")).toMatchObject({ verdict: "live" });
  });

  test("callers who ask for ever other models leave the Hub's quota to the sync", async () => {
    for (let index = 0; index < 120; index += 1)
      await asking.checks.validateModelProvider(`lab/m${index}`, "groq");
    expect(asking.hub.requests).toHaveLength(100);
    expect(await asking.checks.validateModelProvider("lab/m119", "groq")).toMatchObject({
      verdict: "unreachable",
      reason: /our own share/,
    });
    asking.advance(300_000);
    expect(await asking.checks.validateModelProvider("lab/m119", "groq")).toMatchObject({
      verdict: "unknown_model",
    });
  });
});

describe("names as people write them", () => {
  test.each(Object.entries(PROVIDER_SPELLINGS))("%s is %s", (spelling, id) => {
    expect([providerNamed(spelling), providerNamed(` ${spelling.toUpperCase()} `)]).toEqual([id, id]);
  });

  test("CohereLabs is cohere, and a word that is no spelling stays", () => {
    expect([providerNamed("CohereLabs"), providerNamed("Groq"), providerNamed("brand-new")]).toEqual([
      "cohere",
      "groq",
      "brand-new",
    ]);
  });
});
