/** Prices far from those of the other offers of the same model: a finding, never a repair. */
import type { SourcedFinding } from "../domain/finding.ts";
import type { LinkedOffer } from "./documents.ts";
import { perMillion, type Billing, type Price } from "../domain/price.ts";

/** So many times the median of the others or more, or that part of it or less. */
const FACTOR = 5;
/** Of three others one that is wrong itself does not move the median: with fewer nobody can say which one is off. */
const OTHERS_MIN = 3;
/** Of one source: enough to see what is wrong with it. */
const OUTLIERS_MAX = 200;
const METERS = ["input", "output"] as const;

/** An offer, as far as its prices are compared. */
export interface ComparedOffer {
  readonly id: string;
  readonly model: string;
  /** Who states the prices. */
  readonly source: string;
  readonly billing?: Billing | undefined;
  readonly prices?: readonly Price[] | undefined;
  /** A way of serving that costs something else by intent: `batch`, `free`. */
  readonly variant?: string | undefined;
}

/** A price beside the median of the others, per million tokens. */
export interface Compared {
  readonly offer: ComparedOffer;
  readonly meter: (typeof METERS)[number];
  readonly price: Price;
  readonly others: number;
  readonly median: number;
  /** How many times the median. */
  readonly ratio: number;
}

/** Every price for tokens of which there are others: those of the other offers of the model that `isOther` lets count. */
export function comparedPrices(
  offers: readonly ComparedOffer[],
  isOther: (one: ComparedOffer, other: ComparedOffer) => boolean = () => true,
): readonly Compared[] {
  const models = Map.groupBy(offers.filter(isComparable), ({ model }) => model);
  return [...models.values()].flatMap((its) =>
    METERS.flatMap((meter) => {
      const priced = its.flatMap((offer) => {
        const price = plainPrice(offer, meter);
        const usd = Number(price?.usd);
        return price === undefined || !(usd > 0) ? [] : [{ offer, price, usd }];
      });
      return priced.flatMap(({ offer, price, usd }) => {
        const others = priced.filter((one) => one.offer !== offer && isOther(offer, one.offer));
        if (others.length < OTHERS_MIN) return [];
        const median = medianOf(others.map((one) => one.usd));
        return [{ offer, meter, price, others: others.length, median, ratio: usd / median }];
      });
    }),
  );
}

export function outliersAmong(offers: readonly ComparedOffer[]): readonly SourcedFinding[] {
  return comparedPrices(offers)
    .filter(({ ratio }) => ratio >= FACTOR || ratio * FACTOR <= 1)
    .map(({ offer, meter, price, others, median, ratio }) => ({
      kind: "outlier" as const,
      source: offer.source,
      subject: `${offer.id} ${meter}`,
      message: `${meter} costs $${perMillion(price)} per million tokens, ${times(ratio)} the median $${rounded(median * PER_MILLION)} of ${others} other offers of ${offer.model}`,
    }));
}

/** Those of a revision, for the ledger: so many of each source, and how many more there are. */
export function outliersIn(offers: readonly LinkedOffer[]): readonly SourcedFinding[] {
  const compared = offers.map(({ id, link, source, pricesSource, facts }): ComparedOffer => {
    const { billing, prices, variant } = facts;
    return { id, model: link.model, source: pricesSource ?? source, billing, prices, variant };
  });
  const bySource = Map.groupBy(outliersAmong(compared), (one) => one.source);
  return [...bySource].flatMap(([source, found]): readonly SourcedFinding[] => {
    const rest = found.length - OUTLIERS_MAX;
    if (rest <= 0) return found;
    const message = `${rest} more prices are far from the others: modeldex doctor lists them`;
    return [...found.slice(0, OUTLIERS_MAX), { kind: "outlier", source, subject: "more", message }];
  });
}

const PER_MILLION = 1_000_000;
const DIGITS_SHOWN = 3;

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** `12 times`, `1/8 of`. */
export function times(ratio: number): string {
  return ratio >= 1 ? `${rounded(ratio)} times` : `1/${rounded(1 / ratio)} of`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(DIGITS_SHOWN)));
}

function isComparable({ billing, variant }: ComparedOffer): boolean {
  return billing === "metered" && variant === undefined;
}

function plainPrice({ prices = [] }: ComparedOffer, meter: Price["meter"]): Price | undefined {
  return prices.find((price) => price.meter === meter && price.unit === "token" && price.when === undefined);
}
