/** What a source file declares. The framework does the rest. */
import type * as z from "zod";
import type { HubDraft } from "../domain/hub-model.ts";
import type { Draft } from "../domain/listing.ts";
import type { Auth } from "./auth.ts";
import type { Pace } from "./pace.ts";
import type { Paging, Query } from "./paging.ts";

/** One list request of a source. Further views are asked only when the first is cut short. */
export interface View {
  readonly name: string;
  /** Below the base URL: `/models`. */
  readonly path: string;
  readonly query?: Query;
}

/** How a list that is cut short is divided: each part is asked for, and together they may prove what the list holds. */
export interface Partition {
  /** Where an item names its part: `pipeline_tag`. */
  readonly by: string;
  /** Every part that the upstream knows; those that items name besides are asked for, too. Absent where none can be enumerated: then the parts prove nothing. */
  readonly parts?: readonly string[];
  /** What asks for one part, beside the query of what is divided. */
  query(part: string): Query;
  /** How a part that is cut short itself is divided, and the list itself where its items lie in no part. */
  readonly further?: Partition;
}

/** A source that is asked once for each offer of another one: `:model` in the view's path is the offer's native id. */
export interface Each {
  /** The source whose open offers are asked for. */
  readonly source: string;
  /** At most so many in one run: those that moved first, then those asked for longest ago. */
  readonly perRun: number;
}

/** A list of millions of models, hardly any of which is an offer: read page by page over hours, into a table of its own. */
export interface Crawl<Item> {
  /** The list by an instant that never moves: no row is carried across a cursor. */
  readonly whole: View;
  /** The most used first, where the operator caps how many models are read. */
  readonly most: View;
  /** The last modified first. */
  readonly modified: View;
  /** Orders in which those whose counters matter come first. */
  readonly top: readonly View[];
  /** The path of one model's own page. */
  path(id: string): string;
  /** Pure: what one item says of its model. */
  model(item: Item): HubDraft;
}

/** What every source says of itself. */
interface Declaration<Item> {
  /** The file's name and the fixture folder's. */
  readonly id: string;
  readonly title: string;
  /** The upstream's own reference page. */
  readonly docs: string;
  /** Whose offers it speaks of; a draft may name another gateway. */
  readonly gateway: string;
  readonly authority: "own" | "third-party";
  /** What its terms say of passing the data on. */
  readonly terms?: { readonly url: string; readonly redistribute: boolean };
  /** The unit of the wire's prices, in words for the documentation; absent where it states no price. */
  readonly priceUnit?: string;
  /** `account`: only the operator's own key sees these offers. */
  readonly visibility?: "account";
  /** Raise it when `listings` or `item` changes what an unchanged answer means: the differences are then ours (`rules`). */
  readonly mapper?: number;
  /** Where an item keeps its id, or one for each of its parts (`flavors.*.model_id`), to know items that cannot be read: `id` unless stated. */
  readonly itemId?: string;
  /** Read only where the operator selects it by name: it costs many requests. */
  readonly optIn?: true;
  /** A workspace or a local server may honestly list nothing. */
  readonly mayBeEmpty?: boolean;
  /** One upstream item: the fields used below and no others, and no stricter than the upstream. */
  readonly item: z.ZodType<Item>;
  /** Why an item is left out; reasons are counted. */
  ignore?(item: Item): string | undefined;
  /** Pure: what one item says. One item may state several offers. */
  listings(item: Item): readonly Draft[];
}

/** A list-models API. */
export interface SourceSpec<Item> extends Declaration<Item> {
  /** Requests, and so credentials, never leave this origin. It and the paths may name settings: `{AWS_REGION|us-east-1}`. */
  readonly baseUrl: string;
  /** A server of the operator's own: not asked until he sets its address, which then stands for `baseUrl`. */
  readonly onlyByAddress?: true;
  readonly auth: Auth;
  readonly pace?: Pace;
  /** Sent with every request: an API version, say. Never a credential. */
  readonly headers?: { readonly [name: string]: string };
  readonly views: readonly [View, ...View[]];
  /** Asked for when all views are cut short. */
  readonly partition?: Partition;
  readonly each?: Each;
  readonly crawl?: Crawl<Item>;
  readonly paging: Paging;
  /** Where a page keeps its array: `data`, `models`, `result.items`, or "" for a bare array. */
  readonly items: string;
  /** Pure: the items of a page that keeps no array there; nothing where it holds none. */
  entries?(value: unknown): readonly unknown[] | undefined;
  /** Where a page states the upstream's own count. */
  readonly total?: string;
  /** Its pages are not kept as they came: they are large, and no two are alike. */
  readonly passing?: true;
}

/** A data package: content that is installed with us, read without a network. */
export interface PackageSpec<Item> extends Declaration<Item> {
  /** The package's version: the same edition says the same. */
  readonly edition: () => string;
  /** When the upstream said it (milliseconds since 1970), where the package tells. */
  readonly statedAt?: () => number | undefined;
  readonly read: () => Iterable<unknown> | AsyncIterable<unknown>;
}

// The item type matters inside a source file only: outside, an item is what its schema made of it.
/** A list-models API, ready for the framework. */
export type WebSource = SourceSpec<unknown> & { readonly kind: "web" };
export type PackageSource = PackageSpec<unknown> & { readonly kind: "package" };
export type Source = WebSource | PackageSource;

/** Declares a list-models API. */
export function defineSource<Item>(spec: SourceSpec<Item>): WebSource {
  // `item` produces exactly what `listings` takes, so the pair is safe once the type between them is forgotten.
  return { ...spec, kind: "web" };
}

/** Declares a data package. */
export function definePackage<Item>(spec: PackageSpec<Item>): PackageSource {
  // As above.
  return { ...spec, kind: "package" };
}
