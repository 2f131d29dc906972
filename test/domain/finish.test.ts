import { describe, expect, test } from "vitest";
import { BadDraft, finish } from "../../src/domain/finish.ts";
import type { Draft } from "../../src/domain/listing.ts";
import { prices, usdPerToken } from "../../src/domain/price.ts";

const ORIGIN = { source: "groq", gateway: "groq" };

function facts(draft: Partial<Draft>) {
  return finish({ nativeId: "lab/a", ...draft }, ORIGIN).listing.facts;
}

describe("what is absent stays absent", () => {
  test("a draft that says nothing makes a listing that says nothing", () => {
    expect(finish({ nativeId: "lab/a" }, ORIGIN)).toEqual({
      listing: {
        source: "groq",
        gateway: "groq",
        provider: "unstated",
        nativeId: "lab/a",
        facts: { billing: "unknown" },
      },
      findings: [],
    });
  });

  test("empty texts, empty lists, 0 tokens and dates outside this field's life are not stated", () => {
    const nothing: Partial<Draft> = {
      name: " ",
      aliases: [],
      tags: ["", " "],
      contextTokens: 0,
      createdAt: 0,
      deprecatedAt: Date.UTC(2100, 0, 1),
      prices: [],
      inputModalities: [],
      capabilities: {},
      volatile: { downloads: undefined },
    };
    expect(facts(nothing)).toEqual({ billing: "unknown" });
  });
});

describe("money", () => {
  const zero = prices({ input: usdPerToken("0") });
  const paid = prices({ input: usdPerToken("1") });

  test.each([
    ["a stated price", { prices: paid }, "metered"],
    ["nothing", {}, "unknown"],
    ["zeros alone", { prices: zero }, "unknown"],
    ["zeros and the word", { prices: zero, billing: "free" }, "free"],
    ["a subscription", { billing: "subscription" }, "subscription"],
  ] as const)("%s is %s", (_what, draft, billing) => {
    expect(facts(draft).billing).toBe(billing);
  });
});

describe("words", () => {
  test("known spellings are translated, and unknown ones are findings", () => {
    const { listing, findings } = finish(
      {
        nativeId: "lab/a",
        inputModalities: ["text", "PDF", "smell", "text"],
        task: "chat",
        status: "Live",
        capabilities: { function_calling: true, telepathy: true, tools: false },
      },
      ORIGIN,
    );
    expect(listing.facts).toMatchObject({
      inputModalities: ["file", "text"],
      task: "text-generation",
      status: "live",
      capabilities: { tools: true },
    });
    expect(findings.map(({ subject }) => subject)).toEqual(["modality:smell", "capability:telepathy"]);
  });

  test("a prototype's name is no word", () => {
    const { findings } = finish(
      { nativeId: "lab/a", task: "constructor", inputModalities: ["__proto__"] },
      ORIGIN,
    );
    expect(findings).toHaveLength(2);
  });
});

describe("a draft that names no offer is refused", () => {
  test.each([
    ["an id with NUL", { nativeId: "a\u0000" }],
    ["an empty id", { nativeId: "" }],
    ["a gateway with a slash", { gateway: "a/b" }],
    ["an empty provider", { provider: "" }],
    ["a context of -1", { contextTokens: -1 }],
    ["a context of 10¹²", { contextTokens: 1e12 }],
    ["half a token", { contextTokens: 0.5 }],
  ])("%s", (_what, draft) => {
    expect(() => facts(draft)).toThrow(BadDraft);
  });
});
