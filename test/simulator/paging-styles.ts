/** The ways in which upstreams page: how the next page is asked for, and how an answer offers it. */

import type { RecordedRequest, Reply } from "../../tools/upstreams/exchange.ts";

export interface Item {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Page {
  readonly rows: readonly Item[];
  /** The place of its first row in the whole list. */
  readonly start: number;
  readonly size: number;
  /** Where the next page starts; absent on the last. */
  readonly next: number | undefined;
  /** A cursor in place of the one that `next` would give. */
  readonly cursor?: string;
  /** An origin in place of the upstream's own, where the style writes links. */
  readonly origin?: string;
  readonly total?: number;
}

interface Style {
  /** Where the page that is asked for starts; absent where the cursor is not one of ours. */
  start(query: URLSearchParams, items: readonly Item[], size: number): number | undefined;
  write(page: Page, to: { readonly request: RecordedRequest; readonly origin: string }): Reply;
}

export type Paging = "single" | "link" | "cursor" | "page-token" | "page-number" | "offset" | "next-url";

export const STYLES: Readonly<Record<Paging, Style>> = {
  single: {
    start: () => 0,
    write: ({ rows }) => ({ value: { data: rows } }),
  },
  link: {
    start: (query) => fromCursor(query.get("cursor")),
    write: (page, to) => {
      const next = nextUrl(page, to);
      return {
        value: page.rows,
        ...(next === undefined ? {} : { headers: { link: `<${next}>; rel="next"` } }),
      };
    },
  },
  cursor: {
    start: (query, items) => fromRowId(query.get("after_id"), items),
    write: (page) => ({
      value: {
        data: page.rows,
        has_more: page.next !== undefined,
        first_id: page.rows[0]?.id ?? null,
        last_id: page.cursor ?? page.rows.at(-1)?.id ?? null,
      },
    }),
  },
  "page-token": {
    start: (query) => fromCursor(query.get("pageToken")),
    write: (page) => ({ value: { models: page.rows, nextPageToken: cursorOf(page) } }),
  },
  "page-number": {
    start: (query, _, size) => (Number(query.get("page") ?? 1) - 1) * size,
    write: ({ rows, start, size, total }) => ({
      value: {
        result: rows,
        result_info: {
          page: start / size + 1,
          per_page: size,
          count: rows.length,
          ...(total === undefined ? {} : { total_count: total, total_pages: Math.ceil(total / size) }),
        },
      },
    }),
  },
  offset: {
    start: (query) => Number(query.get("offset") ?? 0),
    write: ({ rows, total }, { request }) => {
      const limit = Number(request.query.get("limit") ?? Infinity);
      return { value: { data: rows.slice(0, limit), total } };
    },
  },
  "next-url": {
    start: (query) => fromCursor(query.get("cursor")),
    write: (page, to) => ({ value: { results: page.rows, next: nextUrl(page, to) ?? null } }),
  },
};

/** Opaque to the reader, as a real cursor is; a fault may add a suffix to make it look new. */
function cursorOf({ next, cursor }: Page): string | undefined {
  return cursor ?? (next === undefined ? undefined : `start-${next}`);
}

function fromCursor(cursor: string | null): number | undefined {
  if (cursor === null || cursor === "") return 0;
  const start = /^start-(\d+)/.exec(cursor)?.[1];
  return start === undefined ? undefined : Number(start);
}

function fromRowId(id: string | null, items: readonly Item[]): number | undefined {
  if (id === null || id.startsWith("start-")) return fromCursor(id);
  const index = items.findIndex((item) => item.id === id);
  return index < 0 ? undefined : index + 1;
}

/** The address of the request with another cursor, as real upstreams write it. */
function nextUrl(
  page: Page,
  to: { readonly request: RecordedRequest; readonly origin: string },
): string | undefined {
  const cursor = cursorOf(page);
  if (cursor === undefined) return undefined;
  const url = new URL(to.request.path, to.origin);
  for (const [name, value] of to.request.query) url.searchParams.append(name, value);
  url.searchParams.set("cursor", cursor);
  return url.href;
}
