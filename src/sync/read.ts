/** Walks one view, page by page, until it ends, is cut short or breaks off. Rows go to `onPage` as they come. */
import { createHash } from "node:crypto";
import { WorldError } from "../domain/errors.ts";
import { fullPage, withQuery } from "../kit/address.ts";
import type { Client, Page } from "../kit/client.ts";
import type { Limits } from "../kit/limits.ts";
import { itemIdOf } from "../kit/map.ts";
import { valueAt, type PageSeen } from "../kit/paging.ts";
import { itemsOf, parsePage } from "../kit/parse.ts";
import type { Place } from "../kit/place.ts";
import type { View, WebSource } from "../kit/source.ts";

export interface PageRead {
  readonly view: string;
  /** The upstream's own address. */
  readonly url: URL;
  readonly headers: PageSeen["headers"];
  readonly bytes: Uint8Array;
  readonly items: readonly unknown[];
  /** The upstream's own count, where the page states one. */
  readonly total?: number;
}

/** How far a view was read. */
interface Seen {
  readonly pages: number;
  readonly rows: number;
  /** The upstream's own count. */
  readonly total?: number;
}

/** How a view came to its end. */
export type ViewEnd =
  | ({ readonly kind: "ended" } & Seen)
  | ({ readonly kind: "cut-short"; readonly why: string } & Seen)
  | ({ readonly kind: "broke-off"; readonly error: WorldError } & Seen)
  | { readonly kind: "unchanged"; readonly pages: 0; readonly headers: PageSeen["headers"] };

export interface ReadOptions {
  readonly client: Client;
  readonly place: Place;
  readonly limits: Limits;
  /** Sent with the first request: validators of the last answer. */
  readonly conditions?: { readonly [name: string]: string };
  /** SHA-256 of the last answer, where that was the whole list: the same bytes once more say nothing new. */
  readonly knownBody?: string;
  /** Takes a page's rows and says how many of them were not seen before in this view. */
  onPage(page: PageRead): { readonly fresh: number };
}

/** So many pages in a row without a new row, and the list goes in circles. */
const STALE_PAGES_MAX = 2;

export async function readView(source: WebSource, view: View, options: ReadOptions): Promise<ViewEnd> {
  const walk = new Walk(source, view, options);
  try {
    return await walk.toTheEnd();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    return { kind: "broke-off", error, ...walk.seen() };
  }
}

interface Asked {
  readonly url: URL;
  readonly page: Promise<Page>;
  /** The next address, where the headers name it: known before the body is here. */
  readonly nextByHeaders: Promise<URL | undefined>;
}

class Walk {
  readonly #source: WebSource;
  readonly #view: View;
  readonly #options: ReadOptions;
  readonly #asked = new Set<string>();
  readonly #fingerprints = new Set<string>();
  #pages = 0;
  #rows = 0;
  #total: number | undefined;
  #totalMoved = false;
  #stalePages = 0;
  #emptyPage: number | undefined;

  constructor(source: WebSource, view: View, options: ReadOptions) {
    this.#source = source;
    this.#view = view;
    this.#options = options;
  }

  seen(): Seen {
    return {
      pages: this.#pages,
      rows: this.#rows,
      ...(this.#total === undefined ? {} : { total: this.#total }),
    };
  }

  async toTheEnd(): Promise<ViewEnd> {
    let asked: Asked | undefined = this.#ask(
      firstUrl(this.#source, this.#view, this.#options.place),
      this.#options.conditions,
    );
    let first: PageRead | undefined;
    let last: PageRead | undefined;
    while (asked !== undefined) {
      const current: Asked = asked;
      const askNext = async () => {
        const next = await current.nextByHeaders;
        return next === undefined ? undefined : this.#ask(next);
      };
      // The next page is asked for as soon as this one's headers are here; its failure waits for its turn.
      const ahead = this.#advances() ? askNext() : undefined;
      ahead?.catch(() => undefined);
      const page = await current.page;
      if (page.bytes === undefined || this.#isKnown(page.bytes))
        return { kind: "unchanged", pages: 0, headers: page.headers };
      last = this.#take(page, page.bytes);
      first ??= last;
      asked = this.#askBehind(page, await ahead) ?? this.#askAfter(last);
    }
    return this.#ending(first, last);
  }

  #isKnown(bytes: Uint8Array): boolean {
    const known = this.#options.knownBody;
    return known !== undefined && this.#pages === 0 && bodyHashOf(bytes) === known;
  }

  /** Cursors that lead nowhere show themselves on the second page: until it is read, no third is asked for. */
  #advances(): boolean {
    return this.#pages !== 1 && this.#stalePages === 0;
  }

  #ask(url: URL, conditions?: { readonly [name: string]: string }): Asked {
    const address = this.#options.place.asked(url).href;
    if (this.#asked.has(address))
      throw new WorldError("loop", `page ${this.#pages + 1} names an address that was asked before`);
    if (this.#asked.size >= this.#options.limits.pagesMax)
      throw new WorldError("too-many-pages", `more than ${this.#options.limits.pagesMax}`);
    this.#asked.add(address);
    const { promise: nextByHeaders, resolve } = Promise.withResolvers<URL | undefined>();
    const page = this.#options.client.page(url, {
      ...(conditions === undefined ? {} : { conditions }),
      onHeaders: (headers) => resolve(this.#source.paging.nextFromHeaders?.(url, headers)),
    });
    page.then(
      () => resolve(undefined),
      () => resolve(undefined),
    );
    return { url, page, nextByHeaders };
  }

  /** A page that came in a second attempt may be a half, and name another next than the one that was asked for ahead. */
  #askBehind({ url, headers }: Page, ahead: Asked | undefined): Asked | undefined {
    const next = this.#source.paging.nextFromHeaders?.(url, headers);
    if (next === undefined) return undefined;
    return ahead?.url.href === next.href ? ahead : this.#ask(next);
  }

  #askAfter(page: PageRead): Asked | undefined {
    // A list by position has no word for its end: behind the last row that it states, nothing is asked.
    if (this.#source.paging.slips && this.#total !== undefined && this.#rows >= this.#total) return undefined;
    const body = this.#lastBody;
    const next = this.#source.paging.nextFromPage?.({
      url: page.url,
      headers: page.headers,
      body,
      items: page.items,
    });
    return next === undefined ? undefined : this.#ask(next);
  }

  #lastBody: unknown;

  #take(page: Page, bytes: Uint8Array): PageRead {
    const body = parsePage(bytes, page.headers["content-type"], this.#options.limits);
    const items = itemsOf(body, this.#source);
    this.#lastBody = body;
    const total = this.#source.total === undefined ? undefined : valueAt(body, this.#source.total);
    if (typeof total === "number" && Number.isInteger(total)) {
      this.#totalMoved ||= this.#total !== undefined && this.#total !== total;
      this.#total = total;
    }
    this.#rows += items.length;
    if (this.#rows > this.#options.limits.itemsMax)
      throw new WorldError("too-many-items", `more than ${this.#options.limits.itemsMax} in one view`);
    const fingerprint = fingerprintOf(this.#source, items);
    if (items.length > 0 && this.#fingerprints.has(fingerprint))
      throw new WorldError("loop", `page ${this.#pages + 1} repeats the rows of an earlier page`);
    this.#fingerprints.add(fingerprint);

    const read: PageRead = {
      view: this.#view.name,
      url: page.url,
      headers: page.headers,
      bytes,
      items,
      ...(this.#total === undefined ? {} : { total: this.#total }),
    };
    const { fresh } = this.#options.onPage(read);
    this.#pages += 1;
    if (items.length === 0 && this.#pages > 1) this.#emptyPage ??= this.#pages;
    this.#stalePages = fresh === 0 ? this.#stalePages + 1 : 0;
    if (this.#stalePages > STALE_PAGES_MAX)
      throw new WorldError("loop", `${this.#stalePages} pages in a row without a new row`);
    return read;
  }

  async #ending(first: PageRead | undefined, last: PageRead | undefined): Promise<ViewEnd> {
    const { paging } = this.#source;
    const full = last === undefined ? undefined : fullPage(last.url, paging);
    if (
      this.#pages === 1 &&
      paging.kind === "link" &&
      full !== undefined &&
      (last?.items.length ?? 0) >= full
    ) {
      return { kind: "cut-short", why: `the only page is full (${full}) and names no next`, ...this.seen() };
    }
    if (this.#emptyPage !== undefined && this.#total === undefined) {
      return { kind: "cut-short", why: `page ${this.#emptyPage} is empty, as a gap is`, ...this.seen() };
    }
    const slip = paging.slips && this.#pages > 1 && first !== undefined ? await this.#slip(first) : undefined;
    if (slip !== undefined) return { kind: "cut-short", why: slip, ...this.seen() };
    return { kind: "ended", ...this.seen() };
  }

  /** How a row may have slipped between two pages that are told apart by their position, or nothing. */
  async #slip(first: PageRead): Promise<string | undefined> {
    if (this.#total === undefined) return "no total is stated: a row may have slipped between two pages";
    if (this.#totalMoved) return "the stated total changed while the list was read";
    return (await this.#moved(first)) ? "the list moved while it was read" : undefined;
  }

  /** A list that is read by position can lose a row between two pages: an unchanged first page shows that it did not. */
  async #moved(first: PageRead): Promise<boolean> {
    const again = await this.#options.client.page(first.url);
    const body = parsePage(
      again.bytes ?? new Uint8Array(),
      again.headers["content-type"],
      this.#options.limits,
    );
    const total = this.#source.total === undefined ? undefined : valueAt(body, this.#source.total);
    return (
      fingerprintOf(this.#source, itemsOf(body, this.#source)) !== fingerprintOf(this.#source, first.items) ||
      (typeof total === "number" && total !== this.#total)
    );
  }
}

export function bodyHashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function firstUrl(source: WebSource, view: View, place: Place): URL {
  return withQuery(place.viewUrl(view.path), { ...source.paging.query, ...view.query });
}

function fingerprintOf(source: WebSource, items: readonly unknown[]): string {
  const hash = createHash("sha1");
  for (const item of items)
    hash.update(itemIdOf(source, item)?.toWellFormed() ?? JSON.stringify(item)).update("\n");
  return hash.digest("hex");
}
