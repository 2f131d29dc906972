/** Looks for what breaks catalogs: in the ledger, in what is served, in its prices, and at the sources. Repairs nothing. */
import { join } from "node:path";
import type { Catalog } from "../../catalog/catalog.ts";
import { loadCatalog } from "../../catalog/saved.ts";
import { examined, skipped, VERDICTS, type Diagnosis, type Examination } from "../../domain/diagnosis.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { contentNow, isImprintOf } from "../imprint.ts";
import { currentShelf, type Shelving } from "../shelves.ts";
import { idCheck, offersIn, servingCheck, sumCheck } from "./served.ts";
import { boundCheck, outlierCheck, unitCheck } from "./prices.ts";
import { runCheck, settingCheck, staleCheck, type Declared } from "./sources.ts";

export interface Patient extends Shelving {
  readonly cards: readonly Declared[];
}

const NOTHING_READ = "nothing has been published yet";
const OF_REVISION = ["sums", "ids", "models", "prices", "units", "outliers"];

export async function diagnose(patient: Patient, now: number, staleAfterMs: number): Promise<Diagnosis> {
  const { ledger, cards } = patient;
  const latest = await ledger.latestRevision();
  const catalog = await currentShelf(patient, "operator");
  const health = await ledger.health();
  const checks = [
    await ledgerCheck(ledger),
    savedCheck(patient, latest !== undefined),
    ...(catalog === undefined || latest === undefined
      ? OF_REVISION.map((check) => skipped(check, NOTHING_READ))
      : await revisionChecks(patient, catalog, isImprintOf(patient, await contentNow(patient), latest))),
    staleCheck(cards, health, now, staleAfterMs),
    runCheck(cards, health),
    settingCheck(cards, health),
  ];
  const worst = VERDICTS.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? "fine";
  return {
    verdict: worst === "skipped" ? "fine" : worst,
    ...(latest === undefined ? {} : { revision: latest.number }),
    checks,
  };
}

async function revisionChecks(
  patient: Patient,
  catalog: Catalog,
  isCurrent: boolean,
): Promise<readonly Examination[]> {
  const offers = offersIn(catalog);
  return [
    await sumCheck(patient, catalog, isCurrent),
    idCheck(catalog),
    servingCheck(catalog),
    boundCheck(offers),
    unitCheck(offers, patient.cards),
    outlierCheck(offers),
  ];
}

async function ledgerCheck(ledger: Ledger): Promise<Examination> {
  const faults = await ledger.verify();
  const symptoms = faults.map((message) => ({ subject: "ledger", message }));
  return examined("ledger", "every stored hash", symptoms, "broken");
}

const AUDIENCES = ["public", "operator"] as const;

/** A damaged file is made anew by the next sync; a missing one costs the next start its time. */
function savedCheck({ directory }: Patient, isPublished: boolean): Examination {
  if (!isPublished) return skipped("saved catalog", NOTHING_READ);
  const states = AUDIENCES.map((audience) => {
    const file = join(directory, `${audience}.catalog`);
    return { file, state: loadCatalog(file) };
  });
  const symptoms = states.flatMap(({ file, state }) =>
    typeof state === "string"
      ? [{ subject: file, message: `is ${SAVED[state]}; modeldex sync writes it anew` }]
      : [],
  );
  const isDamaged = states.some(({ state }) => state === "damaged");
  return examined("saved catalog", "the checksums of 2 files", symptoms, isDamaged ? "broken" : "findings");
}

const SAVED = { missing: "missing", older: "of an older format", damaged: "damaged" } as const;
