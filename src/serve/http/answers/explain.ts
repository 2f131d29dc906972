/** One model with who says so: of each field the word that stands, since when, and every word that says something else. */
import { AUTHORITY } from "../../../merge/authority.ts";
import { isSame, type OfferField, type Word, type Words } from "../../../merge/explain.ts";
import type { ModelField } from "../../../merge/model.ts";
import type { Application } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import { oneModel } from "./model.ts";

/** `id` is the canonical one. Throws `NoSuchModel`, and `NotReady` before the first revision. */
export async function explainedModel(
  application: Application,
  id: string,
): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const found = oneModel(application, id);
  // Our own document: a model with its offers.
  const document = JSON.parse(found.bytes().toString()) as {
    readonly created?: number;
    readonly offers?: readonly { readonly id: string }[];
  };
  const { createdAt } = found.shelf.catalog;
  const offers = (document.offers ?? []).map((offer) => offer.id);
  const explained = await application.provenance.explain(found.id, offers, createdAt);
  const created = explained.model.has("createdAt") || document.created === undefined ? {} : FIRST_SEEN;
  const explain = {
    model: { ...created, ...fieldsOf(explained.model, modelRule) },
    offers: Object.fromEntries(
      offers.flatMap((offer) => {
        const words = explained.offers.get(offer);
        return words === undefined ? [] : [[offer, fieldsOf(words, () => "gateway, third-party")]];
      }),
    ),
  };
  return { id: found.id, bytes: single({ ...document, explain }) };
}

/** OpenAI's clients require the field. */
const FIRST_SEEN = {
  created: { rule: "first seen: no source states a date", agreeing: 0, others: [] },
};

function fieldsOf<Field extends OfferField | ModelField>(
  words: Words<Field>,
  ruleOf: (field: Field) => string,
) {
  return Object.fromEntries(
    [...words].map(([field, said]) => {
      const shown = said.map((word) => ({ ...word, value: shownAs(field, word.value) }));
      return [NAMES[field] ?? snakeCase(field), fieldDocument(shown, ruleOf(field))];
    }),
  );
}

function fieldDocument([first, ...rest]: readonly Word[], rule: string) {
  if (first === undefined) return { rule, agreeing: 0, others: [] };
  const others = rest.filter((word) => !isSame(word.value, first.value));
  return {
    ...wordDocument(first),
    rule,
    agreeing: rest.length - others.length,
    others: others.map(wordDocument),
  };
}

function wordDocument({ value, source, offer, observedAt, since, isKept }: Word) {
  return {
    value,
    source,
    offer,
    observed_at: instant(observedAt),
    since: instant(since),
    kept: isKept,
  };
}

function modelRule(field: ModelField): string {
  const rule = AUTHORITY[field].model;
  if (rule === "largest") return "lab, else the largest of the gateways, third-party";
  if (rule === "any") return "yes where one says yes";
  const order = (rule ?? []).join(", ");
  return field === "name" ? `the whole name, with its size; then ${order}` : order;
}

/** A value as documents write it: instants as texts, but for the one that OpenAI's clients read as seconds. */
function shownAs(field: OfferField, value: unknown): unknown {
  if (typeof value !== "number" || !field.endsWith("At")) return value;
  return field === "createdAt" ? Math.floor(value / 1_000) : instant(value);
}

/** Fields whose name in a document is not their own. */
const NAMES: { readonly [field: string]: string } = {
  createdAt: "created",
  lab: "owned_by",
  hub: "huggingface_metrics",
};

function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
