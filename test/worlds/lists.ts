/** One source for every way of paging, as the simulator's styles serve it. */
import * as z from "zod";
import { prices, usdPerToken } from "../../src/domain/price.ts";
import { noAuth } from "../../src/kit/auth.ts";
import {
  cursor,
  linkHeader,
  nextUrl,
  offset,
  pageNumber,
  pageToken,
  singlePage,
  type Paging as PagingRule,
} from "../../src/kit/paging.ts";
import { Amount, Text } from "../../src/kit/wire.ts";
import { defineSource, type WebSource } from "../../src/kit/source.ts";
import type { Paging } from "../simulator/paging-styles.ts";

export const PAGE_SIZE = 4;
export const ORIGIN = "https://api.example.com";

interface Style {
  readonly paging: PagingRule;
  readonly items: string;
  readonly total?: string;
}

export const LISTS: Readonly<Record<Paging, Style>> = {
  single: { paging: singlePage, items: "data" },
  link: { paging: linkHeader(), items: "" },
  cursor: { paging: cursor({ parameter: "after_id", at: "last_id", more: "has_more" }), items: "data" },
  "page-token": { paging: pageToken({ parameter: "pageToken", at: "nextPageToken" }), items: "models" },
  "page-number": {
    paging: pageNumber({ parameter: "page", first: 1, pages: "result_info.total_pages" }),
    items: "result",
    total: "result_info.total_count",
  },
  offset: {
    paging: offset({ parameter: "offset", limit: "limit", pageSize: PAGE_SIZE }),
    items: "data",
    total: "total",
  },
  "next-url": { paging: nextUrl({ at: "next" }), items: "results" },
};

const Row = z.object({ id: z.string(), name: Text, price: Amount });

/** `id` tells worlds in one ledger apart. */
export function sourceOf(id: string, kind: Paging, more: { readonly mayBeEmpty?: boolean } = {}): WebSource {
  const { paging, items, total } = LISTS[kind];
  return defineSource<z.infer<typeof Row>>({
    id,
    title: id,
    docs: ORIGIN,
    gateway: id,
    authority: "own",
    baseUrl: `${ORIGIN}/v1`,
    auth: noAuth,
    views: [{ name: "models", path: "/models" }],
    paging,
    items,
    ...(total === undefined ? {} : { total }),
    ...more,
    item: Row,
    listings: ({ id: nativeId, name, price }) => [
      {
        nativeId,
        name: name ?? undefined,
        billing: "metered",
        prices: prices({ input: usdPerToken(price) }),
      },
    ],
  });
}
