/** A restart serves what was out, at once, and only where it is what was out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "../src/catalog/build.ts";
import type { Shelf } from "../src/catalog/catalog.ts";
import { saveCatalog } from "../src/catalog/saved.ts";
import { loadConfig, type Config } from "../src/config.ts";
import type { SourceCard } from "../src/serve/application.ts";
import { lastTime, noteForNextTime } from "../src/restart.ts";

const CARDS: readonly SourceCard[] = [
  {
    id: "groq",
    title: "Groq",
    docs: "https://groq.example/docs",
    gateway: "groq",
    authority: "own",
    url: "https://groq.example/v1/models",
    credentials: ["GROQ_API_KEY"],
    credentialOptional: false,
    paging: "single",
    configured: true,
  },
];

let home: string;
let config: Config;
let shelf: Shelf;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "modeldex-restart-"));
  config = configured();
  shelf = { catalog: catalogOf("lab/a"), freshness: new Map([["groq", 1_000]]) };
  saveCatalog(join(home, "catalog", "public.catalog"), shelf.catalog);
  noteForNextTime(config, "public", { shelf, cards: CARDS });
});
afterEach(() => rmSync(home, { recursive: true }));

function configured(flags: { readonly [name: string]: string } = {}): Config {
  return loadConfig({}, home, { MODELDEX_HOME: home, ...flags });
}

function catalogOf(id: string) {
  return buildCatalog([{ id, aliases: [], document: { id }, offers: [] }], 7, 1);
}

describe("a restart", () => {
  test("finds the catalog that was out, with its number, its freshness and its sources", () => {
    const found = lastTime(config, "public");
    expect([
      found?.shelf.catalog.revision,
      found?.shelf.catalog.models.idAt(0),
      found?.shelf.freshness,
      found?.cards,
    ]).toEqual([7, "lab/a", shelf.freshness, CARDS]);
  });

  test("finds nothing for another audience, or for another ledger", () => {
    expect(lastTime(config, "operator")).toBeUndefined();
    expect(lastTime(configured({ MODELDEX_DATABASE: "other.db" }), "public")).toBeUndefined();
  });

  test("does not believe a catalog that is another one than was noted, or that is damaged", () => {
    saveCatalog(join(home, "catalog", "public.catalog"), catalogOf("lab/b"));
    expect(lastTime(config, "public")).toBeUndefined();
    writeFileSync(join(home, "catalog", "public.catalog"), "nonsense");
    expect(lastTime(config, "public")).toBeUndefined();
  });

  test("does not believe a note that is cut, whatever is left of it", () => {
    const path = join(home, "catalog", "public.restart.json");
    const text = readFileSync(path, "utf8");
    for (let length = 0; length < text.length; length += 1) {
      writeFileSync(path, text.slice(0, length));
      expect(lastTime(config, "public")).toBeUndefined();
    }
  });

  test("keeps no password of the ledger's address", () => {
    const secret = configured({ MODELDEX_DATABASE: "postgres://user:canary-password@db/x" });
    noteForNextTime(secret, "public", { shelf, cards: CARDS });
    expect(readFileSync(join(home, "catalog", "public.restart.json"), "utf8")).not.toContain("canary");
  });
});
