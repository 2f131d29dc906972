/** The links of a ledger: how many by each rule, and the models with the most offers, to be read. */

import { openLedger } from "../../src/ledger/open.ts";
import { RULES } from "../../src/match/claim.ts";
import { linkOffers } from "../../src/match/link.ts";
import { variantsOf } from "../../src/match/variant.ts";
import type { LinkedOffer } from "../../src/publish/documents.ts";
import { linkedOffers } from "../../src/publish/revision.ts";
import { SOURCES } from "../../src/sources/index.ts";

const MODELS_SHOWN = 20;

export async function linksReport(database: string): Promise<string> {
  const offers = await offersOf(database);
  const started = process.cpuUsage();
  linkOffers(offers);
  const { user, system } = process.cpuUsage(started);
  const models = Map.groupBy(offers, ({ link }) => link.model);
  const variants = variantsOf(offers.map(({ gateway, link: { model } }) => ({ gateway, model })));
  const byRule = Map.groupBy(offers, ({ link }) => link.rule);
  const most = [...models].toSorted(
    ([a, its], [b, others]) => others.length - its.length || (a < b ? -1 : 1),
  );
  return [
    `${offers.length} offers of ${models.size} models, ${variants.size} of them variants of another; linked in ${Math.round((user + system) / 1_000)} ms of CPU.`,
    ...Object.entries(RULES).map(([rule, goesBy]) => {
      // The keys of `RULES` are the rules.
      const count = byRule.get(rule as keyof typeof RULES)?.length ?? 0;
      return `  ${rule.padEnd(16)} ${String(count).padStart(6)}  ${goesBy}`;
    }),
    "",
    `The ${MODELS_SHOWN} models with the most offers:`,
    ...most
      .slice(0, MODELS_SHOWN)
      .flatMap(([model, its]) => [
        `${model} (${its.length})`,
        ...its.map(({ id, link }) => `  ${id}  ${link.rule}`),
      ]),
    "",
  ].join("\n");
}

async function offersOf(database: string): Promise<readonly LinkedOffer[]> {
  const ledger = await openLedger({ url: database, now: Date.now });
  try {
    const health = await ledger.health();
    return await linkedOffers({
      listings: ledger.openListings(),
      standings: new Map(SOURCES.map(({ id, authority, gateway }) => [id, { authority, gateway }])),
      wholeSources: new Set(health.filter(({ everWhole }) => everWhole).map(({ source }) => source)),
    });
  } finally {
    await ledger.close();
  }
}
