import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { loadCatalog, saveCatalog } from "../../src/catalog/saved.ts";
import { saveTables } from "../../src/catalog/table/tables-file.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { contentsOf } from "./contents.ts";
import { metered, openHouse, type House } from "../publish/ledgers.ts";
import { randomOf } from "../worlds/truth.ts";

const FLIPS = 200;
/** The lengths, the checksum and what is said of the catalog. */
const HEADER_BYTES = 300;
const STEP_BYTES = 499;
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 1);

let folder: string;
let house: House;
let catalog: Catalog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "modeldex-saved-"));
  house = await openHouse();
  await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000002")]);
  catalog = (await house.publish()).public;
});

afterEach(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

describe("a saved catalog", () => {
  test("is read as it was written", () => {
    const path = join(folder, "public.catalog");
    saveCatalog(path, catalog);
    const loaded = loadCatalog(path);
    if (typeof loaded === "string") throw new Error(loaded);
    expect(contentsOf(loaded)).toEqual(contentsOf(catalog));
  });

  test("that is not there is missing, and one of another format is older", () => {
    const path = join(folder, "public.catalog");
    expect(loadCatalog(path)).toBe("missing");
    saveTables(path, catalog.tables, { format: "modeldex-catalog 2" }, "new");
    expect(loadCatalog(path)).toBe("older");
  });

  test(`with a flipped bit is never believed: ${FLIPS} of ${FLIPS} flips (seed ${SEED})`, () => {
    const path = join(folder, "public.catalog");
    saveCatalog(path, catalog);
    const bytes = readFileSync(path);
    const random = randomOf(SEED);
    const believed: number[] = [];
    for (let flip = 0; flip < FLIPS; flip += 1) {
      // Half of them in the header, which is short.
      const at = Math.floor(random() * (flip % 2 === 0 ? bytes.length : HEADER_BYTES));
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(path, damaged);
      if (typeof loadCatalog(path) !== "string") believed.push(at);
    }
    expect(believed).toEqual([]);
  });

  test("that is cut at any byte is never believed", () => {
    const path = join(folder, "public.catalog");
    saveCatalog(path, catalog);
    const bytes = readFileSync(path);
    for (let end = 0; end < bytes.length; end += STEP_BYTES) {
      writeFileSync(path, bytes.subarray(0, end));
      expect(loadCatalog(path)).toBe("damaged");
    }
  });

  test("that is damaged is made anew from the ledger, and equals", async () => {
    for (const audience of ["public", "operator"] as const) {
      const path = join(house.publishing.directory, `${audience}.catalog`);
      const bytes = readFileSync(path);
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 4;
      writeFileSync(path, bytes);
      const served = await currentShelf(house.publishing, audience);
      expect([served?.hash, served?.revision]).toEqual([catalog.hash, catalog.revision]);
      expect(served === undefined ? undefined : contentsOf(served)).toEqual(contentsOf(catalog));
    }
  });
});
