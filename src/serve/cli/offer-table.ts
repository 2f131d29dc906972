/** Offers as a table: who serves what, at which price, and when that was last seen. */
import type { OfferDocument } from "./documents.ts";
import { offerPrices } from "./price-text.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { age, count } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "GATEWAY" },
  { title: "PROVIDER", shrinksTo: 8 },
  { title: "ID THERE", shrinksTo: 20 },
  { title: "STATUS" },
  { title: "CONTEXT", align: "right" },
  { title: "INPUT $/M", align: "right" },
  { title: "OUTPUT $/M", align: "right" },
  { title: "SEEN" },
];

export function offerTable(screen: Screen, offers: readonly OfferDocument[], now: number): string {
  const rows = offers.map((offer) => [
    offer.gateway,
    offer.provider === "unstated" ? "" : offer.provider,
    offer.native_id,
    offer.status ?? "",
    count(offer.context_tokens),
    ...offerPrices(offer),
    offer.last_seen === undefined ? "" : age(Math.max(0, now - Date.parse(offer.last_seen))),
  ]);
  return table(screen, COLUMNS, rows);
}
