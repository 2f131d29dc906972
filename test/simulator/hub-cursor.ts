/** The Hub's order and its cursor: a keyset filter over (sort key descending, `_id` ascending), as base64 of JSON. */
import type { HubModel } from "./hub-models.ts";

/** The database's own id, which the cursor tells equals apart by. */
const ID = "_id";

/** The names that the list route knows; `trending`, `created` and `modified` are the web page's. */
export const SORTS = {
  trendingScore: byKey("trendingScore"),
  createdAt: byKey("createdAt"),
  downloads: byKey("downloads"),
  likes: byKey("likes"),
  lastModified: byKey("lastModified"),
} as const;
export type Sort = keyof typeof SORTS;

export function cursorOf(last: HubModel, sort: Sort): string {
  const key = last[sort];
  const filter = {
    $or: [{ [sort]: key, _id: { $gt: last[ID] } }, { [sort]: { $lt: key } }, { [sort]: null }],
  };
  return Buffer.from(JSON.stringify(filter)).toString("base64");
}

/** What comes behind the cursor's place, wherever its model is now; nothing where the cursor is forged. */
export function afterCursor(
  sorted: readonly HubModel[],
  sort: Sort,
  cursor: string,
): readonly HubModel[] | undefined {
  const place = placeOf(cursor, sort);
  if (place === undefined) return undefined;
  return sorted.filter(
    (model) => model[sort] < place.key || (model[sort] === place.key && model[ID] > place.id),
  );
}

function placeOf(
  cursor: string,
  sort: Sort,
): { readonly key: string | number; readonly id: string } | undefined {
  try {
    const { $or } = JSON.parse(Buffer.from(cursor, "base64").toString()) as {
      readonly $or: readonly [{ readonly [field: string]: unknown; readonly _id: { readonly $gt: string } }];
    };
    const key = $or[0][sort];
    return typeof key === "string" || typeof key === "number" ? { key, id: $or[0][ID].$gt } : undefined;
  } catch {
    return undefined;
  }
}

function byKey(sort: "trendingScore" | "createdAt" | "downloads" | "likes" | "lastModified") {
  return (a: HubModel, b: HubModel): number =>
    a[sort] === b[sort] ? (a[ID] < b[ID] ? -1 : 1) : a[sort] > b[sort] ? -1 : 1;
}
