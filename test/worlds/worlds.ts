/** Many simulated worlds by seed, in one ledger: what must hold in each of them, for these ways of paging. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { STYLES, type Paging } from "../simulator/paging-styles.ts";
import { liveThrough, type Tally } from "./world.ts";

const SEEDS = Number(process.env["MODELDEX_TEST_SEEDS"] ?? 5_000);
const PAGINGS = Object.keys(STYLES) as Paging[];
const SEEDS_EACH = Math.ceil(SEEDS / PAGINGS.length);
const TIMEOUT_MS = 200 * SEEDS_EACH + 30_000;

export function worldsOf(pagings: readonly Paging[]): void {
  describe(`simulated worlds, ${SEEDS_EACH} of each kind`, () => {
    let ledger: Ledger;
    beforeAll(async () => {
      ledger = await openLedger({ url: ":memory:", now: () => 0 });
    });
    afterAll(() => ledger.close());

    test.each(pagings.map((paging) => ({ paging, first: PAGINGS.indexOf(paging) * SEEDS_EACH })))(
      "by $paging nothing that is listed is ever removed, a mass removal is held, and what is gone goes (seeds from $first)",
      async ({ paging, first }) => {
        const tally: Tally = { runs: 0, whole: 0, removed: 0, massRemovals: 0, heldMassRemovals: 0 };
        for (let seed = first; seed < first + SEEDS_EACH; seed += 1) {
          try {
            await liveThrough(seed, paging, ledger, tally);
          } catch (error) {
            throw new Error(`seed ${seed} by ${paging}: ${String(error)}`, { cause: error });
          }
        }
        expect(tally.heldMassRemovals).toBe(tally.massRemovals);
        // A world in which nothing happens proves nothing.
        expect(tally.massRemovals).toBeGreaterThan(0);
        expect(tally.removed).toBeGreaterThan(0);
        expect(tally.whole).toBeGreaterThan(tally.runs / 3);
      },
      TIMEOUT_MS,
    );
  });
}
