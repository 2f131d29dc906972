/** A usage as a person states it: so many tokens in and out, `10M` or `2.5k`, a share of them cached. */
import {
  add,
  compareDecimals,
  divide,
  multiply,
  parseDecimal,
  shift,
  subtract,
  type Decimal,
} from "../domain/decimal.ts";
import type { Meter, Unit } from "../domain/price.ts";
import { BadUsage, type Quantity, type Usage } from "./usage.ts";

/** What can be stated, and what it means. `of`: it is a part of that, and may be a share of it in per cent. */
export const AMOUNTS = {
  input: { meter: "input", unit: "token", means: "tokens that go in, with all that is cached of them" },
  output: { meter: "output", unit: "token", means: "tokens that come out, with the reasoning" },
  cached: {
    meter: "cache_read",
    unit: "token",
    of: "input",
    means: "of the input, what is read from a cache",
  },
  cache_write: {
    meter: "cache_write",
    unit: "token",
    of: "input",
    means: "of the input, what is written into a cache",
  },
  reasoning: { meter: "reasoning", unit: "token", of: "output", means: "of the output, what is reasoning" },
  audio_input: { meter: "audio_input", unit: "token", means: "tokens of audio that go in, beside the input" },
  audio_output: { meter: "audio_output", unit: "token", means: "tokens of audio that come out" },
  audio_seconds: { meter: "audio_input", unit: "second", means: "seconds of audio that are transcribed" },
  characters: { meter: "input", unit: "character", means: "characters that are spoken" },
  images: { meter: "image", unit: "image", means: "images that are made" },
  video_seconds: { meter: "video", unit: "second", means: "seconds of video that are made" },
  searches: { meter: "search", unit: "search", means: "searches of the web" },
} as const satisfies {
  readonly [name: string]: {
    readonly meter: Meter;
    readonly unit: Unit;
    readonly of?: "input" | "output";
    readonly means: string;
  };
};
export type Amount = keyof typeof AMOUNTS;

// The keys of our own table.
export const AMOUNT_NAMES = Object.keys(AMOUNTS) as readonly Amount[];

/** `10M`, `2.5k`, `1e6`, `1_000_000`: a count that is not negative; nothing where the text is none. */
export function countOf(stated: string | number): Decimal | undefined {
  const [, digits = "", letter = ""] =
    /^([\d_.]+(?:[eE]\+?\d+)?)([kKmMbB]?)$/.exec(String(stated).trim()) ?? [];
  const count = parseDecimal(digits.replaceAll("_", ""));
  if (count === undefined) return undefined;
  const scaled = shift(count, POWERS[letter.toLowerCase()] ?? 0);
  return compareDecimals(scaled, COUNT_MAX) > 0 ? undefined : scaled;
}

const POWERS: { readonly [letter: string]: number } = { k: 3, m: 6, b: 9 };
/** Beyond it a count is a slip of the hand. */
const COUNT_MAX: Decimal = { digits: 10n ** 15n, scale: 0 };
const ZERO: Decimal = { digits: 0n, scale: 0 };

/** The usage that these amounts make. Throws `BadUsage`. `requests` says over how many requests they go. */
export function usageOf(
  amounts: { readonly [name in Amount]?: string | number },
  requests: Decimal | undefined,
): Usage {
  const counts = new Map<Amount, Decimal>();
  for (const name of AMOUNT_NAMES) {
    const stated = amounts[name];
    if (stated !== undefined) counts.set(name, amountOf(name, String(stated), counts));
  }
  const rest = (whole: "input" | "output") =>
    AMOUNT_NAMES.reduce(
      (left, name) => {
        const amount = AMOUNTS[name];
        const part = "of" in amount && amount.of === whole ? counts.get(name) : undefined;
        return part === undefined ? left : subtract(left, part);
      },
      counts.get(whole) ?? ZERO,
    );
  const quantities = [...counts].map(([name, count]): Quantity => {
    const own = name === "input" || name === "output" ? rest(name) : count;
    if (own.digits < 0n) throw new BadUsage(`the parts of ${name} are more than all of it`);
    return { meter: AMOUNTS[name].meter, unit: AMOUNTS[name].unit, count: own };
  });
  const input = counts.get("input");
  const asked = requests === undefined || requests.digits <= 0n ? undefined : requests;
  const prompt = input === undefined ? undefined : add(input, counts.get("audio_input") ?? ZERO);
  return {
    quantities,
    ...(asked === undefined ? {} : { requests: asked }),
    ...(asked === undefined || prompt === undefined ? {} : { promptTokens: quotient(prompt, asked) }),
  };
}

function amountOf(name: Amount, stated: string, counts: ReadonlyMap<Amount, Decimal>): Decimal {
  const amount = AMOUNTS[name];
  const whole = "of" in amount ? amount.of : undefined;
  if (whole !== undefined && counts.get(whole) === undefined)
    throw new BadUsage(`${name} is a part of the ${whole}: state ${whole} too`);
  const share = stated.trim().endsWith("%") ? parseDecimal(stated.trim().slice(0, -1)) : undefined;
  if (share !== undefined && whole !== undefined && share.digits >= 0n)
    return shift(multiply(counts.get(whole) ?? ZERO, share), -2);
  const count = countOf(stated);
  if (count !== undefined) return count;
  const kinds = whole === undefined ? "" : ` or a share like 60%`;
  throw new BadUsage(
    `${name} cannot be ${JSON.stringify(stated.slice(0, 40))}: a count like 2000, 10M or 2.5k${kinds}`,
  );
}

/** Requests are whole, or an average: 1.5 of them are 15 tenths. */
function quotient(value: Decimal, divisor: Decimal): Decimal {
  return divide(shift(value, divisor.scale), divisor.digits);
}
