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
import type { Catalog, Columns } from "./catalog.ts";

/** Raise it when the file's layout or the documents' meaning changes: older files are then built anew. */
const FORMAT = "modeldex-catalog 1";

interface Header {
  readonly format: string;
  readonly revision: number;
  readonly hash: string;
  readonly createdAt: number;
  /** Of the header's other fields and of everything behind it. */
  readonly checksum: string;
  readonly columnsBytes: number;
  readonly boundsBytes: number;
  readonly documentsBytes: number;
}

/** Writes beside, flushes, renames: a reader sees the old file or the new one. */
export function saveCatalog(path: string, catalog: Catalog): void {
  const columns = Buffer.from(JSON.stringify(catalog.columns));
  const bounds = Buffer.from(Float64Array.from(catalog.bounds).buffer);
  const parts = [columns, bounds, catalog.documents];
  const head = {
    format: FORMAT,
    revision: catalog.revision,
    hash: catalog.hash,
    createdAt: catalog.createdAt,
    columnsBytes: columns.length,
    boundsBytes: bounds.length,
    documentsBytes: catalog.documents.length,
  };
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
  const boundsFrom = header.columnsBytes;
  const documentsFrom = boundsFrom + header.boundsBytes;
  const bounds = new Float64Array(header.boundsBytes / Float64Array.BYTES_PER_ELEMENT);
  Buffer.from(bounds.buffer).set(body.subarray(boundsFrom, documentsFrom));
  return {
    revision: header.revision,
    hash: header.hash,
    createdAt: header.createdAt,
    // The checksum fits: these are the columns that were written.
    columns: JSON.parse(body.toString("utf8", 0, boundsFrom)) as Columns,
    bounds,
    documents: body.subarray(documentsFrom),
  };
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
