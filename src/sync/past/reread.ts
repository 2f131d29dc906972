/** Reads the answers that were kept once more, with today's rules: what they would have said differently, and the correction. */
import { WorldError } from "../../domain/errors.ts";
import type { RereadSource } from "../../domain/reread.ts";
import { configured } from "../../kit/configured.ts";
import { itemsOf, parsePage } from "../../kit/parse.ts";
import type { Source, WebSource } from "../../kit/source.ts";
import type { KeptReading } from "../../ledger/correct.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { offerId } from "../../domain/offer.ts";
import type { SyncContext } from "../context.ts";
import { SnapshotBuilder, type Snapshot } from "../snapshot.ts";
import { SecondLook } from "./second-look.ts";

export type RereadContext = Pick<
  SyncContext,
  "ledger" | "runtime" | "limits" | "addresses" | "credential" | "holder" | "isGone"
>;

export interface RereadOptions {
  /** `apply` records what differs as a correction. */
  readonly mode: "show" | "apply";
  onAnswer(source: string, done: number, total: number): void;
}

const LEASE_MS = 30 * 60_000;

/** Nothing where no answer of the source is kept. */
export async function rereadSource(
  declared: Source,
  context: RereadContext,
  options: RereadOptions,
): Promise<RereadSource | undefined> {
  if (declared.kind === "package") return undefined;
  const { ledger, runtime } = context;
  const asked = configured(declared, context.addresses, context.credential);
  const source = "source" in asked && asked.source.kind === "web" ? asked.source : declared;
  const lease = await ledger.takeLease(
    `source:${source.id}`,
    `${context.holder}:reread`,
    runtime.now(),
    LEASE_MS,
    context.isGone,
  );
  if (lease === undefined)
    return {
      source: source.id,
      answers: 0,
      unreadable: 0,
      differences: [],
      note: "it is being read right now",
    };
  try {
    const past = await ledger.past.of(source.id);
    if (past.readings.length === 0) return undefined;
    const look = new SecondLook(past);
    let unreadable = 0;
    let last: { readonly pages: string; readonly snapshot: Snapshot } | undefined;
    for (const [index, reading] of past.readings.entries()) {
      const pages = reading.pages.join();
      // The same bytes say the same.
      const snapshot = last?.pages === pages ? last.snapshot : await readAgain(source, reading, context);
      options.onAnswer(source.id, index + 1, past.readings.length);
      if (snapshot === undefined) {
        unreadable += 1;
        continue;
      }
      last = { pages, snapshot };
      look.take({
        reading,
        facts: new Map([...snapshot.listings.values()].map((listing) => [offerId(listing), listing])),
        unreadTexts: snapshot.unreadTexts,
        isWhole:
          reading.report.coverage?.kind === "whole" &&
          reading.pages.length === reading.report.pages &&
          snapshot.unknownItems === 0,
      });
    }
    const { differences, correction } = look.finish();
    const isApplied = options.mode === "apply" && differences.length > 0;
    if (isApplied) await ledger.past.correct(source.id, correction, lease, runtime.now());
    return { source: source.id, answers: past.readings.length, unreadable, differences };
  } finally {
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}

/** Nothing where a body is gone, or is no list to today's rules. */
async function readAgain(
  source: WebSource,
  { pages }: KeptReading,
  { ledger, limits }: { readonly ledger: Ledger; readonly limits: SyncContext["limits"] },
): Promise<Snapshot | undefined> {
  const builder = new SnapshotBuilder(source);
  const [view] = source.views;
  for (const hash of pages) {
    const bytes = await ledger.rawBody(hash);
    if (bytes === undefined) return undefined;
    try {
      builder.add(view.name, itemsOf(parsePage(bytes, "application/json", limits), source), source.items);
    } catch (error) {
      if (error instanceof WorldError) return undefined;
      throw error;
    }
  }
  return builder.finish();
}
