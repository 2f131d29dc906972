/** Prices: within bounds, in one unit for each source, near those of the others. */
import { examined, type Examination, type Symptom } from "../../domain/diagnosis.ts";
import type { Price, Unit } from "../../domain/price.ts";
import {
  comparedPrices,
  medianOf,
  outliersAmong,
  times,
  type Compared,
  type ComparedOffer,
} from "../outliers.ts";
import type { Declared } from "./sources.ts";

interface Bounds {
  readonly usdMin: number;
  readonly usdMax: number;
}
/** US dollars for one unit that nobody has asked for yet, by far: beyond them a unit was mistaken. What costs nothing is not in them. */
const BOUNDS = {
  token: { usdMin: 1e-10, usdMax: 0.002 },
  character: { usdMin: 1e-8, usdMax: 0.002 },
  image: { usdMin: 1e-6, usdMax: 10 },
  megapixel: { usdMin: 1e-6, usdMax: 10 },
  second: { usdMin: 1e-7, usdMax: 10 },
  hour: { usdMin: 1e-4, usdMax: 1_000 },
  page: { usdMin: 1e-6, usdMax: 10 },
  request: { usdMin: 1e-7, usdMax: 100 },
  search: { usdMin: 1e-6, usdMax: 10 },
} as const satisfies { readonly [unit in Unit]: Bounds };

/** A source whose prices are so many times those of others is not dear: it counts in another unit. */
const UNIT_FACTOR = 10;
/** Some of its prices so far off, and the rest are not: it counts in two. */
const MIXED_FACTOR = 500;
/** With fewer prices beside others nothing is said of a source. */
const COMPARED_MIN = 3;

export function boundCheck(offers: readonly ComparedOffer[]): Examination {
  let looked = 0;
  const symptoms: Symptom[] = [];
  for (const { id, prices = [] } of offers) {
    for (const price of prices) {
      looked += 1;
      if (isOutOfBounds(price))
        symptoms.push({ subject: id, message: `${price.meter} costs $${price.usd} per ${price.unit}` });
    }
  }
  return examined("prices", `${looked} prices, each within the bounds of its unit`, symptoms, "findings");
}

function isOutOfBounds({ unit, usd }: Price): boolean {
  const { usdMin, usdMax }: Bounds = BOUNDS[unit];
  const amount = Number(usd);
  return !(amount === 0 || (amount >= usdMin && amount <= usdMax));
}

/** Beside the other sources' prices of the same models. */
export function unitCheck(offers: readonly ComparedOffer[], cards: readonly Declared[]): Examination {
  const priced = new Set(offers.flatMap(({ source, prices = [] }) => (prices.length > 0 ? [source] : [])));
  const undeclared = cards
    .filter(({ id, priceUnit }) => priced.has(id) && priceUnit === undefined)
    .map(({ id }) => ({ subject: id, message: "states prices, and its file declares no unit for them" }));
  const compared = comparedPrices(offers, (one, other) => one.source !== other.source);
  const bySource = Map.groupBy(compared, ({ offer }) => offer.source);
  const symptoms = [
    ...undeclared,
    ...[...bySource].flatMap(([source, its]) => (its.length < COMPARED_MIN ? [] : unitsOf(source, its))),
  ];
  return examined("units", `${priced.size} sources with prices`, symptoms, "findings");
}

function unitsOf(source: string, compared: readonly Compared[]): readonly Symptom[] {
  const middle = medianOf(compared.map(({ ratio }) => ratio));
  const beside = `over ${compared.length} prices`;
  if (isBeyond(middle, UNIT_FACTOR))
    return [{ subject: source, message: `its prices are ${times(middle)} those of others, ${beside}` }];
  const off = compared.filter(({ ratio }) => isBeyond(ratio, MIXED_FACTOR));
  if (off.length === 0) return [];
  const [first] = off;
  return [
    {
      subject: source,
      message: `${off.length} of its prices seem to be in another unit than the rest, ${beside}: ${first?.offer.id}`,
    },
  ];
}

function isBeyond(ratio: number, factor: number): boolean {
  return ratio >= factor || ratio <= 1 / factor;
}

export function outlierCheck(offers: readonly ComparedOffer[]): Examination {
  const symptoms = outliersAmong(offers).map(({ subject, message }) => ({ subject, message }));
  return examined(
    "outliers",
    `${comparedPrices(offers).length} prices of which there are three others or more`,
    symptoms,
    "findings",
  );
}
