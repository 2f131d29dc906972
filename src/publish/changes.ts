/** What one revision says differently from the one before, offer by offer and model by model. Pure. */
import { fieldChanges, topicsOf, type Cause, type Change } from "../domain/change.ts";
import type { Catalog } from "../catalog/catalog.ts";

/** Why an offer is as it is, or is no more, and whether it was there before. */
export interface Origin {
  readonly cause: Cause;
  readonly isReturned: boolean;
}

type Document = { readonly [field: string]: unknown };

/** `originOf` knows the offers of both revisions; where it says nothing, the upstream did. */
export function changesBetween(
  before: Catalog,
  after: Catalog,
  originOf: (offerId: string) => Origin | undefined,
): readonly Change[] {
  return [
    ...compare("offer", offersOf(before), offersOf(after), (id) => originOf(id) ?? UPSTREAM),
    ...compare("model", modelsOf(before), modelsOf(after), (id) =>
      originOfModel(offerIdsOf(after, id) ?? offerIdsOf(before, id) ?? [], originOf),
    ),
  ];
}

const UPSTREAM: Origin = { cause: "upstream", isReturned: false };

type Bytes = ReadonlyMap<string, Uint8Array>;

function compare(
  subject: Change["subject"],
  before: Bytes,
  after: Bytes,
  originOf: (id: string) => Origin,
): readonly Change[] {
  const changes: Change[] = [];
  for (const [id, bytes] of after) {
    const was = before.get(id);
    if (was !== undefined && Buffer.compare(was, bytes) === 0) continue;
    const document = parse(bytes);
    const { cause, isReturned } = originOf(id);
    if (was === undefined) {
      changes.push({
        ...named(subject, id, document),
        kind: isReturned ? "returned" : "added",
        topics: ["availability"],
        cause,
        fields: [],
      });
      continue;
    }
    const fields = fieldChanges(parse(was), document);
    if (fields.length > 0)
      changes.push({
        ...named(subject, id, document),
        kind: "changed",
        topics: topicsOf(fields),
        cause,
        fields,
      });
  }
  for (const [id, bytes] of before) {
    if (!after.has(id))
      changes.push({
        ...named(subject, id, parse(bytes)),
        kind: "removed",
        topics: ["availability"],
        cause: originOf(id).cause,
        fields: [],
      });
  }
  return changes;
}

function named(
  subject: Change["subject"],
  id: string,
  document: Document,
): Pick<Change, "subject" | "subjectId" | "gateway" | "model"> {
  if (subject === "model") return { subject, subjectId: id, model: id };
  const { gateway, model } = document;
  return {
    subject,
    subjectId: id,
    ...(typeof gateway === "string" ? { gateway } : {}),
    ...(typeof model === "string" ? { model } : {}),
  };
}

/** A model comes, changes and goes for the reason of its offers; where they differ, the upstream's word is the news. */
function originOfModel(
  offerIds: readonly string[],
  originOf: (offerId: string) => Origin | undefined,
): Origin {
  const origins = offerIds.flatMap((id) => originOf(id) ?? []);
  const cause =
    origins.find(({ cause: one }) => one === "upstream")?.cause ?? origins[0]?.cause ?? "upstream";
  return { cause, isReturned: origins.length > 0 && origins.every(({ isReturned }) => isReturned) };
}

const modelRows = new WeakMap<Catalog, ReadonlyMap<string, number>>();

function offerIdsOf(catalog: Catalog, model: string): readonly string[] | undefined {
  const rows = modelRows.get(catalog) ?? new Map(catalog.columns.modelIds.map((id, row) => [id, row]));
  modelRows.set(catalog, rows);
  const row = rows.get(model);
  if (row === undefined) return undefined;
  const { modelOffers, offerIds } = catalog.columns;
  return offerIds.slice(modelOffers[row], modelOffers[row + 1]);
}

function modelsOf({ columns, documents, bounds }: Catalog): Bytes {
  return new Map(columns.modelIds.map((id, row) => [id, documents.subarray(bounds[row], bounds[row + 1])]));
}

function offersOf({ columns, documents, bounds }: Catalog): Bytes {
  const first = columns.modelIds.length;
  return new Map(
    columns.offerIds.map((id, row) => [id, documents.subarray(bounds[first + row], bounds[first + row + 1])]),
  );
}

function parse(bytes: Uint8Array): Document {
  // Our own documents: objects, always.
  return JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"),
  ) as Document;
}
