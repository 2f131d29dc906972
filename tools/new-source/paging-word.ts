/** The ways to page that a new source can start with: what its file says, and what its invented page carries. */

export interface PagingWord {
  /** What is imported from `kit/paging.ts`. */
  readonly name: string;
  /** What the source file says; the names in it are the usual ones. */
  readonly code: string;
  /** What a last page holds beside its items. */
  readonly lastPage: { readonly [name: string]: unknown };
  /** One line for the guide. */
  readonly means: string;
}

export const PAGINGS = {
  single: {
    name: "singlePage",
    code: "singlePage",
    lastPage: {},
    means: "the whole list in one answer",
  },
  link: {
    name: "linkHeader",
    code: "linkHeader()",
    lastPage: {},
    means: 'a header `Link: <…>; rel="next"`',
  },
  cursor: {
    name: "cursor",
    code: 'cursor({ parameter: "after_id", at: "last_id", more: "has_more" })',
    lastPage: { has_more: false, last_id: null },
    means: "the page names its last item, which the next request asks after",
  },
  "page-token": {
    name: "pageToken",
    code: 'pageToken({ parameter: "page_token", at: "next_page_token" })',
    lastPage: { next_page_token: "" },
    means: "the page holds a token for the next one; none, or an empty one, is the end",
  },
  "page-number": {
    name: "pageNumber",
    code: 'pageNumber({ parameter: "page", first: 1, pages: "total_pages" })',
    lastPage: { total_pages: 1 },
    means: "page 1, 2, 3 … up to a stated number of pages, or until a page is short (`pageSize`)",
  },
  offset: {
    name: "offset",
    code: 'offset({ parameter: "offset", limit: "limit", pageSize: 100 })',
    lastPage: {},
    means: "from item 0, 100, 200 … until a page is short",
  },
  "next-url": {
    name: "nextUrl",
    code: 'nextUrl({ at: "next" })',
    lastPage: { next: null },
    means: "the page holds the next one's whole address",
  },
} as const satisfies { readonly [word: string]: PagingWord };
export type PagingKind = keyof typeof PAGINGS;

export function isPagingKind(word: string): word is PagingKind {
  return Object.hasOwn(PAGINGS, word);
}
