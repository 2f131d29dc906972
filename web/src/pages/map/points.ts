/** Models as points, and a drawn frame as what the table asks. */

/** What the map reads of a model. */
export interface Priced {
  readonly id: string;
  readonly name: string;
  readonly owned_by: string;
  readonly context_tokens?: number;
  readonly offers_count: number;
  readonly cheapest?: { readonly input_per_million: string };
  readonly huggingface_metrics?: { readonly downloads?: number };
}

export interface Point {
  readonly id: string;
  readonly name: string;
  readonly lab: string;
  /** As it is stated. */
  readonly usd: string;
  readonly price: number;
  readonly context: number;
  readonly offers: number;
  readonly downloads?: number;
  readonly color: string;
}

/** What the size of a point says. */
export const SIZES = ["offers", "downloads"] as const;
export type Size = (typeof SIZES)[number];

export interface LabOfMap {
  readonly lab: string;
  readonly count: number;
  readonly color: string;
}

/** Bounds in the units of the table: dollars a million, and tokens. */
export interface Frame {
  readonly price: readonly [from: number, to: number];
  readonly context: readonly [from: number, to: number];
}

/** A logarithm knows no zero: what is free stands at this share of the least price that somebody asks. */
const FREE_SHARE = 0.5;
const LEAST_PRICE = 0.01;
/** Models whose lab nobody knows are nobody's. */
const NO_LAB = "unknown";

const COLORS = [
  "#0d9488",
  "#d97706",
  "#6366f1",
  "#db2777",
  "#65a30d",
  "#0284c7",
  "#9333ea",
  "#dc2626",
  "#a16207",
];
const OTHERS = "#8b949e";
const LEAST_RADIUS_PX = 3;
const MOST_RADIUS_PX = 16;
/** Downloads reach hundreds of millions: each factor of ten is as much larger as the one before. */
const PX_PER_DECADE = 1.6;

/** By price, the cheapest first. The labs with most models have colors of their own. */
export function pointsOf(models: readonly Priced[]): {
  readonly points: readonly Point[];
  readonly labs: readonly LabOfMap[];
} {
  const drawn = models.filter((model) => model.cheapest !== undefined && model.context_tokens !== undefined);
  const labs = [...Map.groupBy(drawn, ({ owned_by: lab }) => lab)]
    .filter(([lab]) => lab !== NO_LAB)
    .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, COLORS.length)
    .map(([lab, those], index) => ({ lab, count: those.length, color: COLORS[index] ?? OTHERS }));
  const colors = new Map(labs.map(({ lab, color }) => [lab, color]));
  const free = freeAt(drawn);
  const points = drawn.flatMap((model): readonly Point[] => {
    const { id, name, owned_by: lab, cheapest, context_tokens: context, offers_count: offers } = model;
    if (cheapest === undefined || context === undefined) return [];
    const usd = cheapest.input_per_million;
    const downloads = model.huggingface_metrics?.downloads;
    return [
      {
        id,
        name,
        lab,
        usd,
        price: Number(usd) || free,
        context,
        offers,
        ...(downloads === undefined ? {} : { downloads }),
        color: colors.get(lab) ?? OTHERS,
      },
    ];
  });
  return { points: points.toSorted((a, b) => a.price - b.price || a.context - b.context), labs };
}

function freeAt(models: readonly Priced[]): number {
  let least = Infinity;
  for (const { cheapest } of models) {
    const usd = Number(cheapest?.input_per_million);
    if (usd > 0) least = Math.min(least, usd);
  }
  return FREE_SHARE * (least === Infinity ? LEAST_PRICE : least);
}

/** Whose downloads nobody states is as small as can be seen. */
export function radiusOf({ offers, downloads = 0 }: Point, size: Size): number {
  const more = size === "offers" ? Math.sqrt(offers) : Math.log10(1 + downloads) * PX_PER_DECADE;
  return Math.min(MOST_RADIUS_PX, LEAST_RADIUS_PX + more);
}

/** `free` is where what is free stands, where there is any. */
export function tableParameters(
  { price, context }: Frame,
  { free, lab }: { readonly free: number | undefined; readonly lab: string | undefined },
): { readonly [name: string]: string } {
  return {
    ...(lab === undefined ? {} : { lab }),
    min_input_price: free !== undefined && price[0] <= free ? "0" : rounded(price[0]),
    max_input_price: rounded(price[1]),
    min_context: String(Math.max(1, Math.floor(context[0]))),
    max_context: String(Math.ceil(context[1])),
  };
}

/** Enough digits for a bound that a hand drew. */
function rounded(usd: number): string {
  return String(Number(usd.toPrecision(3)));
}
