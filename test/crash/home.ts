/** A home as the crash test writes and reads it: two sources over a list that every step changes. */
import { join } from "node:path";
import type { Runtime } from "../../src/kit/runtime.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { PublishContext } from "../../src/publish/publish.ts";
import type { Item } from "../simulator/paging-styles.ts";
import { sourceOf } from "../worlds/lists.ts";

export const SOURCES = [sourceOf("alpha", "cursor"), sourceOf("beta", "single")] as const;
const OFFERS = 30;
/** A hold is confirmed by the very next run. */
export const INTERVAL_MS = 1;

/** What the upstreams say at a step: a few come, go and cost more each time; every seventh step many are gone. */
export function listAt(step: number): readonly Item[] {
  const rows = Array.from({ length: OFFERS }, (_, index) => ({
    id: `lab/m${index}`,
    name: `M${index} ${Math.floor((step + index) / 9)}`,
    price: `0.0000${1 + ((step + index) % 50)}`,
  }));
  return rows.filter((_, index) => (index * 7 + step) % 31 !== 0 && (step % 7 !== 0 || index % 3 === 0));
}

export function publishingOf(home: string, ledger: Ledger, runtime: Runtime = systemRuntime): PublishContext {
  return {
    ledger,
    runtime,
    directory: join(home, "catalog"),
    standings: new Map(SOURCES.map(({ id, authority, gateway }) => [id, { authority, gateway }])),
    holder: String(process.pid),
    isGone: () => true,
  };
}

export function ledgerPath(home: string): string {
  return join(home, "modeldex.db");
}
