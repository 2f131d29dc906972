/** The constructors of prices, with what each says of the wire: read from `domain/price.ts` itself, so that no list can age. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PriceUnit {
  readonly constructor: string;
  /** `US dollars for a million tokens` */
  readonly wire: string;
  /** Who states prices so. */
  readonly users: string | undefined;
  readonly unit: string;
  /** Dollars for one unit are the wire's amount times ten to this. */
  readonly power: number;
}

const CONSTRUCTOR =
  /\/\*\* Wire: ([^.(]+?)(?: \(([^)]*)\))?\. \*\/\nexport const (\w+) = [^;]*?rate\(\s*"(\w+)",\s*amount,\s*(-?\d+)\s*\)/g;

export function priceUnits(root: string): readonly PriceUnit[] {
  const text = readFileSync(join(root, "src/domain/price.ts"), "utf8");
  return [...text.matchAll(CONSTRUCTOR)].map(
    ([, wire = "", users, constructor = "", unit = "", power = "0"]) => ({
      constructor,
      wire,
      users,
      unit,
      power: Number(power),
    }),
  );
}

/** An amount on the wire that means this many dollars for a million: how an invented item states a sane price. */
export function wireAmount({ power }: PriceUnit, usdPerMillion: number): number {
  return Number((usdPerMillion * 10 ** (-6 - power)).toPrecision(6));
}
