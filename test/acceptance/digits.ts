/** Decimal numbers as text, moved and trimmed digit by digit: nothing here shares code with what it checks. */

/** `1.50` and `001.5` are `1.5`; scientific notation is written out. */
export function canonical(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  return moved(mantissa, Number(exponent));
}

/** The decimal point moved so many places to the right. */
export function moved(text: string, places: number): string {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = text.replace(/^[-+]/, "").split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const left = point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0");
  const right = point <= 0 ? "0".repeat(-point) + digits : digits.slice(point);
  const kept = right.replace(/0+$/, "");
  const number = (left.replace(/^0+(?=\d)/, "") || "0") + (kept === "" ? "" : `.${kept}`);
  return number === "0" ? "0" : sign + number;
}

/** True where one is ten times the other or more, or only one of them is nothing. */
export function isTenfold(a: string, b: string): boolean {
  if (a === "0" || b === "0") return a !== b;
  return atLeast(b, moved(a, 1)) || atLeast(a, moved(b, 1));
}

function atLeast(a: string, b: string): boolean {
  const [wholeA = "", fractionA = ""] = a.split(".");
  const [wholeB = "", fractionB = ""] = b.split(".");
  const places = Math.max(fractionA.length, fractionB.length);
  return BigInt(wholeA + fractionA.padEnd(places, "0")) >= BigInt(wholeB + fractionB.padEnd(places, "0"));
}
