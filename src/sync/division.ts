/** A list that was divided: what its parts prove together, in words. Pure. */
import type { ViewEnd } from "./read.ts";

export interface Division {
  /** The field that divides. */
  readonly by: string;
  readonly parts: readonly PartRead[];
  /** Known parts that were not asked for any more. */
  readonly unasked: readonly string[];
  /** Rows that were seen and that no part brought. */
  readonly outside: number;
  /** The parts are those that rows name: of others, nothing is known. */
  readonly isOpen: boolean;
  /** The same list divided by the next field, where rows lie outside. */
  readonly instead?: Division;
}

export interface PartRead {
  readonly name: string;
  readonly end: ViewEnd;
  /** Of a part that was cut short itself. */
  readonly division?: Division;
}

/** True where every part is whole, no part is unknown, and every row that was seen anywhere came with one of them. */
export function isProven(division: Division): boolean {
  const { parts, unasked, outside, isOpen, instead } = division;
  if (instead !== undefined && isProven(instead)) return true;
  return !isOpen && unasked.length === 0 && outside === 0 && parts.every(isWholePart);
}

export function isWholePart({ end, division }: PartRead): boolean {
  if (division !== undefined && isProven(division)) return true;
  return end.kind === "ended" && end.rows >= (end.total ?? 0);
}

/** How every part came to its end. */
export function endsOf({ parts, instead }: Division): readonly ViewEnd[] {
  const own = parts.flatMap(({ end, division }) => [
    end,
    ...(division === undefined ? [] : endsOf(division)),
  ]);
  return instead === undefined ? own : [...own, ...endsOf(instead)];
}

/** In words, what a proven division proves its list by. */
export function proofBy({ by, parts, outside, instead }: Division): string {
  if (instead !== undefined && isProven(instead)) return `${lie(outside, by)}; ${proofBy(instead)}`;
  const divided = parts.flatMap(({ name, division }) =>
    division === undefined ? [] : [`${name} by its ${division.parts.length} parts by ${division.by}`],
  );
  const further = divided.length === 0 ? "" : `, ${listed(divided)}`;
  return `all ${parts.length} parts by ${by} ended${further}, and no row lies outside them`;
}

/** In words, what a division that proves nothing lacks. */
export function lackOf({ by, parts, unasked, outside, isOpen, instead }: Division): string {
  const endless = parts
    .filter((part) => !isWholePart(part))
    .map(({ name, division }) => (division === undefined ? name : `${name} (${lackOf(division)})`));
  return [
    ...(endless.length + unasked.length === 0
      ? []
      : [`parts by ${by} without an end: ${listed([...endless, ...unasked])}`]),
    ...(outside === 0 ? [] : [lie(outside, by)]),
    ...(isOpen ? [`the ${parts.length} parts by ${by} are those that rows name: others may exist`] : []),
    ...(instead === undefined ? [] : [lackOf(instead)]),
  ].join("; ");
}

/** The parts that are named in a sentence; the others are counted. */
const NAMED_MAX = 3;

function listed(names: readonly string[]): string {
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : "";
  return `${names.slice(0, NAMED_MAX).join(", ")}${more}`;
}

function lie(outside: number, by: string): string {
  return `${outside} ${outside === 1 ? "row lies" : "rows lie"} in no part by ${by} that can be asked for`;
}
