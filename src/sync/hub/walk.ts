/** Walks one list of the Hub from any of its pages on. The next page is asked for when whoever takes them comes back for it. */
import { createHash } from "node:crypto";
import { fullPage, withQuery } from "../../kit/address.ts";
import { WorldError } from "../../domain/errors.ts";
import type { Page } from "../../kit/client.ts";
import { itemIdOf } from "../../kit/map.ts";
import { itemsOf, parsePage } from "../../kit/parse.ts";
import type { HubJob } from "./job.ts";

export interface HubPage {
  readonly url: URL;
  readonly headers: Page["headers"];
  readonly items: readonly unknown[];
  /** Absent: the list has ended. */
  readonly next?: URL;
}

/** A page made smaller for an upstream that failed at it grows again after so many good ones. */
const GOOD_PAGES = 8;

export async function* walk(job: HubJob, first: URL): AsyncGenerator<HubPage> {
  const { source, context, client, place } = job;
  const seen = new Set<string>();
  let goodPages = 0;
  for (let url: URL | undefined = first; url !== undefined;) {
    const asked: URL = url;
    note(seen, place.asked(asked).href, "a page names an address that was asked before");
    const page = await client.page(asked);
    const type = page.headers["content-type"];
    const items = itemsOf(parsePage(page.bytes ?? new Uint8Array(), type, context.limits), source);
    const ids = items.map((item) => itemIdOf(source, item) ?? JSON.stringify(item));
    if (ids.length > 0) note(seen, ids.join("\n"), "a page repeats the rows of an earlier page");
    goodPages = page.url.href === asked.href && goodPages < GOOD_PAGES ? goodPages + 1 : 0;
    url = nextOf(job, page, goodPages);
    yield { url: page.url, headers: page.headers, items, ...(url === undefined ? {} : { next: url }) };
  }
}

/** Its own origin is checked when it is asked; it must be of the same list, too. */
function nextOf({ source, place }: HubJob, { url, headers }: Page, goodPages: number): URL | undefined {
  const { paging } = source;
  const next = paging.nextFromHeaders?.(url, headers);
  if (next === undefined) return undefined;
  const [from, to] = [place.asked(url), place.asked(next)];
  if (from.pathname !== to.pathname || from.searchParams.get("sort") !== to.searchParams.get("sort"))
    throw new WorldError("wrong-shape", "the next page is one of another list");
  const items = fullPage(next, paging);
  const isSmall = items !== undefined && paging.pageSize !== undefined && items < paging.pageSize;
  if (!isSmall || paging.limit === undefined || goodPages < GOOD_PAGES) return next;
  return withQuery(next, { [paging.limit]: String(Math.min(items * 2, paging.pageSize)) });
}

/** Only a digest of each is kept: a page's address is half a kilobyte long. */
function note(seen: Set<string>, text: string, loop: string): void {
  const digest = createHash("sha1").update(text.toWellFormed()).digest("base64");
  if (seen.has(digest)) throw new WorldError("loop", loop);
  seen.add(digest);
}
