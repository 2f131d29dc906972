/** The address of a page: its parameters, and how many items they ask for. */
import type { Paging, Query } from "./paging.ts";

/** `url` with these parameters, and none of the same names that it had. */
export function withQuery(url: URL, query: Query): URL {
  const asked = new URL(url);
  for (const [name, values] of Object.entries(query)) {
    asked.searchParams.delete(name);
    for (const value of [values].flat()) asked.searchParams.append(name, value);
  }
  return asked;
}

/** Items on a full page of this address, where the request fixes it. */
export function fullPage(url: URL, { limit, pageSize }: Paging): number | undefined {
  const asked = limit === undefined ? undefined : url.searchParams.get(limit);
  return asked === undefined || asked === null ? pageSize : Number(asked);
}

/** Where fewer items than this are too many, it is not their number that an upstream fails at. */
const PAGE_ITEMS_MIN = 50;

/** The same page with half the items, for an upstream that fails at whole ones; nothing where that cannot be asked. */
export function halved(url: URL, paging: Paging): URL | undefined {
  const items = Math.floor((fullPage(url, paging) ?? 0) / 2);
  return paging.limit === undefined || items < PAGE_ITEMS_MIN
    ? undefined
    : withQuery(url, { [paging.limit]: String(items) });
}
