/** An operator's overrides as publishing reads them: applied last, over whatever the sources say. */
import { pinned, type Pin } from "../domain/pin.ts";
import type { Override } from "../ledger/ledger.ts";
import type { OperatorAlias } from "../match/link.ts";
import type { MergedOffer } from "../merge/merge.ts";
import type { LinkedOffer } from "./documents.ts";

export interface Decisions {
  /** Ids of offers and of models that are shown to nobody. */
  readonly hidden: ReadonlySet<string>;
  /** By the id of an offer or a model. */
  readonly pins: ReadonlyMap<string, readonly Pin[]>;
  readonly aliases: readonly OperatorAlias[];
}

export const NO_DECISIONS: Decisions = { hidden: new Set(), pins: new Map(), aliases: [] };

export function decisionsOf(overrides: readonly Override[]): Decisions {
  const pins = overrides.flatMap(({ kind, target, value }) =>
    kind === "pin" ? [{ target, pin: readPin(value) }] : [],
  );
  return {
    hidden: new Set(overrides.flatMap(({ kind, target }) => (kind === "hide" ? [target] : []))),
    pins: new Map(
      [...Map.groupBy(pins, ({ target }) => target)].map(([target, its]) => [
        target,
        its.map(({ pin }) => pin),
      ]),
    ),
    aliases: overrides.flatMap(({ kind, target, value }) =>
      kind === "alias" ? [{ of: target, model: value }] : [],
    ),
  };
}

/** A pin as the ledger keeps it: `field=value`. */
export function writePin({ field, value }: Pin): string {
  return `${field}=${value}`;
}

export function readPin(written: string): Pin {
  const equals = written.indexOf("=");
  return { field: written.slice(0, Math.max(equals, 0)), value: written.slice(equals + 1) };
}

/** An offer with what is pinned of it: what the sources say of the rest stands. */
export function withPins<Offer extends MergedOffer>(offer: Offer, pins: readonly Pin[] | undefined): Offer {
  return pins === undefined ? offer : { ...offer, facts: pinned(offer.facts, pins) };
}

export function isHidden({ id, link }: Pick<LinkedOffer, "id" | "link">, { hidden }: Decisions): boolean {
  return hidden.has(id) || hidden.has(link.model);
}

/** The ids that the overrides of one moment name and those of the other do not: what is otherwise with them, an operator decided. */
export function decidedBetween(before: readonly Override[], after: readonly Override[]): ReadonlySet<string> {
  const ids = (some: readonly Override[], others: readonly Override[]) => {
    const known = new Set(others.map(({ id }) => id));
    return some
      .filter(({ id }) => !known.has(id))
      .flatMap(({ kind, target, value }) => (kind === "alias" ? [target, value] : [target]));
  };
  return new Set([...ids(before, after), ...ids(after, before)]);
}
