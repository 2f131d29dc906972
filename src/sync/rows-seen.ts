/** In which parts the rows of all views lie, as the rows themselves name them. */
import { itemIdOf } from "../kit/map.ts";
import { valueAt } from "../kit/paging.ts";
import type { Partition, WebSource } from "../kit/source.ts";
import type { PageRead, ReadOptions } from "./read.ts";

/** What a row says of the parts in which it lies: by field, where it names one. */
export type RowParts = ReadonlyMap<string, string>;

export class RowsSeen {
  /** By the row's id. */
  readonly rows = new Map<string, RowParts>();
  readonly #source: WebSource;
  readonly #fields: readonly string[];

  constructor(source: WebSource) {
    this.#source = source;
    this.#fields = fieldsOf(source.partition);
  }

  /** Remembers the rows of each page; their ids go to `brought`, too. */
  seeing(onPage: ReadOptions["onPage"], brought: readonly Set<string>[] = []): ReadOptions["onPage"] {
    return (page: PageRead) => {
      if (this.#fields.length > 0) for (const item of page.items) this.#see(item, brought);
      return onPage(page);
    };
  }

  #see(item: unknown, brought: readonly Set<string>[]): void {
    const id = itemIdOf(this.#source, item) ?? JSON.stringify(item);
    for (const ids of brought) ids.add(id);
    const named = this.#fields.flatMap((field) => {
      const part = valueAt(item, field);
      return typeof part === "string" && part !== "" ? [[field, part] as const] : [];
    });
    this.rows.set(id, new Map(named));
  }
}

function fieldsOf(partition: Partition | undefined): readonly string[] {
  return partition === undefined ? [] : [partition.by, ...fieldsOf(partition.further)];
}
