/** Which words a question may use: what is in code, what the revision holds, and what the sources declare. */
import { MODEL_FIELDS, OFFER_FIELDS } from "../../../catalog/documents.ts";
import type { Catalog, Shelf } from "../../../catalog/catalog.ts";
import { spellingsOf, vocabularyOf } from "../../../catalog/constraints.ts";
import { UNKNOWN, WORD_FIELDS, type WordField, type WordName } from "../../../catalog/fields.ts";
import { wordsAsked, type Query } from "../../../catalog/query.ts";
import { TASKS } from "../../../domain/task.ts";
import type { Application } from "../../application.ts";
import { refuseUnknown } from "./question.ts";

/** Throws `BadQuestion` for the first word that neither the revision nor anybody else knows. */
export function refuseUnknownWords(
  application: Pick<Application, "sources">,
  catalog: Catalog,
  subject: "model" | "offer",
  query: Query,
): void {
  for (const [name, { any, none }] of wordsAsked(query)) {
    const field: WordField = WORD_FIELDS[name];
    if (field.words === "any") continue;
    const declared = declaredWords(application, name);
    const isKnown = (word: string) =>
      word === UNKNOWN || declared.includes(word) || spellingsOf(catalog, name, word).length > 0;
    const unknown = [...any, ...none].find((word) => !isKnown(word));
    if (unknown !== undefined)
      refuseUnknown(
        name,
        [unknown],
        [...new Set([...declared, ...vocabularyOf(catalog, name).values])].toSorted(),
      );
  }
  refuseUnknown("field", query.fields ?? [], subject === "model" ? MODEL_FIELDS : OFFER_FIELDS);
}

/** Every gateway that the catalog or a source knows. */
export function gatewaysKnown(
  { sources }: Pick<Application, "sources">,
  shelf: Shelf | undefined,
): readonly string[] {
  const held = shelf?.catalog.offers.words("gateway").values ?? [];
  return [...new Set([...held, ...ownGateways(sources)])].toSorted();
}

/** What may be asked for though the revision does not hold it. */
function declaredWords({ sources }: Pick<Application, "sources">, name: WordName): readonly string[] {
  const field: WordField = WORD_FIELDS[name];
  // Whoever is a gateway may be a provider behind another one tomorrow.
  if (name === "gateway" || name === "provider") return ownGateways(sources);
  return name === "task" ? TASKS : (field.listed ?? []);
}

/** A third party's list speaks of the gateways of others, and is none itself. */
function ownGateways(sources: Application["sources"]): readonly string[] {
  return sources.filter(({ authority }) => authority === "own").map(({ gateway }) => gateway);
}
