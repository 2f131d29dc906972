/** The catalog as it was true at a moment, as it was known at another, by our rules of today: made from the ledger. */
import type { Shelf } from "../catalog/catalog.ts";
import type { Moment } from "../ledger/span.ts";
import { decisionsOf } from "./decisions.ts";
import { HUB } from "./moving.ts";
import { linkedOffers, shelvesOf } from "./revision.ts";
import { RULES, type Audience, type Shelving } from "./shelves.ts";

/** `moment` is one that `snapped` answered. The Hub's models that nobody serves have no past, and are not in it. */
export async function shelfThen(
  { ledger, standings }: Pick<Shelving, "ledger" | "standings">,
  moment: Moment,
  audience: Audience,
): Promise<Shelf> {
  const sources = await ledger.sourcesAt(moment);
  const decisions = decisionsOf(await ledger.overrides(moment.knownAt));
  const revision = await ledger.revisionAt(moment.knownAt);
  const offers = await linkedOffers({
    listings: ledger.listingsAsOf(moment.asOf, moment.knownAt),
    standings,
    wholeSources: new Set(sources.flatMap(({ source, everWhole }) => (everWhole ? [source] : []))),
    decisions,
  });
  const stated = await ledger.countersAt(HUB, moment);
  const counters = new Map(
    [...stated].map(([id, { downloads, likes }]) => [
      id,
      { ...(downloads === undefined ? {} : { downloads }), ...(likes === undefined ? {} : { likes }) },
    ]),
  );
  const former = await ledger.modelIds(revision);
  const moving = { counters, hubModels: nobody };
  const { [audience]: catalog } = await shelvesOf(offers, former, moving, revision, moment.asOf, decisions);
  const freshness = new Map(sources.map(({ source, lastRead }) => [source, lastRead]));
  return { catalog, freshness, rules: RULES };
}

async function* nobody(): AsyncGenerator<never> {}
