/** What is served, beside itself and beside the ledger: sums, ids, models that nobody offers. */
import type { Catalog } from "../../catalog/catalog.ts";
import { modelsServed } from "../../catalog/counts.ts";
import { readDocument } from "../../catalog/documents.ts";
import { servedModels } from "../../catalog/find.ts";
import { minus, rowsOf } from "../../catalog/table/row-set.ts";
import type { Table } from "../../catalog/table/table.ts";
import { examined, type Examination, type Symptom } from "../../domain/diagnosis.ts";
import { decisionsOf, decisionsToday, isHidden } from "../decisions.ts";
import type { ComparedOffer } from "../outliers.ts";
import { offersNow, type Shelving } from "../shelves.ts";

/** The Hub lists millions of models that nobody serves: so many of them are looked at. */
const UNSERVED_MAX = 50_000;

/** Every offer, as far as its price is looked at. */
export function offersIn({ offers }: Catalog): readonly ComparedOffer[] {
  return Array.from({ length: offers.length }, (_, row) => {
    // Our own document: its fields are those of an offer's document.
    const offer = readDocument(offers.documentAt(row)) as unknown as ComparedOffer & {
      readonly prices_source?: string;
    };
    const { id, model, billing, prices, variant, prices_source: source = offer.source } = offer;
    return { id, model, billing, prices, variant, source };
  });
}

/** What the ledger holds is what is served, no more and no less. */
export async function sumCheck(
  shelving: Shelving,
  catalog: Catalog,
  isCurrent: boolean,
): Promise<Examination> {
  const symptoms: Symptom[] = [];
  for (const row of rowsOf(servedModels(catalog))) {
    const { from, to } = catalog.offering.childrenOf(row);
    const stated = readDocument(catalog.models.documentAt(row))["offers_count"];
    if (stated !== to - from)
      symptoms.push({
        subject: catalog.models.idAt(row),
        message: `says that it has ${String(stated)} offers, and has ${to - from}`,
      });
  }
  if (isCurrent) {
    const held = await offersHeld(shelving, catalog.revision);
    if (held !== catalog.offers.length)
      symptoms.push({
        subject: "offers",
        message: `the ledger makes ${held} offers, and ${catalog.offers.length} are served`,
      });
  }
  const beside = isCurrent ? "beside the ledger" : "by themselves: the ledger knows more than was published";
  const looked = `${modelsServed(catalog)} models with ${catalog.offers.length} offers, ${beside}`;
  return examined("sums", looked, symptoms, "broken");
}

async function offersHeld(shelving: Shelving, revision: number): Promise<number> {
  const decided = decisionsOf(await shelving.ledger.overrides());
  const offers = await offersNow(shelving, decided);
  const decisions = decisionsToday(decided, offers, await shelving.ledger.modelIds(revision));
  return offers.filter((offer) => !isHidden(offer, decisions)).length;
}

export function idCheck({ models, offers, aliases, naming }: Catalog): Examination {
  const symptoms = [
    ...repeatedIn("model", models),
    ...repeatedIn("offer", offers),
    ...repeatedIn("alias", aliases),
    ...Array.from({ length: aliases.length }, (_, row) => row).flatMap((row): readonly Symptom[] => {
      const alias = aliases.idAt(row);
      const model = models.rowOf(alias);
      if (model === undefined || model === naming.parentOf(row)) return [];
      return [
        { subject: alias, message: `is a model, and an alias of ${models.idAt(naming.parentOf(row))}` },
      ];
    }),
  ];
  const looked = `${models.length} ids of models, ${offers.length} of offers, ${aliases.length} aliases`;
  return examined("ids", looked, symptoms, "broken");
}

function repeatedIn(noun: string, table: Table): readonly Symptom[] {
  const seen = new Set<string>();
  const symptoms: Symptom[] = [];
  for (let row = 0; row < table.length; row += 1) {
    const id = table.idAt(row);
    if (seen.has(id)) symptoms.push({ subject: id, message: `is the id of more than one ${noun}` });
    seen.add(id);
  }
  return symptoms;
}

/** Only the Hub lists models that nobody offers. */
export function servingCheck(catalog: Catalog): Examination {
  const { models } = catalog;
  const rows = rowsOf(minus(models.all, servedModels(catalog))).subarray(0, UNSERVED_MAX);
  const symptoms = [...rows].flatMap((row): readonly Symptom[] => {
    const { huggingface_metrics: hub } = readDocument(models.documentAt(row));
    return hub === undefined
      ? [{ subject: models.idAt(row), message: "nobody offers it, and the Hub does not list it" }]
      : [];
  });
  return examined(
    "models",
    `${modelsServed(catalog)} models with offers, ${rows.length} without`,
    symptoms,
    "findings",
  );
}
