/** What the ledger knows now of what moves without a revision: the Hub's counters, and its models that nobody serves. */
import { createHash } from "node:crypto";
import type { Counters } from "../catalog/build.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Moving } from "./revision.ts";

/** The source whose offers carry the Hub's counters. */
export const HUB = "huggingface";

/** Every offer of a model repeats its counters. */
export async function movingNow({ ledger }: { readonly ledger: Ledger }): Promise<Moving> {
  return { counters: await countersNow(ledger), hubModels: () => ledger.hub.models() };
}

/** Another text whenever that moved. */
export async function movingMark({ ledger }: { readonly ledger: Ledger }): Promise<string> {
  const counters = [...(await countersNow(ledger))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify(counters)).digest("hex");
  return `${hash} ${await ledger.hub.mark()}`;
}

async function countersNow(ledger: Ledger): Promise<ReadonlyMap<string, Counters>> {
  const stated = await ledger.volatileOf(HUB);
  return new Map(
    stated.map(({ nativeId, values: { downloads, likes } }) => [
      nativeId,
      { ...(downloads === undefined ? {} : { downloads }), ...(likes === undefined ? {} : { likes }) },
    ]),
  );
}
