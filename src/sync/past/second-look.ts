/** Compares what the ledger holds of a source with what today's rules read in the answers that it was made of. Pure. */
import { fieldChanges } from "../../domain/change.ts";
import type { Facts } from "../../domain/listing.ts";
import { offerId, type OfferKey } from "../../domain/offer.ts";
import type { Difference } from "../../domain/reread.ts";
import { factsHash } from "../../ledger/hash.ts";
import {
  byOffer,
  type CorrectedVersion,
  type Correction,
  type KeptReading,
  type PastVersion,
  type SourcePast,
} from "../../ledger/correct.ts";

/** What one answer says, read with today's rules. */
export interface ReadAgain {
  readonly reading: KeptReading;
  readonly facts: ReadonlyMap<string, OfferKey & { readonly facts: Facts }>;
  /** Texts of items that could not be read: an offer named there is not missing. */
  readonly unreadTexts: ReadonlySet<string>;
  /** True where the answer lists everything, and all of it was kept. */
  readonly isWhole: boolean;
}

/** A version, and what the answers during its span say. */
interface Looked {
  readonly version: PastVersion;
  readonly steps: { readonly runId: number; readonly at: number; readonly facts: Facts }[];
  /** Its own first answer does not name it. */
  isMissing: boolean;
}

/** An offer that no version holds, while it is listed. */
interface Unheld extends OfferKey {
  readonly steps: { readonly runId: number; readonly at: number; readonly facts: Facts }[];
}

export class SecondLook {
  readonly #past: SourcePast;
  readonly #versions: ReadonlyMap<string, readonly PastVersion[]>;
  readonly #holds: ReadonlyMap<string, SourcePast["holds"]>;
  readonly #looked = new Map<number, Looked>();
  readonly #unheld = new Map<string, Unheld>();
  readonly #open: CorrectedVersion[] = [];
  readonly #added: Difference[] = [];

  constructor(past: SourcePast) {
    this.#past = past;
    this.#versions = byOffer(past.versions);
    this.#holds = byOffer(past.holds);
  }

  /** Takes the answers in the order in which they were given. */
  take(again: ReadAgain): void {
    const { runId, observedAt: at } = again.reading;
    for (const [id, { facts, ...key }] of again.facts) {
      const version = this.#versions.get(id)?.find((one) => one.from <= at && (one.to ?? Infinity) > at);
      if (this.#isHeld(id, at)) continue;
      if (version === undefined) this.#seeUnheld(id, { ...keyOf(key), steps: [{ runId, at, facts }] });
      else {
        this.#endUnheld(id, version.runFrom);
        this.#step(version, { runId, at, facts });
      }
    }
    if (!again.isWhole) return;
    for (const version of this.#past.versions) {
      const isListed = again.facts.has(offerId(version)) || again.unreadTexts.has(version.nativeId);
      if (version.runFrom === runId && !isListed) this.#lookedAt(version).isMissing = true;
    }
    for (const [id, { nativeId }] of this.#unheld)
      if (!again.facts.has(id) && !again.unreadTexts.has(nativeId)) this.#endUnheld(id, runId);
  }

  finish(): { readonly differences: readonly Difference[]; readonly correction: Correction } {
    for (const id of this.#unheld.keys()) this.#endUnheld(id, undefined);
    const retract: number[] = [];
    const differences = [...this.#added];
    for (const { version, steps, isMissing } of this.#looked.values()) {
      const key = keyOf(version);
      if (steps.length === 0) {
        if (!isMissing) continue;
        retract.push(version.versionId);
        differences.push({ ...key, at: version.from, kind: "removed", fields: [] });
        continue;
      }
      if (steps.length === 1 && factsHash(steps[0]?.facts ?? {}) === version.hash) continue;
      retract.push(version.versionId);
      for (const [index, { runId, at, facts }] of steps.entries()) {
        const runTo = steps[index + 1]?.runId ?? version.runTo;
        // Nothing older says otherwise: the first step holds from the version's own beginning.
        const runFrom = index === 0 ? version.runFrom : runId;
        this.#open.push({ ...key, facts, runFrom, ...(runTo === undefined ? {} : { runTo }) });
        const fields = fieldChanges({ ...version.facts }, { ...facts });
        const since = index === 0 ? version.from : at;
        if (fields.length > 0) differences.push({ ...key, at: since, kind: "changed", fields });
      }
    }
    return { differences: differences.toSorted(byTime), correction: { retract, open: this.#open } };
  }

  #step(version: PastVersion, step: Looked["steps"][number]): void {
    const { steps } = this.#lookedAt(version);
    const last = steps.at(-1);
    if (last === undefined || factsHash(last.facts) !== factsHash(step.facts)) steps.push(step);
  }

  #lookedAt(version: PastVersion): Looked {
    const looked = this.#looked.get(version.versionId) ?? { version, steps: [], isMissing: false };
    this.#looked.set(version.versionId, looked);
    return looked;
  }

  #seeUnheld(id: string, seen: Unheld): void {
    const known = this.#unheld.get(id);
    const [step] = seen.steps;
    const last = known?.steps.at(-1);
    if (known === undefined) this.#unheld.set(id, seen);
    else if (step !== undefined && last !== undefined && factsHash(last.facts) !== factsHash(step.facts))
      known.steps.push(step);
  }

  #endUnheld(id: string, runTo: number | undefined): void {
    const unheld = this.#unheld.get(id);
    this.#unheld.delete(id);
    const [first] = unheld?.steps ?? [];
    if (unheld === undefined || first === undefined) return;
    const key = keyOf(unheld);
    this.#added.push({ ...key, at: first.at, kind: "added", fields: [] });
    for (const [index, { runId, facts }] of unheld.steps.entries()) {
      const end = unheld.steps[index + 1]?.runId ?? runTo;
      this.#open.push({ ...key, facts, runFrom: runId, ...(end === undefined ? {} : { runTo: end }) });
    }
  }

  /** What was held is not what the answer said, and was meant so. */
  #isHeld(id: string, at: number): boolean {
    return (this.#holds.get(id) ?? []).some((hold) => hold.from <= at && (hold.to ?? Infinity) > at);
  }
}

function keyOf({ gateway, provider, nativeId }: OfferKey): OfferKey {
  return { gateway, provider, nativeId };
}

function byTime(a: Difference, b: Difference): number {
  return a.at - b.at || (offerId(a) < offerId(b) ? -1 : 1);
}
