/** Questions to one revision. A read touches neither the network nor the ledger. */
import type { Answer, GatewayCount, Shelf } from "./catalog.ts";
import type { ModelQuery, OfferQuery } from "./query.ts";

/** A page of models. */
export declare function findModels(shelf: Shelf, query: ModelQuery): Answer;
/** A page of offers. */
export declare function findOffers(shelf: Shelf, query: OfferQuery): Answer;
/** One model with its offers, by any id that it has; `id` is the canonical one. */
export declare function findModel(shelf: Shelf, id: string): { readonly id: string; readonly document: Uint8Array } | undefined;
/** Every gateway with its counts, by name. */
export declare function countGateways(shelf: Shelf): readonly GatewayCount[];
