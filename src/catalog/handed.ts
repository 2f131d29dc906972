/** A catalog as it goes from one thread to another: its memory, which both then read, and what it is. */
import { catalogOf, type About, type Catalog } from "./catalog.ts";
import { openTables, type TablesMemory } from "./table/tables.ts";

export interface HandedCatalog {
  readonly about: About;
  readonly memory: TablesMemory;
}

/** Nothing where the documents lie in a file, which may be another's by the time that it is opened: then the saved one is read. */
export function handOver(catalog: Catalog): HandedCatalog | undefined {
  return catalog.tables.memory.documents instanceof SharedArrayBuffer ? handed(catalog) : undefined;
}

/** The same of a catalog that was made in memory. */
export function handed({ revision, hash, mark, createdAt, prices, tables }: Catalog): HandedCatalog {
  return { about: { revision, hash, mark, createdAt, prices }, memory: tables.memory };
}

export function takeOver({ about, memory }: HandedCatalog): Catalog {
  return catalogOf(openTables(memory), about);
}
