/** A story as it is told: the changes of one thing about one matter as one, from the first value to the last. Pure. */
import type { Change, FieldChange } from "../domain/change.ts";
import { compareUsd } from "../domain/decimal.ts";
import type { StoredChange } from "../ledger/ledger.ts";

export interface Story extends Pick<
  Change,
  "subject" | "subjectId" | "topics" | "cause" | "gateway" | "model"
> {
  /** The number of its first change. */
  readonly id: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The number and the revision of its last change, and what it did. */
  readonly lastId: number;
  readonly revision: number;
  readonly kind: Change["kind"];
  readonly count: number;
  readonly fields: readonly Move[];
}

/** A field from the first value to the last one. */
export interface Move extends FieldChange {
  /** How often it changed. */
  readonly count: number;
  /** Of a number: its bounds on the way. */
  readonly min?: number;
  readonly max?: number;
  /** Of prices: the bounds of each. */
  readonly range?: readonly PriceRange[];
}

export interface PriceRange extends Meter {
  readonly min: string;
  readonly max: string;
}

interface Meter {
  readonly meter: string;
  readonly unit: string;
  readonly when?: unknown;
}

/** A price within a document. */
export interface StatedPrice extends Meter {
  readonly usd: string;
  readonly per_million?: string;
}

/** All changes of one story, the oldest first; nothing where there are none. */
export function tell(changes: readonly StoredChange[]): Story | undefined {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { subject, subjectId, kind, topics, cause, gateway, model, revision } = last;
  const fields = Map.groupBy(
    changes.flatMap((change) => change.fields),
    ({ field }) => field,
  );
  return {
    id: first.id,
    firstAt: first.at,
    lastAt: last.at,
    lastId: last.id,
    revision,
    kind,
    count: changes.length,
    subject,
    subjectId,
    topics,
    cause,
    ...(gateway === undefined ? {} : { gateway }),
    ...(model === undefined ? {} : { model }),
    fields: [...fields].map(([field, moves]) => moveOf(field, moves)),
  };
}

function moveOf(field: string, moves: readonly FieldChange[]): Move {
  const [first, last] = [moves[0], moves.at(-1)];
  const values = moves.flatMap(({ before, after }) => [before, after]);
  const numbers = values.filter((value) => typeof value === "number");
  const range = moves.length > 1 ? rangeOf(values) : [];
  return {
    field,
    ...(first !== undefined && "before" in first ? { before: first.before } : {}),
    ...(last !== undefined && "after" in last ? { after: last.after } : {}),
    count: moves.length,
    ...(moves.length > 1 && numbers.length > 0
      ? { min: Math.min(...numbers), max: Math.max(...numbers) }
      : {}),
    ...(range.length === 0 ? {} : { range }),
  };
}

function rangeOf(values: readonly unknown[]): readonly PriceRange[] {
  const prices = Map.groupBy(values.flatMap(pricesIn), meterOf);
  return [...prices.values()].flatMap((its) => {
    const sorted = its.map(({ usd }) => usd).toSorted(compareUsd);
    const [one, min, max] = [its[0], sorted[0], sorted.at(-1)];
    if (one === undefined || min === undefined || max === undefined) return [];
    const { meter, unit, when } = one;
    return [{ meter, unit, ...(when === undefined ? {} : { when }), min, max }];
  });
}

/** What tells one price of an offer from another. */
export function meterOf({ meter, unit, when }: Meter): string {
  return `${meter} ${unit} ${JSON.stringify(when) ?? ""}`;
}

/** The prices that a field holds; none where it is no list of prices. */
export function pricesIn(value: unknown): readonly StatedPrice[] {
  return Array.isArray(value) ? value.filter(isPrice) : [];
}

function isPrice(value: unknown): value is StatedPrice {
  return (
    typeof value === "object" &&
    value !== null &&
    "meter" in value &&
    typeof value.meter === "string" &&
    "unit" in value &&
    typeof value.unit === "string" &&
    "usd" in value &&
    typeof value.usd === "string"
  );
}
