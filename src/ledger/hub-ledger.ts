/** The whole Hub's part of the ledger, over one store. */
import type { HubLedger } from "./hub.ts";
import {
  acceptHeld,
  heldIds,
  missing,
  noteMissing,
  releaseMissing,
  settle,
  waitingIds,
} from "./hub-missing.ts";
import { hubModels } from "./hub-models.ts";
import { dropStaged, moveStaged, stagePage, takePage } from "./hub-rows.ts";
import { hubMark, hubState } from "./hub-state.ts";
import type { LedgerStore } from "./schema.ts";

export function hubLedger(store: LedgerStore): HubLedger {
  return {
    state: () => hubState(store.db),
    stagePage: (rows, state, lease) => stagePage(store, rows, state, lease),
    moveStaged: (state, lease) => moveStaged(store, state, lease),
    dropStaged: (lease) => dropStaged(store, lease),
    takePage: (rows, state, which, lease) => takePage(store, rows, state, which, lease),
    noteMissing: (crawl, after, lease) => noteMissing(store, crawl, after, lease),
    missing: () => missing(store),
    releaseMissing: (before, lease) => releaseMissing(store, before, lease),
    heldIds: (limit) => heldIds(store, limit),
    waitingIds: (limit) => waitingIds(store, limit),
    settle: (id, verdict, at, state, lease) => settle(store, id, verdict, at, state, lease),
    acceptHeld: (at, state, lease) => acceptHeld(store, at, state, lease),
    models: () => hubModels(store),
    mark: () => hubMark(store),
  };
}
