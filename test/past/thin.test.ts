/** The ledger keeps its history, and not every heartbeat. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyReport } from "../../src/domain/run.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedgerStore } from "../../src/ledger/open.ts";
import type { LedgerStore, Tables } from "../../src/ledger/schema.ts";
import { openStore } from "../../src/store/open.ts";
import { all, applied, HOUR_MS, keyOf, leaseOf, opening, priced, unbelieved } from "../ledger/making.ts";
import { NOW, places } from "../ledger/places.ts";

const DAY_MS = 24 * HOUR_MS;
const DAYS = 45;
const KEPT_DAYS = 15;
const THINNED = { runs: 56, findings: 1, samples: 28 };
const TIMEOUT_MS = 120_000;

const BEFORE = NOW + (DAYS - KEPT_DAYS) * DAY_MS;

describe("thinning", () => {
  let store: LedgerStore;
  let ledger: Ledger;

  beforeEach(async () => {
    store = await openStore<Tables>(":memory:");
    ledger = await openLedgerStore(store, () => NOW);
    await live(ledger);
  });
  afterEach(() => ledger.close());

  it("keeps the last believed run of each day, and all that anything names", async () => {
    const runs = await rowsOf(store, "run");
    const { runs: gone } = await ledger.past.thin(BEFORE);
    expect(await rowsOf(store, "run")).toBe(runs - gone);
    const old = (await ledger.runs({ limit: 10_000 })).filter(({ recordedAt }) => recordedAt < BEFORE);
    const days = Map.groupBy(old, ({ observedAt }) => Math.floor((observedAt ?? 0) / DAY_MS));
    expect(days.size).toBe(DAYS - KEPT_DAYS);
    expect(gone).toBeGreaterThan(DAYS - KEPT_DAYS);
    expect(await ledger.verify()).toEqual([]);
  });

  it("keeps the runs in which something was held, and in which that ended", async () => {
    const lease = await leaseOf(ledger);
    // Later runs of that day would stay in their place.
    const at = (hour: number) => 10 * 24 + hour;
    const held = await ledger.commitRun(
      applied(at(4), { holds: [{ ...keyOf("m"), kind: "removal" }] }),
      lease,
    );
    const [hold] = await ledger.holds({});
    const ended = await ledger.commitRun(
      applied(at(5), { endedHolds: [{ id: hold?.id ?? 0, how: "withdrawn" }] }),
      lease,
    );
    for (const hour of [6, 7]) await ledger.commitRun(applied(at(hour)), lease);
    await ledger.past.thin(BEFORE);
    const kept = new Set((await ledger.runs({ limit: 10_000 })).map(({ id }) => id));
    expect([kept.has(held), kept.has(ended)]).toEqual([true, true]);
  });

  it("changes no history", async () => {
    const [now, then] = [await all(ledger.openListings()), await pastOf(ledger)];
    await ledger.past.thin(BEFORE);
    expect(await all(ledger.openListings())).toEqual(now);
    expect(await pastOf(ledger)).toEqual(then);
  });

  it("keeps one sample in thirty days, and every one of late", async () => {
    await ledger.past.thin(BEFORE);
    const samples = await store.db.selectFrom("volatile_sample").select("day").orderBy("day").execute();
    const days = samples.map(({ day }) => day - Math.floor(NOW / DAY_MS));
    expect(days.filter((day) => day >= DAYS - KEPT_DAYS)).toHaveLength(KEPT_DAYS);
    const old = days.filter((day) => day < DAYS - KEPT_DAYS);
    expect(old.length).toBeGreaterThanOrEqual(1);
    expect(old.length).toBeLessThanOrEqual(2);
  });

  it("lets findings go that are over, and keeps those that are not", async () => {
    await ledger.past.thin(BEFORE);
    expect(await rowsOf(store, "finding")).toBe(1);
  });

  it("takes nothing more when it comes again", async () => {
    await ledger.past.thin(BEFORE);
    expect(await ledger.past.thin(BEFORE)).toEqual({ runs: 0, findings: 0, samples: 0 });
  });

  it("takes nothing where everything is kept for ever", async () => {
    expect(await ledger.past.thin(0)).toEqual({ runs: 0, findings: 0, samples: 0 });
  });
});

describe.each(places().map((place) => ({ place, name: place.name })))("in $name", ({ place }) => {
  afterAll(() => place.leave());

  it(
    "the same goes as anywhere else",
    async () => {
      const room = await place.make();
      const ledger = await openLedgerStore(await room.openStore(), () => NOW);
      await live(ledger);
      const then = await pastOf(ledger);
      expect(await ledger.past.thin(BEFORE)).toEqual(THINNED);
      expect(await pastOf(ledger)).toEqual(then);
      await ledger.close();
      await room.clear();
    },
    TIMEOUT_MS,
  );
});

async function rowsOf(store: LedgerStore, table: "run" | "finding"): Promise<number> {
  const { count } = await store.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** What was true at the end of each fifth day, but for what is only sampled. */
async function pastOf(ledger: Ledger): Promise<readonly unknown[]> {
  const past: unknown[] = [];
  for (let day = 0; day < DAYS; day += 5) {
    const listings = await all(ledger.listingsAsOf(NOW + day * DAY_MS + DAY_MS - 1, Number.MAX_SAFE_INTEGER));
    past.push(listings.map(({ volatile: _sampled, ...listing }) => listing));
  }
  return past;
}

/** Three runs a day, of which one fails; a price that moves now and then, and downloads that move always. */
async function live(ledger: Ledger): Promise<void> {
  const lease = await leaseOf(ledger, "a", NOW);
  let version: number | undefined;
  for (let day = 0; day < DAYS; day += 1) {
    const openings = day % 20 === 0 ? [opening("m", priced(`0.${1 + day}`), version)] : [];
    const volatile = [{ ...keyOf("m"), values: { downloads: day } }];
    const commit = applied(day * 24 + 1, { openings, volatile });
    await ledger.commitRun(
      {
        ...commit,
        findings: [{ kind: "unknown-word", subject: day === 0 ? "first" : "lasting", message: "m" }],
        findingKinds: ["unknown-word"],
      },
      lease,
    );
    version = (await ledger.sourceState("groq")).open[0]?.versionId;
    await ledger.commitRun(applied(day * 24 + 2), lease);
    await ledger.commitRun(
      { ...unbelieved(day * 24 + 3, "failed"), report: emptyReport("groq", "failed") },
      lease,
    );
  }
}
