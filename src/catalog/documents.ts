/** Documents as they are answered: ready bytes, with what moves beside the catalog, or only the fields that are asked for. */
import type { Shelf } from "./catalog.ts";
import { SEEN_BY } from "./columns.ts";
import type { Document } from "./fields.ts";
import { modelRow } from "./find.ts";

/** Every field of a model's document, in its order. */
export const MODEL_FIELDS = [
  "id",
  "object",
  "created",
  "owned_by",
  "name",
  "description",
  "task",
  "input_modalities",
  "output_modalities",
  "context_tokens",
  "output_tokens_max",
  "capabilities",
  "license",
  "open_weights",
  "parameters",
  "knowledge_cutoff",
  "hugging_face_id",
  "variant_of",
  "aliases",
  "tags",
  "offers_count",
  "gateways",
  "billings",
  "cheapest",
  "pinned",
  "updated_at",
  "huggingface_metrics",
] as const;

/** Every field of an offer's document, in its order. */
export const OFFER_FIELDS = [
  "id",
  "object",
  "gateway",
  "provider",
  "native_id",
  "model",
  "link",
  "name",
  "status",
  "billing",
  "attested",
  "prices",
  "prices_source",
  "context_tokens",
  "output_tokens_max",
  "task",
  "input_modalities",
  "output_modalities",
  "capabilities",
  "variant",
  "quantization",
  "regions",
  "provider_native_id",
  "aliases",
  "deprecated_at",
  "ends_at",
  "successor",
  "tags",
  "call",
  "visibility",
  "held",
  "pinned",
  "source",
  "first_seen",
  "last_seen",
] as const;

export function modelDocumentAt({ catalog }: Shelf, row: number): Uint8Array {
  return catalog.models.documentAt(row);
}

/** With its last sighting: that of its source, unless the document states its own. */
export function offerDocumentAt(shelf: Shelf, row: number): Uint8Array {
  const { offers } = shelf.catalog;
  const document = offers.documentAt(row);
  const [source] = offers.words(SEEN_BY).valuesAt(row);
  const end = source === undefined ? undefined : sightings(shelf).get(source);
  return end === undefined ? document : Buffer.concat([withoutEnd(document), end]);
}

/** One model with its offers, by any id that it has; `id` is the canonical one. */
export function findModel(
  shelf: Shelf,
  id: string,
): { readonly id: string; readonly document: Uint8Array } | undefined {
  const { catalog } = shelf;
  const row = modelRow(catalog, id);
  if (row === undefined) return undefined;
  const { from, to } = catalog.offering.childrenOf(row);
  const offers = Array.from({ length: to - from }, (_, index) => offerDocumentAt(shelf, from + index));
  const separated = offers.flatMap((offer, index) => (index === 0 ? [offer] : [COMMA, offer]));
  const document = Buffer.concat([
    withoutEnd(modelDocumentAt(shelf, row)),
    OFFERS_BEGIN,
    ...separated,
    OFFERS_END,
  ]);
  return { id: catalog.models.idAt(row), document };
}

/** Only these of its fields; one that the document does not state is not there. */
export function project(document: Uint8Array, fields: readonly string[]): Uint8Array {
  const stated = readDocument(document);
  const asked = fields.filter((field) => Object.hasOwn(stated, field));
  return Buffer.from(JSON.stringify(Object.fromEntries(asked.map((field) => [field, stated[field]]))));
}

export function readDocument(bytes: Uint8Array): Document {
  // Our own documents: objects, always.
  return JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"),
  ) as Document;
}

const COMMA = Buffer.from(",");
const OFFERS_BEGIN = Buffer.from(',"offers":[');
const OFFERS_END = Buffer.from("]}");

const ends = new WeakMap<Shelf, ReadonlyMap<string, Buffer>>();

/** How the documents of each source's offers end: its last reading is the same for all of them. */
function sightings(shelf: Shelf): ReadonlyMap<string, Buffer> {
  const known = ends.get(shelf);
  if (known !== undefined) return known;
  const made = new Map(
    [...shelf.freshness].map(([source, at]) => {
      const instant = new Date(at).toISOString().replace(".000Z", "Z");
      return [source, Buffer.from(`,"last_seen":"${instant}"}`)] as const;
    }),
  );
  ends.set(shelf, made);
  return made;
}

function withoutEnd(document: Uint8Array): Uint8Array {
  return document.subarray(0, document.length - 1);
}
