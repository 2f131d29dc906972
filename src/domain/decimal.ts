/**
 * Exact decimals on bigint: money never passes through a float.
 * A decimal is `digits × 10^-scale`; text is its only form outside this file.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What a price may look like on the wire: plain or scientific notation, nothing else. `""`, `1,5` and `NaN` are no decimals. */
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** More digits or a wider exponent than this is no price: it is an attack or a mistake. */
const DIGITS_MAX = 80;
const EXPONENT_MAX = 60;

/** How far a division goes that does not end. */
const QUOTIENT_DIGITS = 18;

/** Where float noise begins: `2.5999999999999996` on the wire means 2.6. */
const SIGNIFICANT_DIGITS_OF_A_FLOAT = 9;

/** The decimal that `text` states, or nothing when it states none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (whole.length + fraction.length > DIGITS_MAX || Math.abs(exponent) > EXPONENT_MAX) return undefined;
  const magnitude = BigInt(whole + fraction);
  return normalise({ digits: sign === "-" ? -magnitude : magnitude, scale: fraction.length - exponent });
}

/**
 * The decimal that a JSON number meant: its shortest spelling, rounded at nine significant digits.
 * Numbers are rounded here and nowhere else; strings are exact.
 */
export function decimalOfNumber(value: number): Decimal | undefined {
  if (!Number.isFinite(value)) return undefined;
  return parseDecimal(value.toPrecision(SIGNIFICANT_DIGITS_OF_A_FLOAT));
}

/** `value × factor × 10^power`, exactly. */
export function multiply(value: Decimal, factor: Decimal): Decimal {
  return normalise({ digits: value.digits * factor.digits, scale: value.scale + factor.scale });
}

/** `a + b`, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return normalise({ digits: atScale(a, scale) + atScale(b, scale), scale });
}

/** `a − b`, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, scale: b.scale });
}

/** `value ÷ divisor`, exactly where it ends, else with eighteen digits more, the last one rounded half away from zero. */
export function divide(value: Decimal, divisor: bigint): Decimal {
  const scale = value.scale + QUOTIENT_DIGITS;
  const doubled = (value.digits * 10n ** BigInt(QUOTIENT_DIGITS) * 2n) / divisor;
  return normalise({ digits: (doubled + (doubled < 0n ? -1n : 1n)) / 2n, scale });
}

/** `value × 10^power`: how one unit of money becomes another. */
export function shift(value: Decimal, power: number): Decimal {
  return normalise({ digits: value.digits, scale: value.scale - power });
}

/** `value` with at most so many significant digits, rounded half away from zero. */
export function roundSignificant(value: Decimal, digitsMax: number): Decimal {
  const surplus = value.digits.toString().replace("-", "").length - digitsMax;
  if (surplus <= 0) return value;
  const step = 10n ** BigInt(surplus);
  const half = value.digits < 0n ? -step / 2n : step / 2n;
  return normalise({ digits: (value.digits + half) / step, scale: value.scale - surplus });
}

/** Negative, zero or positive, as a sort function wants it. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The same of two texts of decimals; whatever states none counts as the smallest. */
export function compareUsd(a: string, b: string): number {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  return compareDecimals(left, right);
}

/** Plain notation, no exponent, no trailing zero: `0.00000015`. Two equal decimals have one text. */
export function decimalText(value: Decimal): string {
  const { digits, scale } = normalise(value);
  const sign = digits < 0n ? "-" : "";
  const text = (digits < 0n ? -digits : digits).toString();
  if (scale <= 0) return sign + text + "0".repeat(-scale);
  const padded = text.padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function normalise(value: Decimal): Decimal {
  if (value.digits === 0n) return { digits: 0n, scale: 0 };
  let { digits, scale } = value;
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}
