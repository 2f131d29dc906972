/** What a new source is made of, as the command line says it. */
import type { SourceName } from "./name.ts";
import type { PagingKind } from "./paging-word.ts";
import type { PriceUnit } from "./price-unit.ts";

export interface Plan extends SourceName {
  /** Where the list lies: `https://api.acme.example/v1/models`. */
  readonly url: URL;
  /** Where a page keeps its array; "" for a bare one. */
  readonly items: string;
  /** The environment's name for the credential; absent: the list is public. */
  readonly auth?: string;
  readonly paging: PagingKind;
  readonly price: PriceUnit;
}
