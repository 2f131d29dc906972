/** Items of a page that keeps no array but maps: one object by provider, say, each with an object of models. */

/** One entry of an inner map, with the keys under which it stands. */
export interface MapEntry {
  readonly outer: string;
  /** Absent where the outer value keeps no map: one item then says so, which no schema takes, so that it is not overlooked. */
  readonly inner?: string;
  readonly value: unknown;
}

/** The entries of the maps that the values of a map keep at `name`; nothing where there is no outer map. */
export function entriesOfEach(map: unknown, name: string): readonly MapEntry[] | undefined {
  return entriesIn(map)?.flatMap(([outer, held]): readonly MapEntry[] => {
    const [, found] = entriesIn(held)?.find(([key]) => key === name) ?? [];
    return (
      entriesIn(found)?.map(([inner, value]) => ({ outer, inner, value })) ?? [{ outer, value: undefined }]
    );
  });
}

function entriesIn(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined;
}
