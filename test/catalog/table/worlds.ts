/** Small tables of models and offers by chance: many ties, absent values and letters of many scripts. */
import * as fc from "fast-check";
import { createTables } from "../../../src/catalog/table/tables.ts";
import type { RollUp, Table, TableRow, TableSpec } from "../../../src/catalog/table/table.ts";
import { plainRollUp, plainTables } from "./plain.ts";

export const MODELS: TableSpec = {
  name: "models",
  words: { lab: "one", tag: "many" },
  numbers: ["downloads", "likes"],
  strings: ["name"],
  order: ["downloads", "likes"],
};
export const OFFERS: TableSpec = {
  name: "offers",
  words: { gateway: "one", capability: "many" },
  numbers: ["price"],
  order: ["price"],
  parent: "models",
};

/** The fast tables and the plain ones, of the same rows. */
export interface World {
  readonly fast: { readonly models: Table; readonly offers: Table; readonly rollUp: RollUp };
  readonly plain: { readonly models: Table; readonly offers: Table; readonly rollUp: RollUp };
}

const PIECES = [
  "llama",
  "Llama",
  "3.3",
  "70b",
  "Qwen3",
  "coder",
  "gguf",
  "GPT-oss",
  "Ünïcode",
  "モデル",
  "ﬁne",
  "ß",
  "İ",
  "中文",
  "한국어",
  "हिन्दी",
  "𝕏",
  "é",
  "e\u0301",
  "😀",
  "a",
  "b",
  ".",
  "-",
  "_",
  "/",
  " ",
  "v1.5",
  "ＦＵＬＬ",
];
const text = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));
const idText = fc.tuple(text, text).map(([lab, name]) => `${lab}/${name}`);
/** What is asked: the same pieces, and parts of them. */
export const question = fc.oneof(
  text,
  idText,
  fc.constantFrom("l", "ll", "lla", "ama", "7", ".", "", " ", "-", "llama 70b", "デ", "\ud800", "GGUF gg"),
);
const number = fc.option(fc.constantFrom(0, -0, 1, 1, 2, 2.5, 1e9, 1e-9, -3), { nil: undefined });
const lab = fc.option(fc.constantFrom("meta", "qwen", "Ünï", "𝕏", "~"), { nil: undefined });
const tags = fc.array(fc.constantFrom("gguf", "mlx", "text-generation", "中文", "a b"), { maxLength: 4 });

const model = fc.record({
  id: idText,
  lab,
  tags,
  downloads: number,
  likes: number,
  name: fc.option(text, { nil: undefined }),
});
const offer = fc.record({ gateway: lab, capability: tags, price: number, parent: fc.nat() });

export const world = fc
  .tuple(
    fc.uniqueArray(model, { selector: ({ id }) => id, maxLength: 60 }),
    fc.array(offer, { maxLength: 60 }),
  )
  .map(([models, offers]) => {
    const modelRows: readonly TableRow[] = models.map((each) => ({
      id: each.id,
      words: { lab: each.lab, tag: each.tags },
      numbers: { downloads: each.downloads, likes: each.likes },
      strings: { name: each.name },
      ...(each.name === undefined ? {} : { names: [each.name] }),
      texts: [...(each.lab === undefined ? [] : [each.lab]), ...each.tags],
      document: Buffer.from(JSON.stringify(each)),
    }));
    const offerRows: readonly TableRow[] = (models.length === 0 ? [] : offers).map((each, index) => ({
      id: `${each.gateway ?? ""}/${index}`,
      words: { gateway: each.gateway, capability: each.capability },
      numbers: { price: each.price },
      parent: each.parent % models.length,
      document: Buffer.from(`${index}`),
    }));
    return worldOf(modelRows, offerRows);
  });

export function worldOf(models: readonly TableRow[], offers: readonly TableRow[] = []): World {
  const builder = createTables([MODELS, OFFERS]);
  for (const row of models) builder.add("models", row);
  for (const row of offers) builder.add("offers", row);
  const tables = builder.finish();
  const plain = plainTables(
    [MODELS, OFFERS],
    new Map([
      ["models", models],
      ["offers", offers],
    ]),
  );
  const [plainModels, plainOffers] = [plain.get("models"), plain.get("offers")];
  if (plainModels === undefined || plainOffers === undefined) throw new Error("a table is missing");
  return {
    fast: { models: tables.table("models"), offers: tables.table("offers"), rollUp: tables.rollUp("offers") },
    plain: { models: plainModels, offers: plainOffers, rollUp: plainRollUp(plainOffers, plainModels) },
  };
}

/** Some of a table's rows. */
export function someOf(length: number, seed: number): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < length; row += 1)
    if (Math.imul(row + 1, seed * 2 + 1) % 7 < seed % 8) rows.push(row);
  return Uint32Array.from(rows);
}
