import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";
import { pagedBody, type PagedOptions } from "./simulator/paged.ts";
import { STYLES, type Paging } from "./simulator/paging-styles.ts";
import { TROUBLED } from "./simulator/paging-troubles.ts";

const LIST = "api.example.com/v1/models";
const PAGE_SIZE = 3;
const REQUESTS_MAX = 12;
const items = Array.from({ length: 7 }, (_, index) => ({ id: `model-${index}` }));

let upstreams: Upstreams;

beforeEach(async () => {
  upstreams = await startUpstreams();
});

afterEach(() => upstreams.close());

test.each(Object.keys(STYLES) as Paging[])("%s gives every item once", async (paging) => {
  const { ids, queries } = await walk({ paging, pageSize: PAGE_SIZE, items });
  expect(ids).toEqual(items.map(({ id }) => id));
  expect(queries).toHaveLength(paging === "single" ? 1 : 3);
});

const troubled = Object.entries(TROUBLED).flatMap(([trouble, styles]) =>
  styles.map((paging) => [trouble as keyof typeof TROUBLED, paging] as const),
);

test.each(troubled)("%s, by %s, is not what an honest list does", async (trouble, paging) => {
  // Whole pages only, because a short one would end a counted list before the trouble begins.
  const even = { paging, pageSize: PAGE_SIZE, items: items.slice(0, 2 * PAGE_SIZE) };
  expect(await walk({ ...even, trouble })).not.toEqual(await walk(even));
});

test("what comes without an end is cut by the reader alone", async () => {
  const trouble = "ever-new cursors with the same rows";
  const { ids, queries } = await walk({ paging: "cursor", pageSize: PAGE_SIZE, items, trouble });
  expect(queries).toHaveLength(REQUESTS_MAX);
  expect(new Set(queries).size).toBe(REQUESTS_MAX);
  expect(new Set(ids).size).toBe(PAGE_SIZE);
});

test("items may move while they are read", async () => {
  let turn = 0;
  const moving = () => items.slice(turn++ > 0 ? 1 : 0);
  const { ids } = await walk({ paging: "offset", pageSize: PAGE_SIZE, items: moving });
  expect(ids).not.toContain("model-3");
});

test("a total can be other than the items, or unstated", async () => {
  async function totalOf(total: number | "unstated"): Promise<unknown> {
    upstreams.setBody(LIST, pagedBody({ paging: "offset", pageSize: PAGE_SIZE, items, total }));
    return (await ask(LIST)).page["total"];
  }
  expect(await totalOf(54_230)).toBe(54_230);
  expect(await totalOf("unstated")).toBeUndefined();
});

const Items = z.array(z.object({ id: z.string() }));
const Page = z.record(z.string(), z.unknown());

/** A reader that trusts everything, to see what the world does to one. */
async function walk(options: PagedOptions): Promise<{ ids: string[]; queries: string[] }> {
  upstreams.setBody(LIST, pagedBody(options));
  const ids: string[] = [];
  const queries: string[] = [];
  let query: string | undefined = "";
  while (query !== undefined && queries.length < REQUESTS_MAX) {
    queries.push(query);
    const { page, link } = await ask(LIST + query.replace(/^.*\?/, "?"));
    const rows = Items.safeParse(page["data"] ?? page["models"] ?? page["result"] ?? page["results"]).data;
    if (rows === undefined) break;
    ids.push(...rows.map(({ id }) => id));
    query = NEXT[options.paging]({ page, link, isFull: rows.length === PAGE_SIZE, read: ids.length });
  }
  return { ids, queries };
}

/** A bare array is put under `data`, so that every style reads alike. */
async function ask(path: string): Promise<{ page: z.infer<typeof Page>; link: string | undefined }> {
  const { headers, body } = await request(`${upstreams.url}/${path}`);
  const parsed: unknown = await body.json();
  const link = /<(.*)>/.exec(String(headers["link"]))?.[1];
  return { page: Array.isArray(parsed) ? { data: parsed } : Page.parse(parsed), link };
}

interface Seen {
  readonly page: z.infer<typeof Page>;
  readonly link: string | undefined;
  readonly isFull: boolean;
  readonly read: number;
}

/** What each style asks next; links whole, so that one to another place is seen to differ. */
const NEXT: Readonly<Record<Paging, (seen: Seen) => string | undefined>> = {
  single: () => undefined,
  link: ({ link }) => link,
  cursor: ({ page }) =>
    page["has_more"] === true ? `?after_id=${z.string().parse(page["last_id"])}` : undefined,
  "page-token": ({ page }) => {
    const token = z.string().optional().parse(page["nextPageToken"]);
    return token === undefined ? undefined : `?pageToken=${token}`;
  },
  "page-number": ({ isFull, read }) => (isFull ? `?page=${read / PAGE_SIZE + 1}` : undefined),
  offset: ({ isFull, read }) => (isFull ? `?offset=${read}&limit=${PAGE_SIZE}` : undefined),
  "next-url": ({ page }) => z.string().nullable().parse(page["next"]) ?? undefined,
};
