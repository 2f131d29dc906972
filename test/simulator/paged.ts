/**
 * A list served page by page, in every way that upstreams page, and every way in which paging goes wrong.
 * Give it to the simulator: `upstreams.setBody("api.example.com/v1/models", pagedBody({ … }))`.
 */

import type { RecordedRequest, Reply } from "../../tools/upstreams/exchange.ts";
import { STYLES, type Item, type Page, type Paging } from "./paging-styles.ts";
import { TROUBLES, type PagingTrouble } from "./paging-troubles.ts";

export interface PagedOptions {
  readonly paging: Paging;
  readonly pageSize: number;
  /** The whole list, or a function where it changes while it is read. */
  readonly items: readonly Item[] | (() => readonly Item[]);
  /** A stated total other than the number of items; `"unstated"` leaves it out. */
  readonly total?: number | "unstated";
  readonly trouble?: PagingTrouble | undefined;
  /** The origin that links name; the upstream's own by default. */
  readonly origin?: string;
}

/** Answers list requests in this style of paging. Keeps count of its requests, so make one for each test. */
export function pagedBody(options: PagedOptions): (request: RecordedRequest) => Reply {
  const style = STYLES[options.paging];
  const trouble = options.trouble === undefined ? undefined : TROUBLES[options.trouble];
  let asked = 0;
  return (request) => {
    asked += 1;
    const items = typeof options.items === "function" ? options.items() : options.items;
    const size = options.paging === "single" ? Math.max(items.length, 1) : options.pageSize;
    const start = style.start(request.query, items, size);
    if (start === undefined) return { status: 400, value: { error: { message: "invalid cursor" } } };
    const honest = pageAt(items, start, size, options);
    const page =
      trouble === undefined ? honest : trouble({ page: honest, items, size, asked, host: request.host });
    if (page === "refused") return { status: 400, value: { error: { message: "invalid cursor" } } };
    return style.write(page, { request, origin: page.origin ?? options.origin ?? `https://${request.host}` });
  };
}

function pageAt(items: readonly Item[], start: number, size: number, options: PagedOptions): Page {
  const end = start + size;
  const total = options.total ?? items.length;
  return {
    rows: items.slice(start, end),
    start,
    size,
    next: end < items.length ? end : undefined,
    ...(total === "unstated" ? {} : { total }),
  };
}
