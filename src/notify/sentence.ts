/** A story in words, for people who read feeds. Plain text: whoever shows it escapes it. Pure. */
import { meterOf, pricesIn, type Move, type StatedPrice, type Story } from "./story.ts";

const VALUE_LENGTH_MAX = 80;
/** What is told in a title; the rest is in the text. */
const TITLE_PARTS_MAX = 2;

const VERBS = { added: "is new", removed: "is gone", returned: "is back", changed: "changed" } as const;

/** One line. */
export function titleOf(story: Story): string {
  const parts = story.kind === "changed" ? story.fields.flatMap(partsOf) : [];
  const shown = parts.slice(0, TITLE_PARTS_MAX).join(", ");
  const rest = parts.length - TITLE_PARTS_MAX;
  const what = parts.length === 0 ? VERBS[story.kind] : `${shown}${rest > 0 ? ` and ${rest} more` : ""}`;
  return `${story.subjectId}: ${what}${often(story)}`;
}

/** Each field on a line of its own. */
export function textOf(story: Story): string {
  const lines = [titleOf(story), ...story.fields.flatMap((move) => [...partsOf(move), ...boundsOf(move)])];
  const times =
    story.count === 1
      ? []
      : [`${story.count} changes from ${instantText(story.firstAt)} to ${instantText(story.lastAt)}`];
  const cause = story.cause === "upstream" ? [] : [`because of: ${story.cause}`];
  return [...lines, ...times, ...cause].join("\n");
}

function often({ count }: Story): string {
  return count === 1 ? "" : ` (${count} changes)`;
}

/** What is different now, in parts: of prices each that moved. */
function partsOf({ field, before, after }: Move): readonly string[] {
  const [was, is] = [pricesIn(before), pricesIn(after)];
  if (was.length === 0 && is.length === 0) return [`${field} ${valueText(before)} → ${valueText(after)}`];
  const [old, now] = [byMeter(was), byMeter(is)];
  const moved = [...new Set([...old.keys(), ...now.keys()])].flatMap((meter) => {
    const [from, to] = [old.get(meter), now.get(meter)];
    if (from?.usd === to?.usd) return [];
    return [`${nameOf(to ?? from)} ${priceText(from)} → ${priceText(to)}`];
  });
  return moved.length === 0 ? [`${field} as before`] : moved;
}

function boundsOf({ field, min, max, range = [] }: Move): readonly string[] {
  const bounds = range
    .filter((each) => each.min !== each.max)
    .map((each) => `${nameOf(each)}: between $${each.min} and $${each.max} per ${each.unit}`);
  return min === undefined || max === undefined || min === max
    ? bounds
    : [...bounds, `${field}: between ${min} and ${max}`];
}

function byMeter(prices: readonly StatedPrice[]): ReadonlyMap<string, StatedPrice> {
  return new Map(prices.map((price) => [meterOf(price), price]));
}

function nameOf(price: Pick<StatedPrice, "meter" | "when"> | undefined): string {
  if (price === undefined) return "";
  return price.when === undefined ? price.meter : `${price.meter} ${JSON.stringify(price.when)}`;
}

function priceText(price: StatedPrice | undefined): string {
  if (price === undefined) return "not stated";
  return price.per_million === undefined
    ? `$${price.usd} per ${price.unit}`
    : `$${price.per_million} per million`;
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not stated";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX).toWellFormed()}…` : text;
}

function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
