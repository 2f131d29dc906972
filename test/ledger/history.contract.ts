/** History is exact: any past, as it was known at any time, equals what a naive model remembers. */
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import { offerId, type OfferKey } from "../../src/domain/offer.ts";
import type { Hold, Ledger, Lease, StoredListing } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { all, applied, byBytes, HOUR_MS, keyOf, leaseOf, opening, priced, seeded } from "./making.ts";
import { NOW } from "./places.ts";

const SEEDS = [11, 12, 13];
const STEPS = 30;
const QUESTIONS = 25;
const SOURCES = ["groq", "models-dev"];
const IDS = ["a", "A", "ä", "a\u0308", "org/b", "=c", "z"];

/** All that was true of one source after one run. */
interface Remembered {
  readonly source: string;
  readonly observedAt: number;
  readonly recordedAt: number;
  readonly listings: ReadonlyMap<string, StoredListing>;
  /** What this run took the place of, or ended. */
  readonly replaced: ReadonlyMap<string, Facts>;
}

/** Runs within which what was replaced is still told. */
const RUNS_TOLD = 3;

export function historyContract(current: () => Subject): void {
  describe("history", () => {
    it("a moment is that of the last reading, and of the last event that was written down by then", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const hour = (count: number) => NOW + count * HOUR_MS;
      expect(await ledger.snapped({ asOf: hour(9), knownAt: hour(9) })).toBeUndefined();
      await ledger.commitRun(applied(1, { openings: [opening("a", priced("1"))] }), lease);
      await ledger.commitRun(applied(2), lease);
      const hide = { kind: "hide", target: "groq/unstated/a", value: "", createdAt: hour(3) } as const;
      await ledger.endOverride(await ledger.addOverride(hide), hour(4));
      await ledger.commitRevision(
        { hash: "r", createdAt: hour(5), knownAt: hour(5), runId: 2, models: 1, offers: 1 },
        [],
        lease,
      );
      const knownBy = async (knownAt: number) => (await ledger.snapped({ asOf: hour(9), knownAt }))?.knownAt;
      for (const count of [1, 2, 3, 4, 5]) {
        expect(await knownBy(hour(count)), `at hour ${count}`).toBe(hour(count));
        expect(await knownBy(hour(count + 1) - 1), `before hour ${count + 1}`).toBe(hour(count));
      }
      expect(await knownBy(hour(1) - 1)).toBeUndefined();
      const readBy = async (asOf: number) => (await ledger.snapped({ asOf, knownAt: hour(9) }))?.asOf;
      const [first, second] = [hour(1) - 1_000, hour(2) - 1_000];
      expect([
        await readBy(first - 1),
        await readBy(first),
        await readBy(second - 1),
        await readBy(second),
      ]).toEqual([undefined, first, first, second]);
    });

    for (const seed of SEEDS) {
      it(`any past equals what a naive model remembers (seed ${seed})`, async () => {
        const { ledger } = current();
        const random = seeded(seed);
        const memory = await live(ledger, await leaseOf(ledger), random);
        expect(await all(ledger.openListings()), `seed ${seed}, now`).toEqual(
          recall(memory, Infinity, Infinity),
        );
        // At the very instants, and a millisecond beside them: there the bounds show.
        const instants = memory.flatMap(({ observedAt, recordedAt }) => [observedAt, recordedAt]);
        const instant = () => (instants[random(instants.length)] ?? NOW) + random(3) - 1;
        for (let question = 0; question < QUESTIONS; question += 1) {
          const [asOf, knownAt] = [instant(), instant()];
          const answer = await all(ledger.listingsAsOf(asOf, knownAt));
          expect(answer, `seed ${seed}, as of ${asOf} as known at ${knownAt}`).toEqual(
            recall(memory, asOf, knownAt),
          );
        }
        expect(await ledger.verify()).toEqual([]);
      });
    }
  });
}

/** The state after the last run that had been said by `asOf` and written down by `knownAt`. */
function recall(memory: readonly Remembered[], asOf: number, knownAt: number): readonly StoredListing[] {
  return SOURCES.flatMap((source) => {
    const runs = memory.filter(
      (one) => one.source === source && one.observedAt <= asOf && one.recordedAt <= knownAt,
    );
    const since = runs.at(-RUNS_TOLD)?.observedAt ?? 0;
    const late = runs.filter(({ observedAt }) => observedAt >= since).toReversed();
    return [...(runs.at(-1)?.listings.values() ?? [])].map((listing) => {
      const earlier = late.flatMap(({ replaced }) => replaced.get(listing.nativeId) ?? []);
      return earlier.length === 0 ? listing : { ...listing, earlier };
    });
  }).toSorted(byBytes);
}

/** Random runs, written into the ledger and remembered. What is written down can be hours behind what was said. */
async function live(
  ledger: Ledger,
  lease: Lease,
  random: (below: number) => number,
): Promise<readonly Remembered[]> {
  const memory: Remembered[] = [];
  const firstSeen = new Map<string, number>();
  let recordedAt = NOW;
  for (let step = 0; step < STEPS; step += 1) {
    const source = SOURCES[random(SOURCES.length)] ?? "groq";
    const before = memory.findLast((one) => one.source === source);
    recordedAt += 1 + random(5_000);
    const observedAt = Math.max(before?.observedAt ?? 0, recordedAt - random(20_000));
    const stamp = { source, observedAt, recordedAt };
    memory.push(await runOnce(ledger, lease, random, stamp, before, firstSeen));
  }
  return memory;
}

async function runOnce(
  ledger: Ledger,
  lease: Lease,
  random: (below: number) => number,
  stamp: Pick<Remembered, "source" | "observedAt" | "recordedAt">,
  before: Remembered | undefined,
  firstSeen: Map<string, number>,
): Promise<Remembered> {
  const { source, observedAt, recordedAt } = stamp;
  const state = await ledger.sourceState(source);
  const open = new Map(state.open.map((version) => [offerId(version), version.versionId]));
  const [openings, closings, unseen, holds, endedHolds] = [[], [], [], [], []] as [
    ReturnType<typeof opening>[],
    { versionId: number; cause: "upstream" }[],
    OfferKey[],
    (OfferKey & { kind: Hold["kind"] })[],
    { id: number; how: "withdrawn" }[],
  ];
  const listings = new Map<string, StoredListing>();
  const replaced = new Map<string, Facts>();
  for (const nativeId of IDS) {
    const key = keyOf(nativeId);
    const known = before?.listings.get(nativeId);
    const versionId = open.get(offerId(key));
    const facts: Facts = priced(`0.00000${1 + random(3)}`);
    const hold = state.holds.find((one) => one.nativeId === nativeId);
    const fate = random(6);
    if (known === undefined || versionId === undefined) {
      if (fate > 2) continue;
      const first = firstSeen.get(source + nativeId) ?? observedAt;
      firstSeen.set(source + nativeId, first);
      openings.push(opening(nativeId, facts));
      listings.set(nativeId, {
        ...key,
        source,
        facts,
        firstSeen: first,
        lastSeen: observedAt,
        factsSince: observedAt,
        cause: "upstream",
        isUnseen: false,
      });
    } else if (fate === 0) {
      closings.push({ versionId, cause: "upstream" });
      replaced.set(nativeId, known.facts);
      if (hold !== undefined) endedHolds.push({ id: hold.id, how: "withdrawn" });
    } else if (fate === 1) {
      unseen.push(key);
      if (hold === undefined) holds.push({ ...key, kind: "removal" });
      listings.set(nativeId, { ...known, isUnseen: true, held: ["removal"] });
    } else {
      const { held: _ended, ...free } = known;
      if (hold !== undefined) endedHolds.push({ id: hold.id, how: "withdrawn" });
      const changes = fate === 2 && facts.prices?.[0]?.usd !== known.facts.prices?.[0]?.usd;
      if (changes) openings.push(opening(nativeId, facts, versionId));
      if (changes) replaced.set(nativeId, known.facts);
      listings.set(nativeId, {
        ...free,
        ...(changes ? { facts, factsSince: observedAt } : {}),
        lastSeen: observedAt,
        isUnseen: false,
      });
    }
  }
  const commit = applied(0, { openings, closings, unseen, holds, endedHolds }, source);
  await ledger.commitRun({ ...commit, startedAt: recordedAt, observedAt, recordedAt }, lease);
  return { ...stamp, listings, replaced };
}
