/** The shape of a source's items: which paths they have, of which types, and how many of them. No code per source. */
import type { Finding } from "./finding.ts";

/** By path: `pricing.prompt`, `architecture.input_modalities[]`. */
export interface Shape {
  readonly [path: string]: PathShape;
}

export interface PathShape {
  readonly types: readonly string[];
  /** The part of the items that had it when it was last looked at; 0 for a path that is gone. */
  readonly share: number;
}

/** Deeper, or more, and a path is a key of data and no field. */
const DEPTH_MAX = 5;
const PATHS_MAX = 600;
/** A path that fewer items had than this may be missing by chance. */
const COMMON_SHARE = 0.1;
const COMMON_ITEMS_MIN = 3;

/** Counts the paths of items as they come. */
export class ShapeBuilder {
  readonly #paths = new Map<string, { items: number; types: Set<string> }>();
  #items = 0;

  add(item: unknown): void {
    this.#items += 1;
    this.#walk(item, "", 0, new Set());
  }

  finish(): Shape {
    const paths = [...this.#paths].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      paths.map(([path, { items, types }]) => [
        path,
        { types: [...types].toSorted(), share: Math.round((items / this.#items) * 1_000) / 1_000 },
      ]),
    );
  }

  /** `null` is how upstreams spell "not there". `seen` keeps an item from counting twice for a path of its arrays. */
  #walk(value: unknown, path: string, depth: number, seen: Set<string>): void {
    if (value === null || value === undefined) return;
    if (path !== "") this.#count(path, Array.isArray(value) ? "array" : typeof value, seen);
    if (typeof value !== "object" || depth >= DEPTH_MAX) return;
    if (Array.isArray(value)) {
      for (const element of value) this.#walk(element, `${path}[]`, depth + 1, seen);
      return;
    }
    for (const [key, field] of Object.entries(value)) {
      this.#walk(field, path === "" ? key : `${path}.${key}`, depth + 1, seen);
    }
  }

  #count(path: string, type: string, seen: Set<string>): void {
    let known = this.#paths.get(path);
    if (known === undefined) {
      if (this.#paths.size >= PATHS_MAX) return;
      known = { items: 0, types: new Set() };
      this.#paths.set(path, known);
    }
    known.types.add(type);
    if (seen.has(path)) return;
    seen.add(path);
    known.items += 1;
  }
}

/** What is new, gone or of another type since `before`, with how many items `after` was made of. */
export function driftBetween(before: Shape, after: Shape, items: number): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [path, { types, share }] of Object.entries(after)) {
    const was = before[path];
    if (was === undefined || was.share === 0) {
      findings.push(drift(path, `new: ${percent(share)} of the items have it (${types.join(" or ")})`));
      continue;
    }
    const fresh = types.filter((type) => !was.types.includes(type));
    if (fresh.length > 0)
      findings.push(drift(path, `changed: ${fresh.join(" and ")} where it was ${was.types.join(" or ")}`));
  }
  for (const [path, was] of Object.entries(before)) {
    if (after[path] === undefined && isCommon(was, items))
      findings.push(drift(path, `gone: ${percent(was.share)} of the items had it`));
  }
  return findings;
}

/** What is known of the shape after this look: a type once seen is no news, a rare path that is missing is still known. */
export function unitedShape(before: Shape, after: Shape, items: number): Shape {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...paths].toSorted().map((path) => {
      const [was, is] = [before[path], after[path]];
      const types = [...new Set([...(was?.types ?? []), ...(is?.types ?? [])])].toSorted();
      return [
        path,
        { types, share: is?.share ?? (was !== undefined && isCommon(was, items) ? 0 : (was?.share ?? 0)) },
      ];
    }),
  );
}

function isCommon({ share }: PathShape, items: number): boolean {
  return share >= COMMON_SHARE && share * items >= COMMON_ITEMS_MIN;
}

function drift(path: string, message: string): Finding {
  return { kind: "drift", subject: path.slice(0, 200), message };
}

function percent(share: number): string {
  return share >= 0.01 ? `${Math.round(share * 100)} %` : "less than 1 %";
}
