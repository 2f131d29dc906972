/** The sources: how old what they said is, how their last run went, and settings that look wrong. */
import { examined, type Examination, type Symptom } from "../../domain/diagnosis.ts";
import type { SourceHealth } from "../../ledger/ledger.ts";

/** What a source declares of itself, and whether it would be asked now. */
export interface Declared {
  readonly id: string;
  readonly credentials: readonly string[];
  readonly credentialOptional: boolean;
  readonly paging: string;
  readonly priceUnit?: string;
  readonly configured: boolean;
  readonly lacks?: string;
}

const HOUR_MS = 3_600_000;

/** A data package is as old as its edition: no sync makes it younger. */
export function staleCheck(
  cards: readonly Declared[],
  health: readonly SourceHealth[],
  now: number,
  staleAfterMs: number,
): Examination {
  const asked = cards.filter((card) => isAsked(card) && card.paging !== "package");
  const symptoms = asked.flatMap(({ id }): readonly Symptom[] => {
    const applied = health.find(({ source }) => source === id)?.lastApplied;
    if (applied === undefined) return [{ subject: id, message: "has never been read: modeldex sync" }];
    const ageMs = now - applied.observedAt;
    if (ageMs <= staleAfterMs) return [];
    return [{ subject: id, message: `was last read ${Math.floor(ageMs / HOUR_MS)} hours ago` }];
  });
  return examined("freshness", `${asked.length} sources that would be asked`, symptoms, "findings");
}

const TROUBLED: ReadonlySet<string> = new Set(["failed", "rejected", "partial", "held"]);

export function runCheck(cards: readonly Declared[], health: readonly SourceHealth[]): Examination {
  const ran = health.filter(
    ({ source, lastRun }) => lastRun !== undefined && cards.some(({ id }) => id === source),
  );
  const symptoms = ran.flatMap(({ source, lastRun }): readonly Symptom[] => {
    if (lastRun === undefined || !TROUBLED.has(lastRun.report.outcome)) return [];
    const { outcome, reason, error } = lastRun.report;
    const why = error?.message ?? reason;
    return [
      { subject: source, message: `its last run was ${outcome}${why === undefined ? "" : `: ${why}`}` },
    ];
  });
  return examined("runs", `the last run of ${ran.length} sources`, symptoms, "findings");
}

/** A credential that is set and leads nowhere. */
export function settingCheck(cards: readonly Declared[], health: readonly SourceHealth[]): Examination {
  const withKey = cards.filter(
    ({ configured, credentials, credentialOptional }) =>
      configured && credentials.length > 0 && !credentialOptional,
  );
  const symptoms = withKey.flatMap((card): readonly Symptom[] => {
    const though = `though ${card.credentials.join(" or ")} is set, or a mirror stands in`;
    if (card.lacks !== undefined) return [{ subject: card.id, message: `${card.lacks}, ${though}` }];
    const known = health.find(({ source }) => source === card.id);
    if (known?.lastRun === undefined || known.everWhole) return [];
    return [{ subject: card.id, message: `its list has never been read whole, ${though}` }];
  });
  return examined(
    "settings",
    `${withKey.length} sources that need a credential and have it`,
    symptoms,
    "findings",
  );
}

function isAsked({ configured, lacks }: Declared): boolean {
  return configured && lacks === undefined;
}
