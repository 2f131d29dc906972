/** A table: immutable rows in their default order, and what they can be asked by. It knows nothing of what they mean. */
import type { RowSet, Slice } from "./row-set.ts";

/** What a table's columns are. Names are the declarer's; an unknown one throws. */
export interface TableSpec {
  readonly name: string;
  /** Columns of words: one of them for each row, or any number. A row may have none. */
  readonly words: { readonly [column: string]: "one" | "many" };
  /** Columns of finite numbers. A row may have none: never 0 for what is not known. */
  readonly numbers: readonly string[];
  /** Columns of strings that rows are only ordered by: folded, then by bytes. They are asked as number columns. */
  readonly strings?: readonly string[];
  /** The default order: by these number columns, highest first and unknown last; then by id. A child stands with its parent. */
  readonly order: readonly string[];
  /** The table of which each row of this one has a row: the offers' are the models. */
  readonly parent?: string;
}

/** A row as it is built. Rows come in any order; the same rows in the same order make the same bytes. */
export interface TableRow {
  /** Unique; any text. */
  readonly id: string;
  readonly words?: { readonly [column: string]: string | readonly string[] | undefined };
  readonly numbers?: { readonly [column: string]: number | undefined };
  readonly strings?: { readonly [column: string]: string | undefined };
  /** Names of its own, beside the id and what stands behind the id's last slash: whoever asks for one of them whole finds it first. */
  readonly names?: readonly string[];
  /** What a text finds it by, beside id and names: labs, tags, aliases. */
  readonly texts?: readonly string[];
  /** What is answered: bytes that are kept as they are. */
  readonly document?: Uint8Array;
  /** What `add` answered for its parent. */
  readonly parent?: number;
}

export interface Table {
  readonly spec: TableSpec;
  /** How many rows. They are numbered from 0 in their default order: a `RowSet` is walked in it. */
  readonly length: number;
  readonly all: RowSet;
  idAt(row: number): string;
  /** The row of exactly this id. */
  rowOf(id: string): number | undefined;
  words(column: string): WordColumn;
  /** Of a number column or of a string column. */
  numbers(column: string): NumberColumn;
  /** The rows that a text finds, for which see `TextMatch`; nothing where the text is blank: then nothing is asked. */
  find(text: string): TextMatch | undefined;
  /** The document of a row: a view over memory that all readers share, or read from the file. */
  documentAt(row: number): Uint8Array;
}

/** Values are compared exactly, and listed in the order of their bytes. */
export interface WordColumn {
  /** Every value that some row has. */
  readonly values: readonly string[];
  /** The rows with this value; none where nobody has it. */
  rowsOf(value: string): RowSet;
  /** The rows with any of these values. */
  rowsOfAny(values: readonly string[]): RowSet;
  /** The rows with no value at all. */
  readonly absent: RowSet;
  hasValue(value: string): boolean;
  valuesAt(row: number): readonly string[];
  /**
   * The values that most of these rows have, with how many rows: most first, then by value; never one that none has.
   * A small `limit` is answered much faster than all where values are many.
   */
  counts(rows: RowSet, limit?: number): readonly ValueCount[];
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** `up` is lowest first, `down` highest first. Rows with no number come last in both; ties are by id, ascending in both. */
export type Direction = "up" | "down";

export interface NumberColumn {
  /** The lowest and the highest number; absent where no row has one. */
  readonly range?: { readonly min: number; readonly max: number };
  readonly absent: RowSet;
  at(row: number): number | undefined;
  /** The rows whose number is known and from `min` to `max`, both included; among `rows` where they are given. */
  between(range: { readonly min?: number; readonly max?: number }, rows?: RowSet): RowSet;
  /** A slice of these rows in this column's order; `after` is a row, in that order too. */
  page(rows: RowSet, direction: Direction, slice: Slice): Uint32Array;
  /**
   * How many of these rows are in each part that ascending `edges` make: below the first, from each up to the next
   * (the lower edge included), from the last on: one more than there are edges. Rows with no number are in none.
   */
  histogram(rows: RowSet, edges: readonly number[]): readonly number[];
}

/**
 * A text is folded (NFKC, lower case) and split into words on everything but letters, marks, digits and dots. A row is
 * found when each word of the text is a fragment of some word of the row: of its id, names or texts. A text that
 * is not blank and has no word finds nothing.
 */
export interface TextMatch {
  readonly rows: RowSet;
  /**
   * A slice of these rows by relevance: the text is the row's id; then one of its names; then every word of the text
   * begins a word of the row; then the rest. Each in the table's order.
   */
  page(rows: RowSet, slice: Slice): Uint32Array;
}

/** How the rows of a child table (offers) and of its parent table (models) belong together. Children stand with their parent. */
export interface RollUp {
  parentOf(child: number): number;
  /** The children of a parent are these rows, the last one excluded. */
  childrenOf(parent: number): { readonly from: number; readonly to: number };
  /** The parents of any of these children. */
  parents(children: RowSet): RowSet;
  /** All children of these parents. */
  children(parents: RowSet): RowSet;
  /** For each value of a word column of the children, how many parents have one of these children with it; order and limit as `WordColumn.counts`. */
  counts(children: RowSet, column: string, limit?: number): readonly ValueCount[];
  /** The parents by their lowest or highest number among these children. */
  best(children: RowSet, column: string, which: "lowest" | "highest"): BestOrder;
}

/** An order of parents by what the best of their children has. */
export interface BestOrder {
  at(parent: number): number | undefined;
  /** A slice of these parents; those with no number last in both directions, ties by id. */
  page(parents: RowSet, direction: Direction, slice: Slice): Uint32Array;
  histogram(parents: RowSet, edges: readonly number[]): readonly number[];
}
