/** What a source reads of its items: they are handed over under watch. */
import type { Source } from "../../src/kit/source.ts";
import { childPath } from "./path.ts";

/** Paths that the schema or the mapper has looked at in any item. */
export function readPaths(source: Source, items: readonly unknown[]): ReadonlySet<string> {
  const read = new Set<string>();
  for (const item of items) readUnderWatch(source, item, read);
  return read;
}

function readUnderWatch(source: Source, item: unknown, read: Set<string>): void {
  // A copy, because what is watched must not be frozen, as the content of a package may be.
  const copy: unknown = JSON.parse(JSON.stringify(item ?? null));
  const parsed = source.item.safeParse(watched(copy, "", read));
  if (!parsed.success) return;
  try {
    // What the schema passes on as it came is still watched while the mapper reads it.
    if (source.ignore?.(parsed.data) === undefined) source.listings(parsed.data);
  } catch {
    // An item that no mapper can read is reported as rejected by those who count; here only looks count.
  }
}

function watched(value: unknown, path: string, read: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      const inner: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== "string" || !Object.hasOwn(target, key)) return inner;
      if (Array.isArray(target) && key === "length") return inner;
      const below = Array.isArray(target) ? `${path}[]` : childPath(path, key);
      read.add(below);
      return watched(inner, below, read);
    },
  });
}
