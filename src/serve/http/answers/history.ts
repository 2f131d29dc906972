/** What a model's offers were, step by step, and how its downloads and likes went. */
import * as z from "zod";
import { gatewaysAsked } from "../../../catalog/query.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { modelRow } from "../../../catalog/find.ts";
import { offerId, parseOfferId } from "../../../domain/offer.ts";
import type { OfferHistory } from "../../../domain/history.ts";
import { perMillion } from "../../../domain/price.ts";
import type { StoredMeasure } from "../../../ledger/recall.ts";
import type { Application } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import { NoSuchModel, nearIds } from "./model.ts";
import { MOMENT_ALLOWED, rangeAsked } from "./moment.ts";
import { refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";

export const HistoryQuestion = z.strictObject({
  since: z.string().optional().describe(`Steps that last beyond this moment. ${MOMENT_ALLOWED}`),
  until: z.string().optional().describe(`Steps that begin before this moment. ${MOMENT_ALLOWED}`),
  gateway: z.string().optional().describe("Of the offers of this one gateway; `hug` is `huggingface`."),
});
export type HistoryQuestion = z.infer<typeof HistoryQuestion>;

/** The source that counts downloads and likes. */
const HUB = "huggingface";
/** So many changes are looked through for offers that are gone. */
const CHANGES_MAX = 5_000;

/** `id` is the canonical one, whatever was asked for. Throws `NoSuchModel`, `BadQuestion`, and `NotReady`. */
export async function modelHistory(
  application: Application,
  asked: string,
  question: HistoryQuestion,
  now: number,
): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const shelf = currentShelf(application);
  const { since = -Infinity, until = Infinity } = rangeAsked(question, now);
  const gateways = question.gateway === undefined ? undefined : gatewaysAsked([question.gateway]);
  refuseUnknown("gateway", gateways ?? [], gatewaysKnown(application, shelf));

  const row = modelRow(shelf.catalog, asked);
  const id = row === undefined ? asked : shelf.catalog.models.idAt(row);
  const offered = row === undefined ? [] : offersOf(shelf.catalog, row);
  const gone = await goneOffers(application, id, (offer) => shelf.catalog.offers.rowOf(offer) === undefined);
  const offers = [...offered, ...gone];
  if (row === undefined && offers.length === 0) throw new NoSuchModel(asked, nearIds(shelf, asked));
  const fitting = offers.filter((offer) => gateways?.includes(offer.slice(0, offer.indexOf("/"))) ?? true);
  const histories = await application.provenance.history(fitting, now);
  const keys = fitting.flatMap((offer) => parseOfferId(offer) ?? []);
  const samples = await application.ledger.samplesOf(HUB, keys);
  const measured = Map.groupBy(await application.ledger.measuredOf(keys), offerId);
  // Every offer of a model repeats its counters.
  const daily = new Map(samples.map((sample) => [sample.at, sample]));
  return {
    id,
    bytes: single({
      object: "history",
      model: id,
      offers: histories.map((history) => ({
        ...offerDocument(history, since, until),
        speed: speedDocument(measured.get(history.id) ?? []),
      })),
      metrics: [...daily.values()]
        .filter(({ at }) => at >= since && at < until)
        .map(({ at, values: { downloads, likes } }) => ({ at: instant(at), downloads, likes })),
      revision: shelf.catalog.revision,
    }),
  };
}

function offersOf({ offers, offering }: Catalog, row: number): readonly string[] {
  const { from, to } = offering.childrenOf(row);
  return Array.from({ length: to - from }, (_, index) => offers.idAt(from + index));
}

/** The offers that were this model's when they went, and are nobody's now. */
export async function goneOffers(
  { ledger }: Application,
  model: string,
  isGone: (offer: string) => boolean,
): Promise<readonly string[]> {
  const changes = await ledger.changes({ model, subject: "offer", order: "desc", limit: CHANGES_MAX });
  return [...new Set(changes.map(({ subjectId }) => subjectId))].filter(isGone).toSorted();
}

/** The newest that anybody measured; nothing where nobody did. */
function speedDocument(measured: readonly StoredMeasure[]): object | undefined {
  const [newest] = measured
    .filter(({ values }) => values.firstTokenLatencyMs !== undefined || values.tokensPerSecond !== undefined)
    .toSorted((a, b) => b.at - a.at);
  if (newest === undefined) return undefined;
  const { source, at, values } = newest;
  return {
    first_token_latency_ms: values.firstTokenLatencyMs,
    tokens_per_second: values.tokensPerSecond,
    source,
    observed_at: instant(at),
  };
}

function offerDocument({ id, steps }: OfferHistory, since: number, until: number): object {
  const key = parseOfferId(id);
  return {
    offer: id,
    gateway: key?.gateway,
    provider: key?.provider,
    steps: steps
      .filter(({ from, to = Infinity }) => from < until && to > since)
      .map(({ from, to, facts, cause }) => ({
        from: instant(from),
        to: to === undefined ? undefined : instant(to),
        status: facts.status,
        billing: facts.billing,
        prices: facts.prices?.map((price) => ({
          ...price,
          per_million: price.unit === "token" ? perMillion(price) : undefined,
        })),
        context_tokens: facts.contextTokens,
        output_tokens_max: facts.outputTokensMax,
        cause,
      })),
  };
}
