/** From one upstream item to its listings: schema, `ignore`, `listings`, finish. Whatever goes wrong is one rejected item, never an exception. */
import type { Finding } from "../domain/finding.ts";
import { finish } from "../domain/finish.ts";
import type { Listing } from "../domain/listing.ts";
import { valueAt } from "./paging.ts";
import type { Source } from "./source.ts";

export type Mapped =
  | { readonly kind: "listed"; readonly listings: readonly Listing[]; readonly findings: readonly Finding[] }
  | { readonly kind: "ignored"; readonly reason: string }
  | { readonly kind: "rejected"; readonly finding: Finding };

/** `place` is the JSON pointer of the item in its page: `/data/17`. */
export function mapItem(source: Source, item: unknown, place: string): Mapped {
  const parsed = source.item.safeParse(item);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? [])
      .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join("");
    return rejected(source, item, place + path, issue?.message ?? "does not fit");
  }
  try {
    const reason = source.ignore?.(parsed.data);
    if (reason !== undefined) return { kind: "ignored", reason };
    const finished = source.listings(parsed.data).map((draft) => finish(draft, originOf(source)));
    return {
      kind: "listed",
      listings: finished.map(({ listing }) => listing),
      findings: finished.flatMap(({ findings }) => findings),
    };
  } catch (error) {
    // A mapper meets values that no schema foresaw: the item is bad data, not a failure of the run.
    return rejected(source, item, place, error instanceof Error ? error.message : String(error));
  }
}

/** Texts that an item holds, to a depth: the ids that it may speak of, though it cannot be read. */
export function textsOf(item: unknown, depth = 4): ReadonlySet<string> {
  const found = new Set<string>();
  collect(item, depth, found);
  return found;
}

/** The id of an item, as far as it can be read. */
export function itemIdOf(source: Source, item: unknown): string | undefined {
  return itemIdsOf(source, item)[0];
}

/** Every id that an item should tell: of `flavors.*.model_id`, one for each flavor. Absent where one cannot be read. */
export function itemIdsOf(source: Source, item: unknown): readonly (string | undefined)[] {
  const [path = "", ...inner] = (source.itemId ?? "id").split(".*.");
  return valuesAt(valueAt(item, path), inner).map((id) =>
    typeof id === "string" && id !== "" ? id : undefined,
  );
}

function valuesAt(value: unknown, [path, ...inner]: readonly string[]): readonly unknown[] {
  if (path === undefined) return [value];
  if (!Array.isArray(value) || value.length === 0) return [undefined];
  return value.flatMap((one) => valuesAt(valueAt(one, path), inner));
}

function rejected(source: Source, item: unknown, pointer: string, message: string): Mapped {
  const subject = itemIdOf(source, item)?.toWellFormed().slice(0, 200) ?? pointer;
  return { kind: "rejected", finding: { kind: "rejected-item", subject, pointer, message } };
}

function originOf(source: Source) {
  return {
    source: source.id,
    gateway: source.gateway,
    ...(source.visibility === undefined ? {} : { visibility: source.visibility }),
  };
}

/** More texts than this in one item are not ids. */
const TEXTS_MAX = 1_000;

function collect(value: unknown, depth: number, found: Set<string>): void {
  if (found.size >= TEXTS_MAX) return;
  if (typeof value === "string") found.add(value);
  else if (typeof value === "object" && value !== null && depth > 0)
    for (const inner of Object.values(value)) collect(inner, depth - 1, found);
}
