/** How a list is cut into pages: what the first request asks, and how an answer names the next one. */

/** A page as paging sees it. */
export interface PageSeen {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  /** Parsed JSON. */
  readonly body: unknown;
  readonly items: readonly unknown[];
}

/** Parameters of a request; one with several values is asked several times. */
export interface Query {
  readonly [name: string]: string | readonly string[];
}

/** How a list is paged. */
export interface Paging {
  readonly kind: "single" | "link" | "cursor" | "page-token" | "page-number" | "offset" | "next-url";
  /** Added to the first request. */
  readonly query: Query;
  /** Items on a full page, where the request fixes it: a full only page without a `next` is cut short. */
  readonly pageSize?: number;
  /** The parameter that fixes it, where a smaller page can be asked for at any place in the list. */
  readonly limit?: string;
  /** The next request as soon as the headers are here, where the headers name it. */
  nextFromHeaders?(url: URL, headers: PageSeen["headers"]): URL | undefined;
  /** The next request once the page is read. */
  nextFromPage?(page: PageSeen): URL | undefined;
  /** True where rows can slip between pages while the list moves: the first page is then looked at twice. */
  readonly slips: boolean;
}

/** The whole list in one answer. */
export const singlePage: Paging = { kind: "single", query: {}, slips: false };

/** RFC 8288: `Link: <…>; rel="next"`; `page` where the request says how many items a page holds. */
export function linkHeader(
  query: Query = {},
  page?: { readonly limit: string; readonly pageSize: number },
): Paging {
  return {
    kind: "link",
    query: page === undefined ? query : { ...query, [page.limit]: String(page.pageSize) },
    ...page,
    slips: false,
    nextFromHeaders: (url, headers) => nextLink(url, headers["link"]),
  };
}

/** `{ has_more, last_id }`, asked again with `?after_id=`. */
export function cursor(options: {
  readonly parameter: string;
  /** Where the page names its last item's cursor. */
  readonly at: string;
  /** Where the page says whether more follow; absent: as long as there is a cursor. */
  readonly more?: string;
  readonly query?: Paging["query"];
}): Paging {
  return {
    kind: "cursor",
    query: options.query ?? {},
    slips: false,
    nextFromPage: ({ url, body }) => {
      if (options.more !== undefined && valueAt(body, options.more) !== true) return undefined;
      return withParameter(url, options.parameter, valueAt(body, options.at));
    },
  };
}

/** `{ nextPageToken }`, asked again with `?pageToken=`; no token, or an empty one, is the end. */
export function pageToken(options: {
  readonly parameter: string;
  readonly at: string;
  readonly query?: Paging["query"];
}): Paging {
  return {
    kind: "page-token",
    query: options.query ?? {},
    slips: false,
    nextFromPage: ({ url, body }) => withParameter(url, options.parameter, valueAt(body, options.at)),
  };
}

/** `?page=1`, `?page=2` … up to a stated number of pages, or until a page is short. */
export function pageNumber(options: {
  readonly parameter: string;
  readonly first: number;
  readonly pages?: string;
  readonly pageSize?: number;
  readonly query?: Paging["query"];
}): Paging {
  return {
    kind: "page-number",
    query: { ...options.query, [options.parameter]: String(options.first) },
    ...(options.pageSize === undefined ? {} : { pageSize: options.pageSize }),
    slips: true,
    nextFromPage: ({ url, body, items }) => {
      const page = Number(url.searchParams.get(options.parameter) ?? options.first);
      const pages = options.pages === undefined ? undefined : valueAt(body, options.pages);
      const isLast =
        typeof pages === "number"
          ? page - options.first + 1 >= pages
          : items.length < (options.pageSize ?? 1);
      return isLast ? undefined : withParameter(url, options.parameter, page + 1);
    },
  };
}

/** `?offset=0&limit=100`, `?offset=100` … until a page is short or the stated total is reached. */
export function offset(options: {
  readonly parameter: string;
  readonly limit: string;
  readonly pageSize: number;
  readonly query?: Paging["query"];
}): Paging {
  return {
    kind: "offset",
    query: { ...options.query, [options.parameter]: "0", [options.limit]: String(options.pageSize) },
    pageSize: options.pageSize,
    slips: true,
    nextFromPage: ({ url, items }) => {
      if (items.length < options.pageSize) return undefined;
      return withParameter(
        url,
        options.parameter,
        Number(url.searchParams.get(options.parameter) ?? 0) + items.length,
      );
    },
  };
}

/** `{ next: "https://…" }` in the body. */
export function nextUrl(options: { readonly at: string; readonly query?: Paging["query"] }): Paging {
  return {
    kind: "next-url",
    query: options.query ?? {},
    slips: false,
    nextFromPage: ({ url, body }) => {
      const next = valueAt(body, options.at);
      return typeof next === "string" && next !== "" ? parseUrl(next, url) : undefined;
    },
  };
}

/** The value at a dotted path of a parsed body; "" is the body itself. */
export function valueAt(body: unknown, path: string): unknown {
  if (path === "") return body;
  let value = body;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    // `step` is an own property of `value`, so indexing by it is safe.
    value = (value as { readonly [step: string]: unknown })[step];
  }
  return value;
}

function withParameter(url: URL, parameter: string, value: unknown): URL | undefined {
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return undefined;
  const next = new URL(url);
  next.searchParams.set(parameter, String(value));
  return next;
}

function nextLink(url: URL, link: string | undefined): URL | undefined {
  for (const match of (link ?? "").matchAll(/<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,]+))*)/g)) {
    const [, target = "", parameters = ""] = match;
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters))
      return parseUrl(target, url);
  }
  return undefined;
}

/** A `next` that is no address at all still has to be refused, not overlooked: it becomes one that no origin check passes. */
function parseUrl(text: string, base: URL): URL {
  return URL.canParse(text, base.href) ? new URL(text, base) : new URL("invalid:");
}
