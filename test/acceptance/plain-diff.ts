/**
 * What a list said from one day to the next, worked out from the bodies alone and put through the hold rule. It shares
 * no code with the program: ids are a set, prices are texts.
 */
import { isTenfold } from "./digits.ts";

/** Key → amount, both as text. */
export type Sheet = ReadonlyMap<string, string>;

/** One day's list: every id with its prices. */
export type List = ReadonlyMap<string, Sheet>;

export interface Difference {
  readonly added: ReadonlySet<string>;
  readonly returned: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly heldRemovals: ReadonlySet<string>;
  readonly heldPrices: ReadonlySet<string>;
  readonly repriced: ReadonlySet<string>;
}

/** Reads day after day; remembers what is believed, what waits, and what was there once. */
export class PlainDiff {
  readonly #believed = new Map<string, Sheet>();
  readonly #gone = new Set<string>();
  #heldRemovals: ReadonlySet<string> = new Set();
  #heldPrices: ReadonlySet<string> = new Set();

  next(list: List): Difference {
    const ids = new Set(list.keys());
    const known = new Set(this.#believed.keys());
    const fresh = ids.difference(known);
    const returned = fresh.intersection(this.#gone);
    const prices = this.#prices(list, ids.intersection(known));
    const removals = this.#removals(known.difference(ids), known.size);

    for (const id of removals.removed) {
      this.#believed.delete(id);
      this.#gone.add(id);
    }
    for (const id of [...fresh, ...prices.repriced]) this.#believed.set(id, list.get(id) ?? new Map());
    for (const id of fresh) this.#gone.delete(id);
    this.#heldRemovals = removals.held;
    this.#heldPrices = prices.held;
    return {
      added: fresh.difference(returned),
      returned,
      removed: removals.removed,
      heldRemovals: removals.held,
      heldPrices: prices.held,
      repriced: prices.repriced,
    };
  }

  /** Gone a second time: removed. Gone with more than three others and a fiftieth of the list, or with half of it: held. */
  #removals(missing: ReadonlySet<string>, listed: number) {
    const news = missing.difference(this.#heldRemovals);
    const isMass = news.size > Math.max(3, listed / 50) || news.size > listed / 2;
    return isMass
      ? { removed: missing.difference(news), held: news }
      : { removed: missing, held: new Set<string>() };
  }

  /** Three prices or more, and more than a hundredth of all, moving tenfold at once: held until they are said again. */
  #prices(list: List, both: ReadonlySet<string>) {
    const sheet = (id: string) => list.get(id) ?? new Map<string, string>();
    const before = (id: string) => this.#believed.get(id) ?? new Map<string, string>();
    const total = [...list.values()].reduce((sum, prices) => sum + prices.size, 0);
    const jumps = new Map([...both].map((id) => [id, jumpsBetween(before(id), sheet(id))]));
    const jumped = [...jumps.values()].reduce((sum, count) => sum + count, 0);
    const isSuspicious = jumped >= 3 && jumped > total / 100;
    const held = new Set<string>();
    const repriced = new Set<string>();
    for (const id of both) {
      if (isSame(before(id), sheet(id))) continue;
      const isJump = (jumps.get(id) ?? 0) > 0;
      if (isJump && isSuspicious && !this.#heldPrices.has(id)) held.add(id);
      else repriced.add(id);
    }
    return { held, repriced };
  }
}

function jumpsBetween(before: Sheet, after: Sheet): number {
  return [...after].filter(([key, amount]) => {
    const was = before.get(key);
    return was !== undefined && isTenfold(was, amount);
  }).length;
}

function isSame(before: Sheet, after: Sheet): boolean {
  return before.size === after.size && [...after].every(([key, amount]) => before.get(key) === amount);
}
