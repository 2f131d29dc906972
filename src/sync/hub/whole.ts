/** Reads the whole list: page by page aside, then into its place, then what it did not meet. Goes on where it was broken off. */
import type { Coverage } from "../../domain/coverage.ts";
import { WorldError } from "../../domain/errors.ts";
import { fullPage } from "../../kit/address.ts";
import type { HubCrawl, HubState } from "../../ledger/hub.ts";
import { isMassRemoval } from "../guard.ts";
import { firstPage, goOn, type HubJob } from "./job.ts";
import { rowsOf } from "./rows.ts";
import { walk, type HubPage } from "./walk.ts";

/** Between two steps, others who wait for the database get it. */
const BREATH_MS = 2;
/** Kept of one run: what is wrong with a page is one story. */
const FINDINGS_MAX = 1_000;

type Crawling = HubState & { readonly crawl: HubCrawl };

/** The state of a crawl that has ended and awaits its account; throws the reason where it is not believed. */
export async function readWhole(job: HubJob, state: HubState): Promise<Crawling> {
  let current = await begun(job, state);
  if (current.crawl.phase === "reading") current = await readPages(job, current);
  const refusal = refusalOf(current, job);
  if (refusal !== undefined) {
    while (await job.context.ledger.hub.dropStaged(job.lease)) await goOn(job);
    throw refusal;
  }
  current = await placeRows(job, current);
  if (current.crawl.coverage?.kind === "whole") await findMissing(job, current);
  return current;
}

/** The crawl that is under way, unless it was asked another question. */
async function begun(job: HubJob, state: HubState): Promise<Crawling> {
  const { crawl, last } = state;
  const { context, source } = job;
  const limit = context.hubLimit;
  if (crawl !== undefined && (crawl.phase === "moving" || crawl.limit === limit)) return { ...state, crawl };
  while (await context.ledger.hub.dropStaged(job.lease)) await goOn(job);
  const view = limit === undefined ? source.crawl.whole : source.crawl.most;
  return {
    ...state,
    crawl: {
      number: Math.max(crawl?.number ?? 0, last?.number ?? 0) + 1,
      startedAt: context.runtime.now(),
      view: view.name,
      ...(limit === undefined ? {} : { limit }),
      phase: "reading",
      pages: 0,
      rows: 0,
      rejected: 0,
      unknownItems: 0,
      tally: { unique: 0, added: 0, changed: 0, returned: 0 },
    },
  };
}

/** A cursor that the Hub takes no more begins the list anew; the rows that are staged stay. */
async function readPages(job: HubJob, state: Crawling): Promise<Crawling> {
  const { crawl } = state;
  if (crawl.nextUrl === undefined) return readFrom(job, state);
  try {
    return await readFrom(job, state);
  } catch (error) {
    const isRefused = error instanceof WorldError && error.status === 400 && job.read.pages === 0;
    if (!isRefused) throw error;
    const { nextUrl: _refused, ...rest } = crawl;
    return readFrom(job, { ...state, crawl: rest });
  }
}

async function readFrom(job: HubJob, state: Crawling): Promise<Crawling> {
  const { context, source, client, lease, read } = job;
  const { whole, most } = source.crawl;
  let current = state;
  const start = current.crawl.nextUrl;
  const first =
    start === undefined ? firstPage(job, current.crawl.view === most.name ? most : whole) : new URL(start);
  for await (const page of walk(job, first)) {
    await goOn(job);
    const { crawl, rows } = taken(job, current.crawl, page);
    const notBefore = client.notBefore();
    const { notBefore: _before, ...rest } = current;
    current = { ...rest, crawl, ...(notBefore === undefined ? {} : { notBefore }) };
    await context.ledger.hub.stagePage(rows, current, lease);
    read.pages += 1;
    read.rows += page.items.length;
    const [listed] = rows;
    if (listed !== undefined) read.listed = listed.id;
    const rowsExpected = crawl.limit ?? current.last?.rows;
    context.onProgress({
      kind: "page",
      source: source.id,
      rows: crawl.rows,
      pages: crawl.pages,
      bytes: client.counts.bytes,
      ...(rowsExpected === undefined ? {} : { rowsExpected }),
    });
    if (crawl.phase === "moving") return current;
  }
  return current;
}

/** The rows of a page, and the crawl behind it. */
function taken(job: HubJob, crawl: HubCrawl, page: HubPage) {
  const { source, findings, read } = job;
  const room = (crawl.limit ?? Infinity) - crawl.rows;
  const { rows, rejected, unknownItems } = rowsOf(source, page.items.slice(0, room));
  findings.push(...rejected.slice(0, Math.max(0, FINDINGS_MAX - findings.length)));
  read.rejected += rejected.length;
  const { nextUrl: _asked, ...rest } = crawl;
  const behind: HubCrawl = {
    ...rest,
    pages: crawl.pages + 1,
    rows: crawl.rows + rows.length + unknownItems,
    rejected: crawl.rejected + rejected.length,
    unknownItems: crawl.unknownItems + unknownItems,
  };
  const isFull = behind.rows >= (crawl.limit ?? Infinity);
  if (page.next !== undefined && !isFull) return { rows, crawl: { ...behind, nextUrl: page.next.href } };
  return { rows, crawl: { ...behind, phase: "moving" as const, coverage: coverageOf(job, behind, page) } };
}

/** What the end of the list proves. */
function coverageOf({ source }: HubJob, crawl: HubCrawl, page: HubPage): Coverage {
  const { pages, rows, limit, unknownItems } = crawl;
  const window = (evidence: string): Coverage => ({ kind: "window", evidence });
  if (limit !== undefined)
    return window(`${rows} models of the Hub, the most downloaded first: MODELDEX_HUB_LIMIT is ${limit}`);
  if (rows === 0) return window("the list is empty: that proves nothing");
  if (pages === 1 && page.items.length >= (fullPage(page.url, source.paging) ?? Infinity))
    return window("the only page is full and names no next");
  if (unknownItems > 0)
    return window(`${unknownItems} items do not tell which model they are: absence proves nothing`);
  return { kind: "whole", evidence: `the list ended after ${pages} pages, ${rows} rows` };
}

/** Why a list that was read to its end is not believed. */
function refusalOf({ crawl, models }: Crawling, { context }: HubJob): WorldError | undefined {
  if (crawl.rejected > crawl.rows * context.limits.rejectedShareMax)
    return new WorldError("too-many-rejected", `${crawl.rejected} of ${crawl.rows}`);
  if (crawl.rows === 0 && models > 0) return new WorldError("empty", `${models} models were listed before`);
  return undefined;
}

async function placeRows(job: HubJob, state: Crawling): Promise<Crawling> {
  const { context, source, lease } = job;
  let current = state;
  for (;;) {
    await goOn(job);
    const moved = await context.ledger.hub.moveStaged(current, lease);
    if (moved?.crawl === undefined) return current;
    current = { ...moved, crawl: moved.crawl };
    context.onProgress({
      kind: "placing",
      source: source.id,
      rows: current.crawl.tally.unique,
      rowsExpected: current.crawl.rows,
    });
    await context.runtime.sleep(BREATH_MS, context.signal).catch(() => undefined);
  }
}

/** Few wait for a direct look at once. Many are held, until a later crawl misses them again. */
async function findMissing(job: HubJob, { crawl, last, models }: Crawling): Promise<void> {
  const { context, lease } = job;
  const { hub } = context.ledger;
  let after: number | undefined = 0;
  while (after !== undefined) {
    await goOn(job);
    after = await hub.noteMissing(crawl.number, after, lease);
  }
  const { held } = await hub.missing();
  if (!isMassRemoval(held, models)) await hub.releaseMissing(crawl.number + 1, lease);
  else if (crawl.startedAt - (last?.startedAt ?? crawl.startedAt) >= context.intervalMs)
    await hub.releaseMissing(crawl.number, lease);
}
