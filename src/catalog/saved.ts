/** A catalog as a file: its memory as it lies, and what it is; believed only where every checksum fits. */
import { copyFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { catalogOf, type Catalog } from "./catalog.ts";
import { loadNote, loadTables, saveTables } from "./table/tables-file.ts";

/** Raise it when the documents' meaning changes: older files are then built anew. */
const FORMAT = "modeldex-catalog 4";

const Note = z.object({
  format: z.literal(FORMAT),
  revision: z.number(),
  hash: z.string(),
  mark: z.string(),
  createdAt: z.number(),
  prices: z.array(z.string()),
});

/** A reader sees the old file or the new one. */
export function saveCatalog(path: string, catalog: Catalog): void {
  const { revision, hash, mark, createdAt, prices } = catalog;
  const note: z.infer<typeof Note> = { format: FORMAT, revision, hash, mark, createdAt, prices: [...prices] };
  saveTables(path, catalog.tables, note, `${process.pid}.new`);
  dropUnfinished(path);
}

/** The file of a saved catalog once more under another name. */
export function copyCatalog(path: string, to: string): void {
  const beside = `${to}.${process.pid}.new`;
  copyFileSync(path, beside);
  renameSync(beside, to);
  dropUnfinished(to);
}

/** What somebody who died while writing left beside the file. */
function dropUnfinished(path: string): void {
  const own = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(own) && name.endsWith(".new")) rmSync(join(dirname(path), name), { force: true });
}

/** The saved catalog, or why there is none: `missing`, `older` (another format), `damaged` (a bit is not as it was written). */
export function loadCatalog(path: string): Catalog | "missing" | "older" | "damaged" {
  const saved = loadTables(path);
  if (typeof saved === "string") return saved;
  const about = Note.safeParse(saved.note).data;
  if (about === undefined) return "older";
  const { format: _, ...rest } = about;
  return catalogOf(saved.tables, rest);
}

/** The mark of the saved catalog, without reading it whole; nothing where there is none. */
export function savedMark(path: string): string | undefined {
  return Note.safeParse(loadNote(path)).data?.mark;
}
