/** Models side by side, over HTTP and on the command line. */
import { describe, expect, test } from "vitest";
import { buildCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { Comparison } from "../../src/serve/http/documents/compare.ts";
import { fakeApplication } from "./support/application.ts";
import { HOSTILE, NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";

function model(id: string, facts: object): ModelEntry {
  const offer = `groq/groq/${id}`;
  return {
    id,
    aliases: [],
    document: { id, object: "model", owned_by: "lab", name: id.slice(4), offers_count: 1, ...facts },
    offers: [{ id: offer, document: { id: offer, gateway: "groq", native_id: id, model: id } }],
  };
}

const SHELF: Shelf = {
  catalog: buildCatalog(
    [
      model("lab/small", {
        context_tokens: 8_192,
        input_modalities: ["text", "image"],
        capabilities: { tools: true, vision: false },
        cheapest: { offer: "x", input_per_million: "0" },
      }),
      model("lab/large", {
        context_tokens: 131_072,
        input_modalities: ["image", "text"],
        capabilities: { tools: true },
        cheapest: { offer: "x", input_per_million: "0.15" },
      }),
      model("lab/silent", {}),
      model("lab/twin", {}),
      model("bal/twin", {}),
      model(`lab/${HOSTILE}`, { license: HOSTILE }),
    ],
    7,
    NOW,
  ),
  freshness: new Map(),
};

const get = (models: string) => served({ shelf: SHELF }).inject(`/v1/compare?models=${models}`);
const shown = (ids: readonly string[], columns = 80) =>
  type(["compare", ...ids], fakeHost(fakeApplication({ shelf: SHELF }), { columns }));

describe("GET /v1/compare", () => {
  test("answers what differs first, then what not all state, then what they share", async () => {
    const answer = await get("lab/small,lab/large");
    expect(answer.statusCode).toBe(200);
    const { models, fields, revision } = Comparison.parse(answer.json());
    expect(models.map(({ id }) => id)).toEqual(["lab/small", "lab/large"]);
    expect(revision).toBe(7);
    expect(fields.map(({ field, agreement }) => `${agreement} ${field}`)).toEqual([
      "different cheapest.input_per_million",
      "different context_tokens",
      "partly-unknown capabilities.vision",
      "same input_modalities",
      "same capabilities.tools",
      "same owned_by",
      "same offers_count",
    ]);
    expect(fields[1]?.values).toEqual({ "lab/small": 8_192, "lab/large": 131_072 });
  });

  test("what a model does not state is not there: neither no nor nothing", async () => {
    const { fields } = Comparison.parse((await get("lab/silent,lab/small,lab/large")).json());
    const vision = fields.find(({ field }) => field === "capabilities.vision");
    expect(vision).toEqual({
      field: "capabilities.vision",
      agreement: "partly-unknown",
      values: { "lab/small": false },
    });
    const price = fields.find(({ field }) => field === "cheapest.input_per_million");
    expect(price?.values).toEqual({ "lab/small": "0", "lab/large": "0.15" });
  });

  test("takes any id that a model has, and says what was asked", async () => {
    const { models } = Comparison.parse((await get("groq/groq/lab/large,SMALL")).json());
    expect(models.map(({ id, asked }) => [asked, id])).toEqual([
      ["groq/groq/lab/large", "lab/large"],
      ["SMALL", "lab/small"],
    ]);
  });

  test.each([
    ["lab/small", 400, /2 to 6 models are compared, not 1/],
    ["a,b,c,d,e,f,g", 400, /not 7/],
    ["lab/small,small", 400, /are one model: lab\/small/],
    ["lab/small,twin", 400, /"twin" may be .*lab\/twin.*: name one of them/],
    ["lab/small,lab/larg", 404, /no model has the id "lab\/larg"; near it: lab\/large/],
  ])("refuses %s", async (models, status, detail) => {
    const answer = await get(models);
    expect(answer.statusCode).toBe(status);
    expect(answer.json().detail).toMatch(detail);
  });
});

describe("modeldex compare", () => {
  test("shows each model under its letter, in the width of the terminal", async () => {
    const { code, out } = await shown(["lab/small", "lab/large", "lab/silent"]);
    expect(code).toBe(0);
    expect(out).toContain("A  lab/small\nB  lab/large\nC  lab/silent\n");
    expect(out).toMatch(/What differs\n +A +B +C\ncheapest input \$\/M +\$0\.00 +\$0\.15 +unknown\n/);
    expect(out.indexOf("What differs")).toBeLessThan(out.indexOf("What they share"));
    expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("shows six models whole on eighty columns: what is too wide goes on below", async () => {
    const ids = ["lab/small", "lab/large", "lab/silent", "lab/twin", "bal/twin", `lab/${HOSTILE}`];
    const { code, out } = await shown(ids);
    expect(code).toBe(0);
    const rows = out.slice(out.indexOf("What differs")).split("\n");
    expect(rows.every((line) => line.length <= 80)).toBe(true);
    expect(rows.join("")).not.toContain("…");
    expect(out).not.toContain("\u001b");
  });

  test("prints the API's answer with --json", async () => {
    const host = fakeHost(fakeApplication({ shelf: SHELF }));
    const { out } = await type(["compare", "lab/small", "lab/large", "--json"], host);
    expect(out).toBe((await get("lab/small,lab/large")).body);
  });
});
