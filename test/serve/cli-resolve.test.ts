/** `modeldex resolve`: what is printed, and with which exit code. */
import { expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { fakeApplication } from "./support/application.ts";
import { fakeHost, type } from "./support/host.ts";

function twoOfOneName() {
  const models = ["lab-a/small", "lab-b/small"].map((id) => {
    const document = { id: `${id}-offer`, gateway: "groq", provider: "groq", native_id: id, model: id };
    return { id, aliases: [], document: { id, name: id }, offers: [{ id: document.id, document }] };
  });
  return { catalog: buildCatalog(models, 7, 0), freshness: new Map() };
}

test("an id that means one model is 0, with the model, the evidence and the offers", async () => {
  const { code, out } = await type(["resolve", "openai/gpt-oss-120b-old"]);
  expect([code, out.split("\n").slice(0, 2)]).toEqual([
    0,
    ["openai/gpt-oss-120b", "  the model has this id too"],
  ]);
  expect(out).toContain("3 offers: groq/groq/openai/gpt-oss-120b, ");
});

test("an id that may mean several is 3, with all of them", async () => {
  const { code, out } = await type(
    ["resolve", "small"],
    fakeHost(fakeApplication({ shelf: twoOfOneName() })),
  );
  expect(code).toBe(3);
  expect(out).toContain("small may be any of 2 models:\nlab-a/small\n");
});

test("an id that nobody has is 1, with ids near it", async () => {
  const { code, err } = await type(["resolve", "someone/gpt-oss"]);
  expect([code, err]).toEqual([
    1,
    'error: no model has the id "someone/gpt-oss"; near it: openai/gpt-oss-120b\n',
  ]);
});

test("--json prints the API's object, and --gateway asks at one", async () => {
  const { code, out } = await type(["resolve", "openai/gpt-oss-120b", "--gateway", "groq", "--json"]);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { object: "resolution", offers: ["groq/groq/openai/gpt-oss-120b"] },
  ]);
  expect((await type(["resolve", "x", "--gateway", "nobody"])).code).toBe(2);
});
