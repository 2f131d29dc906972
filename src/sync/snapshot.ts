/** What one source said in one run: rows united by key, counted, and the bad ones set apart. */
import type { Finding } from "../domain/finding.ts";
import { factsText, type Listing } from "../domain/listing.ts";
import { offerId } from "../domain/offer.ts";
import type { ViewCount } from "../domain/run.ts";
import { ShapeBuilder, type Shape } from "../domain/shape.ts";
import { idFault, storableText } from "../domain/text.ts";
import { itemIdOf, itemIdsOf, mapItem, textsOf } from "../kit/map.ts";
import type { Source } from "../kit/source.ts";

export interface Snapshot {
  /** By offer id, in the order in which they came. */
  readonly listings: ReadonlyMap<string, Listing>;
  readonly rows: number;
  readonly unique: number;
  readonly ignored: { readonly [reason: string]: number };
  readonly rejected: number;
  readonly findings: readonly Finding[];
  /** Every text in rejected items: offers named there are listed, though not readable. */
  readonly unreadTexts: ReadonlySet<string>;
  /** Rejected items that do not even tell which item they are. */
  readonly unknownItems: number;
  readonly views: readonly ViewCount[];
  /** The paths and types of the items as they came. */
  readonly shape: Shape;
}

/** Findings of one kind beyond this are not kept: a page of garbage is one story, and the report has its count. */
const FINDINGS_MAX = 1_000;

export class SnapshotBuilder {
  readonly #source: Source;
  readonly #listings = new Map<string, Listing>();
  readonly #findings = new Map<string, Finding>();
  readonly #findingsKept = new Map<Finding["kind"], number>();
  readonly #ignored = new Map<string, number>();
  readonly #ignoredIds = new Set<string>();
  readonly #unreadTexts = new Set<string>();
  readonly #views = new Map<string, { returned: number; fresh: number; duplicate: number; total?: number }>();
  readonly #shape = new ShapeBuilder();
  #rows = 0;
  #unique = 0;
  #rejected = 0;
  #unknownItems = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Takes the rows of a page; `place` is where the page keeps its array. Answers how many were new. */
  add(view: string, items: readonly unknown[], place: string, total?: number): { readonly fresh: number } {
    const count = this.#views.get(view) ?? { returned: 0, fresh: 0, duplicate: 0 };
    let fresh = 0;
    for (const [index, item] of items.entries())
      if (this.#addItem(item, `${pointerOf(place)}/${index}`)) fresh += 1;
    count.returned += items.length;
    count.fresh += fresh;
    count.duplicate += items.length - fresh;
    if (total !== undefined) count.total = total;
    this.#views.set(view, count);
    return { fresh };
  }

  finish(): Snapshot {
    return {
      listings: this.#listings,
      rows: this.#rows,
      unique: this.#unique,
      ignored: Object.fromEntries(this.#ignored),
      rejected: this.#rejected,
      findings: [...this.#findings.values()],
      unreadTexts: this.#unreadTexts,
      unknownItems: this.#unknownItems,
      shape: this.#shape.finish(),
      views: [...this.#views].map(([view, count]) => ({ view, ...count })),
    };
  }

  /** True where the row is no repetition of an earlier one. */
  #addItem(item: unknown, place: string): boolean {
    this.#rows += 1;
    this.#shape.add(item);
    const mapped = mapItem(this.#source, item, place);
    switch (mapped.kind) {
      case "rejected":
        this.#rejected += 1;
        if (!itemIdsOf(this.#source, item).every(tellsId)) this.#unknownItems += 1;
        for (const text of textsOf(item)) this.#unreadTexts.add(text);
        this.#find(mapped.finding);
        return true;
      case "ignored":
        return this.#ignore(item, mapped.reason);
      case "listed":
        for (const finding of mapped.findings) this.#find(finding);
        return this.#list(mapped.listings, place);
    }
  }

  #ignore(item: unknown, reason: string): boolean {
    const id = itemIdOf(this.#source, item);
    if (id !== undefined && this.#ignoredIds.has(id)) return false;
    this.#ignored.set(reason, (this.#ignored.get(reason) ?? 0) + 1);
    if (id !== undefined) this.#ignoredIds.add(id);
    this.#unique += 1;
    return true;
  }

  /** The first of several listings with one key counts; a later one that says something else is a finding. */
  #list(listings: readonly Listing[], place: string): boolean {
    let fresh = listings.length === 0;
    for (const listing of listings) {
      const id = offerId(listing);
      const before = this.#listings.get(id);
      if (before === undefined) {
        this.#listings.set(id, listing);
        fresh = true;
      } else if (factsText(before.facts) !== factsText(listing.facts)) {
        this.#find({
          kind: "duplicate",
          subject: id,
          pointer: place,
          message: "the list names this offer twice and says two things; the first one counts",
        });
      }
    }
    if (fresh) this.#unique += 1;
    return fresh;
  }

  #find(found: Finding): void {
    const finding = storableFinding(found);
    const key = `${finding.kind} ${finding.subject}`;
    const kept = this.#findingsKept.get(finding.kind) ?? 0;
    if (this.#findings.has(key) || kept >= FINDINGS_MAX) return;
    this.#findings.set(key, finding);
    this.#findingsKept.set(finding.kind, kept + 1);
  }
}

/** A finding repeats what the upstream wrote, and often that is what is wrong with it: no store takes half a character. */
function storableFinding({ kind, subject, pointer, message }: Finding): Finding {
  return {
    kind,
    subject: storableText(subject) ?? "without a name",
    message: storableText(message) ?? "without a message",
    ...(pointer === undefined ? {} : { pointer: storableText(pointer) ?? "" }),
  };
}

/** An id that cannot name an offer may be any offer's, spoiled. */
function tellsId(id: string | undefined): boolean {
  return id !== undefined && idFault(id) === undefined;
}

/** `data.items` as a JSON pointer. */
function pointerOf(path: string): string {
  return path === "" ? "" : `/${path.replaceAll(".", "/")}`;
}
