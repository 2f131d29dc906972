/** A ledger with runs in it, for what is published from it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cause } from "../../src/domain/change.ts";
import type { Facts } from "../../src/domain/listing.ts";
import { emptyReport } from "../../src/domain/run.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import type { OfferKey } from "../../src/domain/offer.ts";
import { offerId } from "../../src/domain/offer.ts";
import { factsHash } from "../../src/ledger/hash.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { publish, type PublishContext, type Published } from "../../src/publish/publish.ts";
import { virtualRuntime, type VirtualRuntime } from "../worlds/virtual-runtime.ts";

export const NOW = Date.UTC(2026, 7, 5);
export const MINUTE_MS = 60_000;

const STANDINGS: PublishContext["standings"] = new Map([
  ["groq", { authority: "own", gateway: "groq" }],
  ["together", { authority: "own", gateway: "together" }],
  ["huggingface-router", { authority: "own", gateway: "huggingface" }],
  ["genai-prices", { authority: "third-party", gateway: "genai-prices" }],
]);

export interface Said {
  readonly nativeId: string;
  readonly facts: Facts;
  readonly gateway?: string;
  readonly provider?: string;
}

export interface How {
  readonly isWhole?: boolean;
  /** Why what is gone is gone. */
  readonly cause?: Cause;
}

export interface House {
  readonly ledger: Ledger;
  readonly runtime: VirtualRuntime;
  readonly publishing: PublishContext;
  /** A whole run of a source that says exactly this; a minute passes. */
  says(source: string, list: readonly Said[], how?: How): Promise<void>;
  publish(): Promise<Published>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const home = mkdtempSync(join(tmpdir(), "modeldex-publish-"));
  const runtime = virtualRuntime(NOW, () => 0.5);
  const ledger = await openLedger({ url: ":memory:", now: runtime.now });
  const publishing: PublishContext = {
    ledger,
    runtime,
    directory: join(home, "catalog"),
    standings: STANDINGS,
    holder: "test",
  };
  return {
    ledger,
    runtime,
    publishing,
    says: (source, list, how = {}) => say({ ledger, runtime }, source, list, how),
    publish: async () => {
      runtime.advance(MINUTE_MS);
      return publish(publishing);
    },
    close: async () => {
      await ledger.close();
      rmSync(home, { recursive: true });
    },
  };
}

async function say(
  { ledger, runtime }: Pick<House, "ledger" | "runtime">,
  source: string,
  list: readonly Said[],
  { isWhole = true, cause: gone = "upstream" }: How,
): Promise<void> {
  runtime.advance(MINUTE_MS);
  const state = await ledger.sourceState(source);
  const open = new Map(state.open.map((version) => [offerId(version), version]));
  const keyed = list.map((said) => ({
    ...keyOf(source, said),
    facts: said.facts,
    hash: factsHash(said.facts),
  }));
  const ids = new Set(keyed.map(offerId));
  const cause: Cause = state.lastApplied === undefined ? "scope" : "upstream";
  const lease = await ledger.takeLease(`source:${source}`, "test", runtime.now(), MINUTE_MS);
  if (lease === undefined) throw new Error("nobody else reads");
  const openings = keyed.flatMap((said) => {
    const version = open.get(offerId(said));
    if (version?.hash === said.hash) return [];
    return [{ ...said, cause, ...(version === undefined ? {} : { replaces: version.versionId }) }];
  });
  await ledger.commitRun(
    {
      source,
      startedAt: runtime.now(),
      recordedAt: runtime.now(),
      observedAt: runtime.now(),
      report: {
        ...emptyReport(source, "complete"),
        coverage: { kind: isWhole ? "whole" : "window", evidence: "as the test says" },
        rows: list.length,
      },
      applied: {
        fingerprint: "1|x",
        openings,
        closings: [...open].flatMap(([id, { versionId }]) =>
          isWhole && !ids.has(id) ? [{ versionId, cause: gone }] : [],
        ),
        holds: [],
        endedHolds: [],
        unseen: isWhole ? [] : [...open].flatMap(([id, version]) => (ids.has(id) ? [] : [version])),
        volatile: [],
        validators: [],
      },
      findings: [],
      findingKinds: [],
      rawPages: [],
    },
    lease,
  );
  await ledger.releaseLease(lease);
}

function keyOf(source: string, { nativeId, gateway, provider = "unstated" }: Said): OfferKey {
  return { gateway: gateway ?? STANDINGS.get(source)?.gateway ?? source, provider, nativeId };
}

export function model(nativeId: string, facts: Facts = {}): Said {
  return { nativeId, facts: { name: nativeId, billing: "unknown", ...facts } };
}

export function metered(nativeId: string, usd: string, facts: Facts = {}): Said {
  return model(nativeId, { billing: "metered", prices: [{ meter: "input", unit: "token", usd }], ...facts });
}

export function idsOf({ offers }: Catalog): readonly string[] {
  return Array.from({ length: offers.length }, (_, row) => offers.idAt(row)).toSorted();
}
