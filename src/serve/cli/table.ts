/** Aligned columns that fit the terminal: where they do not, those that may give way do, the widest first. */
import { plain } from "./plain.ts";
import type { Screen } from "./screen.ts";
import { fit, width } from "./width.ts";

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** May be cut short, to this many cells at least. */
  readonly shrinksTo?: number;
}

const GAP = "  ";
/** On a terminal too narrow even for the columns' own minimum, they give way down to this. */
const CELLS_MIN = 6;

/** Every cell is made harmless here; a column that is empty in every row is left out. */
export function table(
  screen: Screen,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const cells = rows.map((row) => row.map(plain));
  const shown = columns
    .map((column, index) => ({ column, texts: cells.map((row) => row[index] ?? "") }))
    .filter(({ texts }) => texts.length === 0 || texts.some((text) => text !== ""));
  const widths = widthsOf(shown, screen.columns);
  const line = (textOf: (index: number) => string | undefined) => {
    const padding = shown.map(({ column }, index) =>
      padded(textOf(index) ?? "", widths[index] ?? 0, column.align),
    );
    return fit(padding.join(GAP).trimEnd(), screen.columns);
  };
  const head = screen.colours.bold(line((index) => shown[index]?.column.title));
  const body = cells.map((_, row) => line((index) => shown[index]?.texts[row]));
  return `${[head, ...body].join("\n")}\n`;
}

interface Shown {
  readonly column: Column;
  readonly texts: readonly string[];
}

/** As wide as the widest cell; where that is too wide together, as narrow as need be. */
function widthsOf(shown: readonly Shown[], columnsMax: number): readonly number[] {
  const wanted = shown.map(({ column, texts }) => Math.max(width(column.title), ...texts.map(width)));
  const floors = shown.map(({ column }) => column.shrinksTo ?? Infinity);
  const once = narrowed(wanted, floors, columnsMax);
  return narrowed(
    once,
    floors.map((floor) => (floor === Infinity ? Infinity : CELLS_MIN)),
    columnsMax,
  );
}

/** Takes cells from the column with the most to spare, until all fit or none can spare any. */
function narrowed(
  wanted: readonly number[],
  floors: readonly number[],
  columnsMax: number,
): readonly number[] {
  const widths = [...wanted];
  const total = () =>
    widths.reduce((sum, cells) => sum + cells, 0) + GAP.length * Math.max(0, widths.length - 1);
  for (let over = total() - columnsMax; over > 0 && over < Infinity; over = total() - columnsMax) {
    const spare = widths.map((cells, index) => cells - (floors[index] ?? Infinity));
    const most = Math.max(...spare);
    if (most <= 0) break;
    const index = spare.indexOf(most);
    // Down to the one with the second most at once, then evenly: no column pays alone.
    const second = Math.max(0, ...spare.filter((_, other) => other !== index));
    widths[index] = (widths[index] ?? 0) - Math.min(over, Math.max(1, most - second));
  }
  return widths;
}

function padded(whole: string, cells: number, align: Column["align"]): string {
  const text = fit(whole, cells);
  const padding = " ".repeat(Math.max(0, cells - width(text)));
  return align === "right" ? padding + text : text + padding;
}
