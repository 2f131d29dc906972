/** Which model an id means, whoever spells it so: a model's id or alias, an offer's, a gateway's own, or the bare name. */
import type { Catalog } from "./catalog.ts";
import { readDocument } from "./documents.ts";
import type { Document } from "./fields.ts";
import { modelRow } from "./find.ts";

/** As what an id was understood, what is surest first. */
export const UNDERSTOOD = ["model-id", "alias", "offer-id", "native-id", "call-id", "name"] as const;
export type Understood = (typeof UNDERSTOOD)[number];

/** A model that an id may mean. */
export interface Meaning {
  readonly model: string;
  readonly understood: Understood;
  /** Why it is that model: of an offer the rule that links it, and what it goes by. */
  readonly rule: string;
  readonly evidence: string;
  /** The offers that the id names; all of the model's where it names the model itself. */
  readonly offers: readonly string[];
}

/** Whoever spells an id in a way of his own has it among the best matches, or nobody does. */
const MATCHES_MAX = 1_000;

/** The surest meanings that an id has, at one gateway where one is named: none, one, or several of equal standing. */
export function resolveId(catalog: Catalog, id: string, gateway?: string): readonly Meaning[] {
  for (const understand of [asModel, asOffer, asNativeId, asCallId, asName]) {
    const meanings = understand(catalog, id, gateway);
    if (meanings.length > 0) return meanings;
  }
  return [];
}

function asModel(catalog: Catalog, id: string, gateway: string | undefined): readonly Meaning[] {
  const row = modelRow(catalog, id);
  if (row === undefined) return [];
  const offers = offersOfModel(catalog, row).filter((offer) => isAt(offer, gateway));
  if (gateway !== undefined && offers.length === 0) return [];
  const model = catalog.models.idAt(row);
  const [understood, evidence] =
    model === id
      ? (["model-id", "it is the model's own id"] as const)
      : (["alias", "the model has this id too"] as const);
  return [{ model, understood, rule: understood, evidence, offers: offers.map(idOf) }];
}

function asOffer(catalog: Catalog, id: string, gateway: string | undefined): readonly Meaning[] {
  const row = catalog.offers.rowOf(id);
  const offers = row === undefined ? [] : [offerAt(catalog, row)];
  return meaningsOf(
    offers.filter((offer) => isAt(offer, gateway)),
    "offer-id",
  );
}

function asNativeId(catalog: Catalog, id: string, gateway: string | undefined): readonly Meaning[] {
  return meaningsOf(
    matching(catalog, id, gateway).filter(
      ({ native_id: native, provider_native_id: atProvider, aliases }) =>
        native === id || atProvider === id || (Array.isArray(aliases) && aliases.includes(id)),
    ),
    "native-id",
  );
}

function asCallId(catalog: Catalog, id: string, gateway: string | undefined): readonly Meaning[] {
  // What a caller sends may end with the provider: the rest of it finds the offers.
  const found = [id, id.replace(/:[^:/]*$/, "")].flatMap((text) => matching(catalog, text, gateway));
  return meaningsOf(
    found.filter(
      ({ call }) => typeof call === "object" && call !== null && Reflect.get(call, "model") === id,
    ),
    "call-id",
  );
}

/** What stands behind the lab, or is the name for people; in any case of letters. */
function asName(catalog: Catalog, id: string, gateway: string | undefined): readonly Meaning[] {
  const wanted = fold(id);
  const { models } = catalog;
  const match = models.find(id);
  const rows = match === undefined ? [] : [...match.page(match.rows, { limit: MATCHES_MAX })];
  return rows.flatMap((row) => {
    const model = models.idAt(row);
    const { name } = readDocument(models.documentAt(row));
    const isNamed = [model, model.slice(model.indexOf("/") + 1), typeof name === "string" ? name : ""].some(
      (text) => fold(text) === wanted,
    );
    if (!isNamed) return [];
    const offers = offersOfModel(catalog, row).filter((offer) => isAt(offer, gateway));
    if (gateway !== undefined && offers.length === 0) return [];
    const evidence = "its name is spelled so, but for the lab or for the case of letters";
    return [{ model, understood: "name", rule: "name", evidence, offers: offers.map(idOf) } as const];
  });
}

/** Offers of one model are one meaning. */
function meaningsOf(offers: readonly Document[], understood: Understood): readonly Meaning[] {
  const byModel = Map.groupBy(offers, ({ model }) => String(model));
  return [...byModel].map(([model, its]) => {
    // Every offer says why it is its model.
    const link = its[0]?.["link"] as { readonly rule: string; readonly evidence: string } | undefined;
    return {
      model,
      understood,
      rule: link?.rule ?? understood,
      evidence: link?.evidence ?? "its offers say so",
      offers: [...new Set(its.map(idOf))],
    };
  });
}

/** The offers that a text finds, the nearest first. */
function matching({ offers }: Catalog, text: string, gateway: string | undefined): readonly Document[] {
  const match = offers.find(text);
  if (match === undefined) return [];
  const rows = [...match.page(match.rows, { limit: MATCHES_MAX })];
  return rows.map((row) => readDocument(offers.documentAt(row))).filter((offer) => isAt(offer, gateway));
}

function offersOfModel(catalog: Catalog, row: number): readonly Document[] {
  const { from, to } = catalog.offering.childrenOf(row);
  return Array.from({ length: to - from }, (_, index) => offerAt(catalog, from + index));
}

function offerAt({ offers }: Catalog, row: number): Document {
  return readDocument(offers.documentAt(row));
}

function isAt({ gateway }: Document, asked: string | undefined): boolean {
  return asked === undefined || gateway === asked;
}

function idOf({ id }: Document): string {
  return String(id);
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
