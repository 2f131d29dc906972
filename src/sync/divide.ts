/** Asks for a list that is cut short part by part, and for a part that is cut short itself by the next field. */
import type { Partition, View, WebSource } from "../kit/source.ts";
import { isProven, isWholePart, type Division, type PartRead } from "./division.ts";
import { isOver } from "./lost.ts";
import { readView, type ReadOptions, type ViewEnd } from "./read.ts";
import type { RowParts, RowsSeen } from "./rows-seen.ts";

export interface Dividing {
  readonly source: WebSource;
  readonly options: ReadOptions;
  readonly seen: RowsSeen;
}

/** More requests than this grants no upstream for the parts of one list. */
const PARTS_MAX = 1_000;

export async function divideList(partition: Partition, dividing: Dividing): Promise<Division> {
  const list: Piece = { view: { ...dividing.source.views[0], name: "" }, brought: [], holds: () => true };
  return divide(list, partition, { ...dividing, ends: [] });
}

/** The list, or a part of it. */
interface Piece {
  /** Its name is empty for the list itself. */
  readonly view: View;
  /** The ids of the rows that came with it, and of those that came with each piece that it is a part of. */
  readonly brought: readonly Set<string>[];
  /** Whether a row that was seen anywhere lies in it. */
  holds(id: string, row: RowParts): boolean;
}

interface Run extends Dividing {
  /** Of all parts that were asked for, in order. */
  readonly ends: ViewEnd[];
}

interface Asked extends PartRead {
  readonly piece: Piece;
  /** The ids of the rows that came with it or with a part of it. */
  readonly ids: ReadonlySet<string>;
}

async function divide(piece: Piece, partition: Partition, run: Run): Promise<Division> {
  const asked = await askForParts(piece, partition, run);
  const { by } = partition;
  const further = isOverlooked(asked) ? undefined : partition.further;
  const parts: PartRead[] = [];
  for (const part of asked) {
    const isCut = part.end.kind !== "broke-off" && !isWholePart(part);
    parts.push(
      isCut && further !== undefined && mayAsk(run)
        ? { ...part, division: await divide(part.piece, further, run) }
        : part,
    );
  }
  const outside = rowsIn(piece, run).filter(([id]) => !asked.some(({ ids }) => ids.has(id))).length;
  const division = {
    by,
    parts,
    unasked: waiting(piece, partition, run, asked),
    outside,
    isOpen: partition.parts === undefined,
  };
  // Rows that lie in no part are looked for by the next field; where that one holds them all, it is the proof.
  return isProven(division) || outside === 0 || further === undefined || !mayAsk(run)
    ? division
    : { ...division, instead: await divide(piece, further, run) };
}

async function askForParts(piece: Piece, partition: Partition, run: Run): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  const mayGoOn = () => mayAsk(run) && !isOverlooked(asked);
  const next = () => (mayGoOn() ? waiting(piece, partition, run, asked) : []);
  for (let names = next(); names.length > 0; names = next()) {
    for (const name of names) if (mayGoOn()) asked.push(await askForPart(name, piece, partition, run));
  }
  return asked;
}

/** Two parts that are one full page: the upstream does not look at what is asked, and would not for any other part. */
function isOverlooked(asked: readonly Asked[]): boolean {
  const [one, other] = asked.slice(-2);
  if (one?.end.kind !== "cut-short" || other?.end.kind !== "cut-short") return false;
  return one.ids.symmetricDifference(other.ids).size === 0;
}

async function askForPart(name: string, piece: Piece, partition: Partition, run: Run): Promise<Asked> {
  const { source, options, seen, ends } = run;
  const view = narrowed(piece.view, partition, name);
  const ids = new Set<string>();
  const brought = [...piece.brought, ids];
  const end = await readView(source, view, { ...options, onPage: seen.seeing(options.onPage, brought) });
  ends.push(end);
  const holds: Piece["holds"] = (id, row) =>
    ids.has(id) || (row.get(partition.by) === name && piece.holds(id, row));
  return { name, end, ids, piece: { view, brought, holds } };
}

/** The parts that the upstream knows, and those that rows name besides, but for those that were asked for. */
function waiting(
  piece: Piece,
  { by, parts = [] }: Partition,
  run: Run,
  asked: readonly Asked[],
): readonly string[] {
  const named = rowsIn(piece, run).flatMap(([, row]) => row.get(by) ?? []);
  const known = new Set([...parts, ...named]);
  for (const { name } of asked) known.delete(name);
  return [...known];
}

function rowsIn(piece: Piece, { seen }: Run): readonly (readonly [id: string, row: RowParts])[] {
  return [...seen.rows].filter(([id, row]) => piece.holds(id, row));
}

function narrowed({ name, path, query = {} }: View, partition: Partition, part: string): View {
  const narrower = partition.query(part);
  const own = Object.entries(narrower).map(([field, value]) => `${field}=${String(value)}`);
  return { name: [name, ...own].join(" ").trim(), path, query: { ...query, ...narrower } };
}

function mayAsk({ ends }: Run): boolean {
  return ends.length < PARTS_MAX && !isOver(ends);
}
