/** Reads a source's views until its list is complete, and says what that proves. */
import type { Coverage } from "../domain/coverage.ts";
import type { WorldError } from "../domain/errors.ts";
import type { Client } from "../kit/client.ts";
import type { Limits } from "../kit/limits.ts";
import type { Place } from "../kit/place.ts";
import type { Source, WebSource } from "../kit/source.ts";
import type { RawPage, Validator } from "../ledger/ledger.ts";
import { coverageOf } from "./coverage.ts";
import { endsOf } from "./division.ts";
import { refusalOf } from "./lost.ts";
import { bodyHashOf, type PageRead, type ReadOptions } from "./read.ts";
import { SnapshotBuilder, type Snapshot } from "./snapshot.ts";
import { readViews } from "./views.ts";

export interface Reading {
  readonly unchanged: boolean;
  readonly snapshot: Snapshot;
  readonly coverage: Coverage;
  /** Why the reading broke off, or never began. */
  readonly error?: WorldError;
  /** Why nothing of it is believed: one page of the list itself is garbage. */
  readonly refusal?: WorldError;
  /** Where only some offers were looked for: their native ids. The others are neither seen nor missing. */
  readonly lookedFor?: ReadonlySet<string>;
  readonly pages: number;
  /** What the first answer says of its own time, where it does. */
  readonly statedAt?: number;
  readonly rawPages: readonly RawPage[];
  readonly validators: readonly Validator[];
}

export interface ReadSourceOptions {
  readonly client: Client;
  readonly place: Place;
  readonly limits: Limits;
  readonly fingerprint: string;
  readonly validators: readonly Validator[];
  onPage(progress: { readonly rows: number; readonly pages: number; readonly total?: number }): void;
}

/** Raw pages of one run beyond this are not kept: the listings are. */
const RAW_BYTES_MAX = 24 * 1024 * 1024;

export async function readWebSource(source: WebSource, options: ReadSourceOptions): Promise<Reading> {
  const collector = new PageCollector(source, options);
  const read = await readViews(source, {
    ...options,
    ...conditionsFor(source, options),
    onPage: collector.onPage,
    snapshot: () => collector.finish().snapshot,
  });
  const { ends, division } = read;
  const [first] = ends;
  if (first?.kind === "unchanged") collector.stateTime(first.headers);
  const collected = collector.finish();
  const coverage = coverageOf(read, collected.snapshot, source);
  const broken = [...ends, ...(division === undefined ? [] : endsOf(division))].flatMap((end) =>
    end.kind === "broke-off" ? [end.error] : [],
  );
  // What one view could not show, the parts showed all the same.
  const error = coverage.kind === "whole" ? undefined : broken.at(-1);
  const refusal = refusalOf(ends);
  return {
    ...collected,
    unchanged: ends.length === 1 && first?.kind === "unchanged",
    coverage,
    ...(error === undefined ? {} : { error }),
    ...(refusal === undefined ? {} : { refusal }),
    validators:
      coverage.kind === "whole" && isOneRequest(source, collected.pages)
        ? collector.validators(options.fingerprint)
        : [],
  };
}

/** Takes pages as they come: their rows into the snapshot, their bytes and dates for the account. */
export class PageCollector {
  readonly #source: WebSource;
  readonly #report: ReadSourceOptions["onPage"];
  readonly #builder: SnapshotBuilder;
  readonly #rawPages: RawPage[] = [];
  #rawBytes = 0;
  #pages = 0;
  #statedAt: number | undefined;
  #last: PageRead | undefined;

  constructor(source: WebSource, { onPage }: Pick<ReadSourceOptions, "onPage">) {
    this.#source = source;
    this.#report = onPage;
    this.#builder = new SnapshotBuilder(source);
  }

  readonly onPage = (page: PageRead): { readonly fresh: number } => {
    this.#pages += 1;
    this.#rawBytes += page.bytes.length;
    if (this.#source.passing !== true && this.#rawBytes <= RAW_BYTES_MAX)
      this.#rawPages.push({ url: page.url.href, bytes: page.bytes });
    if (this.#statedAt === undefined) this.stateTime(page.headers);
    this.#last = page;
    const taken = this.#builder.add(page.view, page.items, this.#source.items, page.total);
    const total = page.total === undefined ? {} : { total: page.total };
    this.#report({ rows: this.#builder.rows, pages: this.#pages, ...total });
    return taken;
  };

  /** What lets the next request ask only for news, of a list that is one page. */
  validators(fingerprint: string): readonly Validator[] {
    if (this.#last === undefined) return [];
    const { etag = "", "last-modified": lastModified = "" } = this.#last.headers;
    return [
      {
        view: this.#source.views[0].name,
        fingerprint,
        ...(etag === "" ? {} : { etag }),
        ...(lastModified === "" ? {} : { lastModified }),
        bodyHash: bodyHashOf(this.#last.bytes),
      },
    ];
  }

  /** When the upstream made its answer, as far as the answer says so. */
  stateTime(headers: PageRead["headers"]): void {
    this.#statedAt = dateOf(headers);
  }

  finish(): Pick<Reading, "snapshot" | "pages" | "rawPages" | "statedAt"> {
    const statedAt = this.#statedAt === undefined ? {} : { statedAt: this.#statedAt };
    return { snapshot: this.#builder.finish(), pages: this.#pages, rawPages: this.#rawPages, ...statedAt };
  }
}

/** Reads a data package: one page, no network; nothing at all where its edition is known. */
export async function readPackage(source: Source & { kind: "package" }, isKnown: boolean): Promise<Snapshot> {
  const builder = new SnapshotBuilder(source);
  if (isKnown) return builder.finish();
  const items: unknown[] = [];
  for await (const item of source.read()) items.push(item);
  builder.add("package", items, "");
  return builder.finish();
}

/**
 * Only a list of one request can be unchanged as a whole: of several pages, the first says nothing about the others.
 * Where the headers name the next page, not even the first says that it is the only one.
 */
function isOneRequest({ views, paging }: WebSource, pages: number): boolean {
  return views.length === 1 && pages === 1 && paging.nextFromHeaders === undefined;
}

function conditionsFor(
  source: WebSource,
  { validators, fingerprint }: ReadSourceOptions,
): Pick<ReadOptions, "conditions" | "knownBody"> {
  const validator = validators.find(({ view }) => view === source.views[0].name);
  if (validator?.fingerprint !== fingerprint) return {};
  const { etag, lastModified, bodyHash } = validator;
  const conditions = {
    ...(etag === undefined ? {} : { "if-none-match": etag }),
    ...(lastModified === undefined ? {} : { "if-modified-since": lastModified }),
  };
  return {
    ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
    ...(bodyHash === undefined ? {} : { knownBody: bodyHash }),
  };
}

/** When the upstream made the answer, by its own clock; caches keep it. Nonsense is no date. */
function dateOf(headers: { readonly [name: string]: string }): number | undefined {
  const ms = Date.parse(headers["date"] ?? "");
  return Number.isNaN(ms) || ms < EARLIEST_DATE_MS ? undefined : ms;
}

/** No list of models that can be called is older. */
const EARLIEST_DATE_MS = Date.UTC(2020, 0, 1);
