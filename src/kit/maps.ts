/** Items of a page that keeps no array but maps: one object by provider, say, each with an object of models. */

/** One entry of an inner map, as an item: `key` is `outer/inner`, `parent` the outer key. */
export interface MapEntry {
  readonly key: string;
  readonly parent: string;
  readonly value: unknown;
}

/** Reads the maps that the values of a map keep at `name`. A value that keeps none is one item, so that it is rejected and not overlooked. */
export function entriesOfEach(name: string): (value: unknown) => readonly MapEntry[] | undefined {
  return (value) =>
    entriesIn(value)?.flatMap(([parent, inner]): readonly MapEntry[] => {
      const [, found] = entriesIn(inner)?.find(([key]) => key === name) ?? [];
      const entries = entriesIn(found);
      return entries === undefined
        ? [{ key: parent, parent, value: undefined }]
        : entries.map(([key, item]) => ({ key: `${parent}/${key}`, parent, value: item }));
    });
}

function entriesIn(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined;
}
