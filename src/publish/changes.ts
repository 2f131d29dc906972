/** What one revision says differently from the one before, offer by offer and model by model. Pure. */
import { fieldChanges, topicsOf, type Cause, type Change, type Topic } from "../domain/change.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { readDocument } from "../catalog/documents.ts";
import type { Document } from "../catalog/fields.ts";
import { servedModels } from "../catalog/find.ts";
import { rowsOf } from "../catalog/table/row-set.ts";
import type { Turn } from "./decisions.ts";

/** Why an offer is as it is, or is no more, and whether it was there before. */
export interface Origin {
  readonly cause: Cause;
  readonly isReturned: boolean;
}

/**
 * `originOf` knows the offers of both revisions; where it says nothing, the upstream did. What an operator decided since
 * the one before (`turn`) is his doing.
 */
export function changesBetween(
  before: Catalog,
  after: Catalog,
  originOf: (offerId: string) => Origin | undefined,
  turn: Turn = NO_TURN,
): readonly Change[] {
  const ofOffer = (id: string) => {
    if (turn.ids.size === 0) return originOf(id) ?? UPSTREAM;
    return originIn(turn, [id, modelOf(before, id), modelOf(after, id)]) ?? originOf(id) ?? UPSTREAM;
  };
  const offers = compare("offer", offersOf(before), offersOf(after), ofOffer);
  const moved = new Set(offers.map(({ subjectId }) => subjectId));
  const ofModel = (id: string, topics: readonly Topic[]) => {
    const [then, now] = [offerIdsOfModel(before, id) ?? [], offerIdsOfModel(after, id)];
    const its = [...new Set([...then, ...(now ?? [])])];
    const itsMoved = its.filter((offer) => moved.has(offer));
    const decided = originIn(turn, [id, ...its]);
    if (decided !== undefined) return decided;
    // Nobody said anything of it: an id leads here now that led elsewhere, or no more.
    if (itsMoved.length === 0 && topics.every((topic) => topic === "identity")) return BY_LINKS;
    return originOfModel(itsMoved.length === 0 ? (now ?? then) : itsMoved, originOf);
  };
  return [...offers, ...compare("model", modelsOf(before), modelsOf(after), ofModel)];
}

const NO_TURN: Turn = { ids: new Set(), shownAgain: new Set() };

function originIn({ ids, shownAgain }: Turn, touched: readonly (string | undefined)[]): Origin | undefined {
  if (ids.size === 0 || !touched.some((id) => id !== undefined && ids.has(id))) return undefined;
  return {
    cause: "override",
    isReturned: touched.some((id) => id !== undefined && shownAgain.has(id)),
  };
}

function modelOf({ models, offers, offering }: Catalog, offer: string): string | undefined {
  const row = offers.rowOf(offer);
  return row === undefined ? undefined : models.idAt(offering.parentOf(row));
}

const UPSTREAM: Origin = { cause: "upstream", isReturned: false };
const BY_LINKS: Origin = { cause: "rules", isReturned: false };

const AVAILABILITY: readonly Topic[] = ["availability"];

type Bytes = ReadonlyMap<string, Uint8Array>;

function compare(
  subject: Change["subject"],
  before: Bytes,
  after: Bytes,
  originOf: (id: string, topics: readonly Topic[]) => Origin,
): readonly Change[] {
  const changes: Change[] = [];
  for (const [id, bytes] of after) {
    const was = before.get(id);
    if (was !== undefined && Buffer.compare(was, bytes) === 0) continue;
    const document = parse(bytes);
    if (was === undefined) {
      const { cause, isReturned } = originOf(id, AVAILABILITY);
      changes.push({
        ...named(subject, id, document),
        kind: isReturned ? "returned" : "added",
        topics: AVAILABILITY,
        cause,
        fields: [],
      });
      continue;
    }
    const fields = fieldChanges(parse(was), document);
    if (fields.length === 0) continue;
    const topics = topicsOf(fields);
    const { cause } = originOf(id, topics);
    changes.push({ ...named(subject, id, document), kind: "changed", topics, cause, fields });
  }
  for (const [id, bytes] of before) {
    if (!after.has(id))
      changes.push({
        ...named(subject, id, parse(bytes)),
        kind: "removed",
        topics: AVAILABILITY,
        cause: originOf(id, AVAILABILITY).cause,
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

/**
 * A model comes, changes and goes for the reason of those of its offers that did; where they differ, the upstream's word is the
 * news. Offers that are as they were have no say.
 */
function originOfModel(
  offerIds: readonly string[],
  originOf: (offerId: string) => Origin | undefined,
): Origin {
  const origins = offerIds.flatMap((id) => originOf(id) ?? []);
  const cause =
    origins.find(({ cause: one }) => one === "upstream")?.cause ?? origins[0]?.cause ?? "upstream";
  return { cause, isReturned: origins.length > 0 && origins.every(({ isReturned }) => isReturned) };
}

/** The ids of a catalog's offers, in its order. */
export function offerIdsOf({ offers }: Catalog): readonly string[] {
  return Array.from({ length: offers.length }, (_, row) => offers.idAt(row));
}

function offerIdsOfModel(
  { models, offers, offering }: Catalog,
  model: string,
): readonly string[] | undefined {
  const row = models.rowOf(model);
  if (row === undefined) return undefined;
  const { from, to } = offering.childrenOf(row);
  return Array.from({ length: to - from }, (_, index) => offers.idAt(from + index));
}

/** Those that somebody offers: what the Hub lists besides is no news. */
function modelsOf(catalog: Catalog): Bytes {
  const { models } = catalog;
  return new Map(
    Array.from(rowsOf(servedModels(catalog)), (row) => [models.idAt(row), models.documentAt(row)]),
  );
}

function offersOf({ offers }: Catalog): Bytes {
  return new Map(
    Array.from({ length: offers.length }, (_, row) => [offers.idAt(row), offers.documentAt(row)]),
  );
}

/** Without the Hub's counters, which are shown and are no news. */
function parse(bytes: Uint8Array): Document {
  const { huggingface_metrics: hub, ...document } = readDocument(bytes);
  if (typeof hub !== "object" || hub === null) return document;
  // An object within our own document.
  const { downloads: _downloads, likes: _likes, ...stated } = hub as Document;
  return { ...document, huggingface_metrics: stated };
}
