/** Asks a source's views until its list is complete; where all are cut short, divides it and asks part by part. */
import { ERRORS, type ErrorCode, type WorldError } from "../domain/errors.ts";
import { itemIdOf } from "../kit/map.ts";
import { valueAt } from "../kit/paging.ts";
import type { Partition, View, WebSource } from "../kit/source.ts";
import { readView, type PageRead, type ReadOptions, type ViewEnd } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";

export interface ViewsRead {
  /** How each view that was asked came to its end. */
  readonly ends: readonly ViewEnd[];
  /** What its parts prove, where the list was divided. */
  readonly division?: Division;
}

export interface Division {
  readonly by: string;
  readonly ends: readonly ViewEnd[];
  /** Parts that were not read to their end. */
  readonly unfinished: readonly string[];
  /** Rows that lie in no part that was asked for. */
  readonly outside: number;
}

export interface ViewsOptions extends ReadOptions {
  /** What was read so far. */
  snapshot(): Snapshot;
}

/** No upstream knows more parts. */
const PARTS_MAX = 200;

export async function readViews(source: WebSource, options: ViewsOptions): Promise<ViewsRead> {
  const { conditions: _, knownBody: __, ...further } = options;
  const { partition } = source;
  const parts = new PartsSeen(source, partition?.by);
  const ends: ViewEnd[] = [];
  for (const [index, view] of source.views.entries()) {
    const asked = index === 0 ? options : repeating(further);
    const end = await readView(source, view, { ...asked, onPage: parts.seeing(asked.onPage) });
    ends.push(end);
    if (end.kind === "unchanged" || isComplete(end, options.snapshot()) || isOver(ends)) return { ends };
  }
  if (partition === undefined) return { ends };
  return { ends, division: await readParts(source, partition, parts, repeating(further)) };
}

/** True where the view ended, and the stated total is reached by all that was read. */
export function isComplete(end: ViewEnd, snapshot: Snapshot): boolean {
  return end.kind === "ended" && (end.total === undefined || countedRows(snapshot) >= end.total);
}

export function countedRows(snapshot: Snapshot): number {
  return snapshot.unique + snapshot.rejected;
}

/** Garbage on any page of the list itself; a further view that brings garbage only ends, and the others are kept. */
export function refusalOf([list]: readonly ViewEnd[]): WorldError | undefined {
  return list?.kind === "broke-off" && ERRORS[list.error.code].outcome === "rejected"
    ? list.error
    : undefined;
}

async function readParts(
  source: WebSource,
  partition: Partition,
  seen: PartsSeen,
  options: ReadOptions,
): Promise<Division> {
  const asked = new Set<string>();
  const unfinished: string[] = [];
  const ends: ViewEnd[] = [];
  const read = async (name: string, view: View) => {
    const end = await readView(source, view, { ...options, onPage: seen.seeing(options.onPage) });
    ends.push(end);
    if (end.kind !== "ended" || end.rows < (end.total ?? 0)) unfinished.push(name);
  };
  const next = () => [...partition.parts, ...seen.named].find((part) => !asked.has(part));
  if (partition.rest !== undefined) await read(partition.rest.name, partition.rest);
  for (let part = next(); part !== undefined && asked.size < PARTS_MAX && !isOver(ends); part = next()) {
    asked.add(part);
    await read(part, partition.view(part));
  }
  const unasked = [...new Set([...partition.parts, ...seen.named])].filter((part) => !asked.has(part));
  return {
    by: partition.by,
    ends,
    unfinished: [...unfinished, ...unasked],
    outside: partition.rest === undefined ? seen.unnamed.size : 0,
  };
}

/** A further view mostly repeats rows of the others, and is not in a circle for that. */
function repeating(options: ReadOptions): ReadOptions {
  return {
    ...options,
    onPage: (page) => {
      options.onPage(page);
      return { fresh: page.items.length };
    },
  };
}

/** Nothing more can be asked for in this run: two views in a row are lost, or what ended one would end all. */
function isOver(ends: readonly ViewEnd[]): boolean {
  const last = ends.at(-1);
  if (refusalOf(ends) !== undefined) return true;
  if (last?.kind !== "broke-off") return false;
  return LAST_WORDS.has(last.error.code) || (isLost(last) && isLost(ends.at(-2)));
}

const LAST_WORDS: ReadonlySet<ErrorCode> = new Set([
  "wait-too-long",
  "run-timeout",
  "aborted",
  "unauthorized",
]);

/** The upstream could not answer, however often it was asked; that it would not (400) is no sign for other views. */
function isLost(end: ViewEnd | undefined): boolean {
  return end?.kind === "broke-off" && (ERRORS[end.error.code].retry || end.error.code === "not-found");
}

/** In which parts the rows of all views lie. */
class PartsSeen {
  readonly named = new Set<string>();
  /** Rows that name no part, by their id. */
  readonly unnamed = new Set<string>();
  readonly #source: WebSource;
  readonly #by: string | undefined;

  constructor(source: WebSource, by: string | undefined) {
    this.#source = source;
    this.#by = by;
  }

  seeing(onPage: ReadOptions["onPage"]): ReadOptions["onPage"] {
    return (page: PageRead) => {
      if (this.#by !== undefined) for (const item of page.items) this.#see(item, this.#by);
      return onPage(page);
    };
  }

  #see(item: unknown, by: string): void {
    const part = valueAt(item, by);
    if (typeof part === "string" && part !== "") this.named.add(part);
    else this.unnamed.add(itemIdOf(this.#source, item) ?? JSON.stringify(item));
  }
}
