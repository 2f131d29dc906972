/** Changes without those of some offers that are told elsewhere, and without what these offers made of their models. Pure. */
import type { Change } from "../domain/change.ts";

export function withoutOffers(changes: readonly Change[], quiet: ReadonlySet<string>): readonly Change[] {
  const offers = changes.filter(({ subject }) => subject === "offer");
  const loud = offers.filter(({ subjectId }) => !quiet.has(subjectId));
  const silent = offers.filter(({ subjectId }) => quiet.has(subjectId));
  // A model is news where one of its offers is, whatever the quiet ones did to it.
  const ofLoud = modelsOf(loud);
  const ofSilent = modelsOf(silent);
  const models = changes.filter(
    ({ subject, subjectId, fields }) =>
      subject === "model" && (ofLoud.has(subjectId) || (!ofSilent.has(subjectId) && !isMadeOlder(fields))),
  );
  return [...loud, ...models];
}

/** Of a model that nobody dates, it is when it was first seen: an older past makes it older. */
function isMadeOlder(fields: Change["fields"]): boolean {
  return fields.length > 0 && fields.every(({ field }) => field === "created");
}

/** The models that these offers are, and were before. */
function modelsOf(offers: readonly Change[]): ReadonlySet<string> {
  return new Set(
    offers.flatMap(({ model, fields }) => [
      ...(model === undefined ? [] : [model]),
      ...fields.flatMap(({ field, before }) =>
        field === "model" && typeof before === "string" ? [before] : [],
      ),
    ]),
  );
}
