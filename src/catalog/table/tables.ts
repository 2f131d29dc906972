/** The tables of a catalog: built together, one piece of memory, shared as it is with other threads. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { documentReader, gatherDocuments, type DocumentStore } from "./documents.ts";
import { growingFloat64, growingUint32 } from "./growing.ts";
import { DamagedImage, imageOf, openImage, type Put, type Sections } from "./image.ts";
import { openTable, type OpenTable } from "./open-table.ts";
import { rollUpOf } from "./roll-up.ts";
import { buildTable } from "./table-builder.ts";
import type { RollUp, Table, TableRow, TableSpec } from "./table.ts";

/** Tables that were built together. */
export interface Tables {
  /** Of all that is in them: the same rows in the same order have the same hash. */
  readonly hash: string;
  /** What another thread opens without a copy. */
  readonly memory: TablesMemory;
  table(name: string): Table;
  /** Of a child table's name. */
  rollUp(child: string): RollUp;
}

export interface TablesMemory {
  readonly hash: string;
  readonly image: SharedArrayBuffer;
  readonly documents: DocumentStore;
}

/** Takes rows one by one and keeps none of them as an object. */
export interface TablesBuilder {
  /** Answers a number by which children name this row as their parent. */
  add(table: string, row: TableRow): number;
  finish(): Tables;
}

export interface BuildOptions {
  /** Documents of more bytes go to the file at `spill`, where it is given. */
  readonly documentBytesMax?: number;
  readonly spill?: string;
}

const DOCUMENT_BYTES_MAX = 268_435_456;

/** A parent table stands before its children. */
export function createTables(specs: readonly TableSpec[], options: BuildOptions = {}): TablesBuilder {
  const documents = gatherDocuments(options.documentBytesMax ?? DOCUMENT_BYTES_MAX, options.spill);
  const building = new Map(
    specs.map((spec) => [
      spec.name,
      {
        spec,
        builder: buildTable(spec),
        starts: growingFloat64(),
        lengths: growingUint32(),
        crcs: growingUint32(),
      },
    ]),
  );
  return {
    add: (name, row) => {
      const table = building.get(name);
      if (table === undefined) throw new Error(`there is no table ${name}`);
      const document = row.document ?? NO_DOCUMENT;
      table.starts.push(documents.bytes);
      table.lengths.push(document.length);
      table.crcs.push(crc32(document));
      table.builder.add(row);
      documents.add(document);
      return table.builder.length - 1;
    },
    finish: () => {
      const { store, digest } = documents.finish();
      const image = imageOf(specs, (put) => {
        const rowsOf = new Map<string, Uint32Array>();
        for (const { spec, builder, starts, lengths, crcs } of building.values()) {
          const rows = builder.put(put, spec.parent === undefined ? undefined : rowsOf.get(spec.parent));
          rowsOf.set(spec.name, rows);
          putDocuments(put, spec.name, rows, starts.view(), lengths.view(), crcs.view());
        }
        building.clear();
      });
      const hash = createHash("sha256").update(new Uint8Array(image)).update(digest).digest("hex");
      return openTables({ hash: hash.slice(0, HASH_LENGTH), image, documents: store });
    },
  };
}

const NO_DOCUMENT = new Uint8Array(0);
const HASH_LENGTH = 32;

const Specs = z.array(
  z.object({
    name: z.string(),
    words: z.record(z.string(), z.enum(["one", "many"])),
    numbers: z.array(z.string()),
    strings: z.array(z.string()).exactOptional(),
    order: z.array(z.string()),
    parent: z.string().exactOptional(),
  }),
);

/** Of memory that was built in this process, or read whole and checked. */
export function openTables(memory: TablesMemory): Tables {
  const { about, sections } = openImage(memory.image);
  const specs = Specs.safeParse(about).data;
  if (specs === undefined) throw new DamagedImage("the index does not say what its tables are");
  const read = documentReader(memory.documents);
  const tables = new Map(
    specs.map((spec) => [spec.name, openTable(spec, sections, documentsOf(sections, spec.name, read))]),
  );
  const table = (name: string): OpenTable => {
    const its = tables.get(name);
    if (its === undefined) throw new Error(`there is no table ${name}`);
    return its;
  };
  return {
    hash: memory.hash,
    memory,
    table,
    rollUp: (child) => {
      const { spec, words, numbers } = table(child);
      if (spec.parent === undefined) throw new Error(`table ${child} has no parent`);
      return rollUpOf({
        parents: sections.uint32(`${child}/parents`),
        starts: sections.uint32(`${child}/children`),
        ids: table(spec.parent).ids,
        words,
        numbers,
      });
    },
  };
}

function putDocuments(
  put: Put,
  name: string,
  rows: Uint32Array,
  starts: Float64Array,
  lengths: Uint32Array,
  crcs: Uint32Array,
): void {
  const [itsStarts, itsLengths, itsCrcs] = [
    new Float64Array(rows.length),
    new Uint32Array(rows.length),
    new Uint32Array(rows.length),
  ];
  for (let arrival = 0; arrival < rows.length; arrival += 1) {
    const row = rows[arrival] ?? 0;
    itsStarts[row] = starts[arrival] ?? 0;
    itsLengths[row] = lengths[arrival] ?? 0;
    itsCrcs[row] = crcs[arrival] ?? 0;
  }
  put(`${name}/documents/starts`, itsStarts);
  put(`${name}/documents/lengths`, itsLengths);
  put(`${name}/documents/crcs`, itsCrcs);
}

function documentsOf(sections: Sections, name: string, read: ReturnType<typeof documentReader>) {
  const starts = sections.float64(`${name}/documents/starts`);
  const lengths = sections.uint32(`${name}/documents/lengths`);
  const crcs = sections.uint32(`${name}/documents/crcs`);
  return (row: number) => read(starts[row] ?? 0, lengths[row] ?? 0, crcs[row] ?? 0);
}
