/** Every source: what it declares, how it is, what it proved, and how old what it said is. */
import * as z from "zod";
import type { Progress } from "../../../domain/progress.ts";
import type { SourceHealth } from "../../../ledger/ledger.ts";
import type { Application, SourceCard } from "../../application.ts";
import { instant, listOf } from "./envelope.ts";
import { standingOf } from "./progress.ts";
import { runDocument } from "./runs.ts";

export const SourceQuestion = z.strictObject({});

/** When it is, and from which age on what a source said is stale. */
export interface Staleness {
  readonly now: number;
  readonly staleAfterMs: number;
}

export async function sourceList(
  application: Application,
  staleness: Staleness,
  inProgress: readonly Progress[],
): Promise<Buffer> {
  const health = new Map((await application.ledger.health()).map((each) => [each.source, each]));
  const sources = application.sources.map((card) => ({
    ...declared(card),
    ...condition(health.get(card.id), staleness),
    in_progress: standingOf(
      inProgress.findLast((each) => each.kind !== "published" && each.source === card.id),
    ),
  }));
  const revision = application.shelf()?.catalog.revision;
  return listOf(sources, {
    total: sources.length,
    has_more: false,
    ...(revision === undefined ? {} : { revision }),
  });
}

function declared(card: SourceCard): object {
  return {
    id: card.id,
    object: "source",
    title: card.title,
    docs: card.docs,
    gateway: card.gateway,
    authority: card.authority,
    url: card.url,
    paging: card.paging,
    price_unit: card.priceUnit,
    credentials: card.credentials,
    credential_optional: card.credentialOptional,
    configured: card.configured,
    lacks: card.lacks,
  };
}

/** A source that was never believed has no age, and is stale: nothing that it said can be relied on. */
function condition(health: SourceHealth | undefined, { now, staleAfterMs }: Staleness): object {
  const applied = health?.lastApplied;
  // A clock that was set back must not make an age negative.
  const ageMs = applied === undefined ? undefined : Math.max(0, now - applied.observedAt);
  return {
    observed_at: applied === undefined ? undefined : instant(applied.observedAt),
    age_seconds: ageMs === undefined ? undefined : Math.floor(ageMs / 1_000),
    stale: ageMs === undefined || ageMs > staleAfterMs,
    coverage:
      applied?.coverage === undefined
        ? undefined
        : { kind: applied.coverage.kind, evidence: applied.coverage.evidence },
    ever_whole: health?.everWhole ?? false,
    offers: health?.offers ?? 0,
    held: health?.held ?? 0,
    findings: health?.findings ?? 0,
    not_before: health?.notBefore === undefined ? undefined : instant(health.notBefore),
    last_run: health?.lastRun === undefined ? undefined : runDocument(health.lastRun),
  };
}
