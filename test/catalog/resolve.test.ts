/** Which model an id means, whoever spells it so. */
import { describe, expect, test } from "vitest";
import { buildCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import { resolveId } from "../../src/catalog/resolve.ts";

const CATALOG = buildCatalog(
  [
    model(
      "openai/gpt-oss-120b",
      ["openai/gpt-oss-120b-old"],
      [
        offer("groq", "groq", "openai/gpt-oss-120b"),
        offer("huggingface", "novita", "openai/gpt-oss-120b", {
          call: {
            protocol: "openai-chat",
            base_url: "https://a.example",
            model: "openai/gpt-oss-120b:novita",
          },
          provider_native_id: "novita-oss",
        }),
        offer("cerebras", "cerebras", "gpt-oss-120b", { aliases: ["oss"] }),
      ],
    ),
    model("lab-a/small", [], [offer("alpha", "alpha", "small")]),
    model("lab-b/small", [], [offer("beta", "beta", "small")]),
    model("lab-a/Chat-7B", [], [offer("alpha", "alpha", "chat")]),
    model("lab-b/chat-7b", [], [offer("beta", "beta", "chat-b")]),
    model("~alpha/odd one", [], [offer("alpha", "alpha", "odd one")]),
  ],
  1,
  0,
);

function model(
  id: string,
  aliases: readonly string[],
  offers: readonly ReturnType<typeof offer>[],
): ModelEntry {
  return {
    id,
    aliases,
    document: { id, object: "model", name: id.slice(id.indexOf("/") + 1), offers_count: offers.length },
    offers: offers.map((document) => ({ id: document.id, document: { ...document, model: id } })),
  };
}

function offer(gateway: string, provider: string, native: string, more: object = {}) {
  const link = { rule: "lab-and-name", evidence: `${gateway} says so` };
  return { id: `${gateway}/${provider}/${native}`, gateway, provider, native_id: native, link, ...more };
}

function meant(id: string, gateway?: string) {
  return resolveId(CATALOG, id, gateway).map(({ model: one, understood }) => `${understood} ${one}`);
}

describe("an id means", () => {
  test.each([
    ["openai/gpt-oss-120b", undefined, ["model-id openai/gpt-oss-120b"]],
    ["openai/gpt-oss-120b", "groq", ["model-id openai/gpt-oss-120b"]],
    ["openai/gpt-oss-120b-old", undefined, ["alias openai/gpt-oss-120b"]],
    ["groq/groq/openai/gpt-oss-120b", undefined, ["offer-id openai/gpt-oss-120b"]],
    ["gpt-oss-120b", undefined, ["native-id openai/gpt-oss-120b"]],
    ["gpt-oss-120b", "cerebras", ["native-id openai/gpt-oss-120b"]],
    ["oss", undefined, ["native-id openai/gpt-oss-120b"]],
    ["novita-oss", undefined, ["native-id openai/gpt-oss-120b"]],
    ["openai/gpt-oss-120b:novita", undefined, ["call-id openai/gpt-oss-120b"]],
    ["GPT-OSS-120B", undefined, ["name openai/gpt-oss-120b"]],
    ["OpenAI/GPT-OSS-120B", undefined, ["name openai/gpt-oss-120b"]],
    ["odd one", undefined, ["native-id ~alpha/odd one"]],
    ["small", "alpha", ["native-id lab-a/small"]],
    ["small", "beta", ["native-id lab-b/small"]],
    ["chat-7b", "alpha", ["name lab-a/Chat-7B"]],
  ] as const)("%s at %s: %j", (id, gateway, meanings) => {
    expect(meant(id, gateway)).toEqual(meanings);
  });

  test.each([
    "nothing-like-it",
    "openai/gpt",
    "",
    " ",
    "/",
    "gpt-oss",
    "\u0000",
    "..",
    "__proto__",
    "constructor",
  ])("%j nothing: part of a name is no name", (id) => {
    expect(meant(id)).toEqual([]);
  });

  test("several models where several are called so, and never a guess", () => {
    expect(meant("small")).toEqual(["native-id lab-a/small", "native-id lab-b/small"]);
    expect(meant("CHAT-7B").toSorted()).toEqual(["name lab-a/Chat-7B", "name lab-b/chat-7b"]);
  });

  test("at a gateway, nothing that the gateway does not offer", () => {
    expect(meant("openai/gpt-oss-120b", "alpha")).toEqual([]);
    expect(meant("groq/groq/openai/gpt-oss-120b", "huggingface")).toEqual([]);
    expect(meant("gpt-oss-120b", "alpha")).toEqual([]);
  });

  test("its offers: all of the model's, those at the gateway, or the one that is named", () => {
    const offers = (id: string, gateway?: string) => resolveId(CATALOG, id, gateway)[0]?.offers;
    expect(offers("openai/gpt-oss-120b")).toHaveLength(3);
    expect(offers("openai/gpt-oss-120b", "groq")).toEqual(["groq/groq/openai/gpt-oss-120b"]);
    expect(offers("openai/gpt-oss-120b:novita")).toEqual(["huggingface/novita/openai/gpt-oss-120b"]);
  });

  test("of an offer, the rule that links it and what it goes by", () => {
    expect(resolveId(CATALOG, "gpt-oss-120b")[0]).toMatchObject({
      rule: "lab-and-name",
      evidence: "cerebras says so",
    });
  });
});
