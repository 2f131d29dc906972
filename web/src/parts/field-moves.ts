/** What moved in a field that is no price: of a list what came and went, of an object each part, of anything else both values. */

const TEXT_LENGTH_MAX = 160;

export interface FieldMove {
  readonly what: string;
  readonly how: string;
}

export function fieldMoves(field: string, before: unknown, after: unknown): readonly FieldMove[] {
  const what = field.replaceAll("_", " ");
  if (isWords(before) && isWords(after)) return [{ what, how: wordsMoved(before, after) }];
  if (!isRecord(before) || !isRecord(after))
    return [{ what, how: `${valueText(before)} → ${valueText(after)}` }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [from, to] = [valueText(before[name]), valueText(after[name])];
    return from === to ? [] : [{ what: `${what}, ${name.replaceAll("_", " ")}`, how: `${from} → ${to}` }];
  });
}

function wordsMoved(before: readonly string[], after: readonly string[]): string {
  const came = after.filter((word) => !before.includes(word)).map((word) => `+${word}`);
  const went = before.filter((word) => !after.includes(word)).map((word) => `−${word}`);
  return [...came, ...went].join(", ") || "in another order";
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not stated";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX).toWellFormed()} …` : text;
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
