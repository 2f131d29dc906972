/** Tables are saved as they lie in memory, and a saved file is believed only where no bit of it has changed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DamagedImage } from "../../../src/catalog/table/image.ts";
import { rowsOf } from "../../../src/catalog/table/row-set.ts";
import { loadNote, loadTables, saveTables } from "../../../src/catalog/table/tables-file.ts";
import { createTables, type Tables } from "../../../src/catalog/table/tables.ts";
import { randomOf } from "../../worlds/truth.ts";
import { MODELS, OFFERS } from "./worlds.ts";

const FLIPS = 200;
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 1);
const ROWS = 40;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modeldex-tables-"));
  path = join(folder, "public.catalog");
});
afterEach(() => rmSync(folder, { recursive: true }));

function tablesOf(options = {}): Tables {
  const builder = createTables([MODELS, OFFERS], options);
  for (let row = 0; row < ROWS; row += 1) {
    const parent = builder.add("models", {
      id: `lab/Model-${row}`,
      words: { lab: "lab", tag: row % 2 === 0 ? ["gguf", "中文"] : [] },
      numbers: { downloads: row % 7 },
      document: Buffer.from(JSON.stringify({ row })),
    });
    builder.add("offers", {
      id: `groq/${row}`,
      numbers: { price: row / 8 },
      parent,
      document: Buffer.from(`${row}`),
    });
  }
  return builder.finish();
}

function loaded(documentBytesMax?: number) {
  const saved = loadTables(path, documentBytesMax);
  if (typeof saved === "string") throw new Error(saved);
  return saved;
}

function documentsOf(tables: Tables): readonly string[] {
  const models = tables.table("models");
  return Array.from(rowsOf(models.all), (row) => Buffer.from(models.documentAt(row)).toString("utf8"));
}

describe("saved tables", () => {
  test("are read as they were written, with what was said beside", () => {
    const tables = tablesOf();
    saveTables(path, tables, { revision: 7 }, "new");
    const { tables: read, note } = loaded();
    expect([note, loadNote(path)]).toEqual([{ revision: 7 }, { revision: 7 }]);
    expect(read.hash).toBe(tables.hash);
    expect(Buffer.from(read.memory.image).equals(Buffer.from(tables.memory.image))).toBe(true);
    expect(documentsOf(read)).toEqual(documentsOf(tables));
    expect(read.table("models").find("model gguf")?.rows).toEqual(
      tables.table("models").find("model gguf")?.rows,
    );
  });

  test("of the same rows have the same hash, and of another document another one", () => {
    const other = createTables([MODELS]);
    other.add("models", { id: "a", document: Buffer.from("1") });
    const another = createTables([MODELS]);
    another.add("models", { id: "a", document: Buffer.from("2") });
    expect(tablesOf().hash).toBe(tablesOf().hash);
    expect(other.finish().hash).not.toBe(another.finish().hash);
  });

  test("that are not there are missing", () => {
    expect([loadTables(path), loadNote(path)]).toEqual(["missing", undefined]);
  });

  test(`with a flipped bit are never believed: ${FLIPS} of ${FLIPS} flips (seed ${SEED})`, () => {
    saveTables(path, tablesOf(), { revision: 7 }, "new");
    const bytes = readFileSync(path);
    const random = randomOf(SEED);
    const believed: number[] = [];
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const at = Math.floor(random() * bytes.length);
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(path, damaged);
      if (loadTables(path) !== "damaged") believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  test("that are cut at any byte are never believed", () => {
    saveTables(path, tablesOf(), {}, "new");
    const bytes = readFileSync(path);
    for (let end = 0; end < bytes.length; end += 997) {
      writeFileSync(path, bytes.subarray(0, end));
      expect(loadTables(path)).toBe("damaged");
    }
  });

  test("with more documents than fit in memory leave them in the file, and check each that is read", () => {
    const tables = tablesOf({ documentBytesMax: 16, spill: join(folder, "spill") });
    expect(tables.memory.documents).toMatchObject({ path: join(folder, "spill") });
    saveTables(path, tables, {}, "new");
    const { tables: read } = loaded(16);
    expect(read.memory.documents).toMatchObject({ path });
    expect(documentsOf(read)).toEqual(documentsOf(tablesOf()));
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const offers = loaded(16).tables.table("offers");
    expect(() => Array.from(rowsOf(offers.all), (row) => offers.documentAt(row))).toThrow(DamagedImage);
  });
});
