/** A catalog as a file: written whole, read whole, and believed only when its hash fits. */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
  fsyncSync,
  closeSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { createRows, type ModelEntry } from "./build.ts";
import { catalogOf, type About, type Catalog } from "./catalog.ts";
import { SEEN_BY } from "./columns.ts";
import { readDocument } from "./documents.ts";

/** Raise it when the file's layout or the documents' meaning changes: older files are then built anew. */
const FORMAT = "modeldex-catalog 2";

interface Header extends About {
  readonly format: string;
  /** Of the header's other fields and of everything behind it. */
  readonly checksum: string;
}

/** Writes beside, flushes, renames: a reader sees the old file or the new one. */
export function saveCatalog(path: string, catalog: Catalog): void {
  const { revision, hash, mark, createdAt, prices } = catalog;
  const head = { format: FORMAT, revision, hash, mark, createdAt, prices };
  const parts = [Buffer.from(JSON.stringify(entriesOf(catalog)))];
  const header: Header = { ...head, checksum: checksumOf(head, parts) };
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w");
  try {
    for (const part of [Buffer.from(`${JSON.stringify(header)}\n`), ...parts]) writeAll(file, part);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(beside, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(beside, path);
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

/** The saved catalog, or why there is none: `missing`, `older` (another format), `damaged` (the hash does not fit). */
export function loadCatalog(path: string): Catalog | "missing" | "older" | "damaged" {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return "missing";
  }
  const headerEnd = bytes.indexOf(0x0a);
  const header = headerEnd === -1 ? undefined : parseHeader(bytes.toString("utf8", 0, headerEnd));
  if (header === undefined) return "damaged";
  if (header.format !== FORMAT) return "older";
  const body = bytes.subarray(headerEnd + 1);
  const { checksum, ...head } = header;
  if (checksumOf(head, [body]) !== checksum) return "damaged";
  const rows = createRows(header.prices);
  // The checksum fits: these are the entries that were written.
  for (const entry of JSON.parse(body.toString("utf8")) as readonly ModelEntry[]) rows.add(entry);
  return catalogOf(rows.finish(), header);
}

/** The mark of the saved catalog, without reading it whole; nothing where there is none. */
export function savedMark(path: string): string | undefined {
  const saved = loadCatalog(path);
  return typeof saved === "string" ? undefined : saved.mark;
}

function entriesOf({ models, offers, aliases, offering, naming }: Catalog): readonly ModelEntry[] {
  const named = Map.groupBy(
    Array.from({ length: aliases.length }, (_, row) => row),
    (row) => naming.parentOf(row),
  );
  return Array.from({ length: models.length }, (_, row) => {
    const { from, to } = offering.childrenOf(row);
    return {
      id: models.idAt(row),
      aliases: (named.get(row) ?? []).map((alias) => aliases.idAt(alias)),
      document: readDocument(models.documentAt(row)),
      offers: Array.from({ length: to - from }, (__, index) => {
        const [seenBy] = offers.words(SEEN_BY).valuesAt(from + index);
        return {
          id: offers.idAt(from + index),
          document: readDocument(offers.documentAt(from + index)),
          ...(seenBy === undefined ? {} : { seenBy }),
        };
      }),
    };
  });
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}

function checksumOf(head: Omit<Header, "checksum">, parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256").update(JSON.stringify(head));
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function parseHeader(line: string): Header | undefined {
  try {
    const header: unknown = JSON.parse(line);
    return typeof header === "object" && header !== null && "format" in header
      ? (header as Header)
      : undefined;
  } catch {
    return undefined;
  }
}
