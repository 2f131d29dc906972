/** A source of every paging kind, over the shapes that the simulator writes. */
import { bearer, noAuth, type Auth } from "../../src/kit/auth.ts";
import {
  cursor,
  linkHeader,
  nextUrl,
  offset,
  pageNumber,
  pageToken,
  singlePage,
  type Paging,
} from "../../src/kit/paging.ts";
import { defineSource, type WebSource } from "../../src/kit/source.ts";
import { prices, usdPerToken } from "../../src/domain/price.ts";
import { Amount, Count, Id, stated, Text } from "../../src/kit/wire.ts";
import * as z from "zod";

export const PAGE_SIZE = 3;

interface Shape {
  readonly paging: Paging;
  readonly items: string;
  readonly total?: string;
}

export const KINDS = {
  single: { paging: singlePage, items: "data" },
  link: { paging: linkHeader(), items: "" },
  cursor: { paging: cursor({ parameter: "after_id", at: "last_id", more: "has_more" }), items: "data" },
  "page-token": { paging: pageToken({ parameter: "pageToken", at: "nextPageToken" }), items: "models" },
  "page-number": {
    paging: pageNumber({
      parameter: "page",
      first: 1,
      pages: "result_info.total_pages",
      pageSize: PAGE_SIZE,
    }),
    items: "result",
    total: "result_info.total_count",
  },
  offset: {
    paging: offset({ parameter: "offset", limit: "limit", pageSize: PAGE_SIZE }),
    items: "data",
    total: "total",
  },
  "next-url": { paging: nextUrl({ at: "next" }), items: "results" },
} as const satisfies Record<Paging["kind"], Shape>;
export type Kind = keyof typeof KINDS;
export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[];
/** Those with more than one page. */
export const PAGED_KINDS = ALL_KINDS.filter((kind) => kind !== "single");

const Item = z.object({ id: Id, name: Text, price: Amount, context: Count });

export interface SourceOptions {
  readonly auth?: Auth;
  readonly mapper?: number;
  readonly mayBeEmpty?: boolean;
  readonly total?: "unstated";
  readonly views?: WebSource["views"];
  readonly headers?: WebSource["headers"];
}

/** A source named `id`, of a gateway and a host of the same name. */
export function sourceOf(kind: Kind, id: string = kind, options: SourceOptions = {}): WebSource {
  const { paging, items, total }: Shape = KINDS[kind];
  const { auth, mapper, mayBeEmpty, headers } = options;
  return defineSource({
    id,
    title: id,
    docs: "https://docs.example/models",
    gateway: id,
    authority: "own",
    baseUrl: `https://${hostOf(id)}/v1`,
    auth: auth ?? noAuth,
    views: options.views ?? [{ name: "models", path: "/models" }],
    paging,
    items,
    ...(total === undefined || options.total === "unstated" ? {} : { total }),
    ...(mapper === undefined ? {} : { mapper }),
    ...(mayBeEmpty === undefined ? {} : { mayBeEmpty }),
    ...(headers === undefined ? {} : { headers }),
    item: Item,
    listings: (item) => [
      {
        nativeId: item.id,
        name: stated(item.name),
        contextTokens: stated(item.context),
        prices: prices({ input: usdPerToken(item.price) }),
      },
    ],
  });
}

/** A credential that no other text in a test holds. */
export const CANARY = "canary-6f1d0c5b9e";

export const withCredential: SourceOptions = { auth: bearer("CANARY_KEY") };

export function hostOf(id: string): string {
  return `${id}.example`;
}

/** Where the simulator keeps the list of this source. */
export function listOf(id: string): string {
  return `${hostOf(id)}/v1/models`;
}

export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** `count` good rows, `m-1`, `m-2` …, each with a price of its own. */
export function rows(count: number, first = 1): readonly Row[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return { id: `m-${number}`, name: `Model ${number}`, price: `0.00000${number}`, context: 8_192 };
  });
}
