import { assert, asyncProperty, shuffledSubarray } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { answerModels } from "../../src/catalog/answer.ts";
import { linkedOffers, shelvesOf, type Moving } from "../../src/publish/revision.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { ModelQuery } from "../../src/catalog/query.ts";
import { metered, openHouse, type House } from "./ledgers.ts";

/** Between two revisions, more than one walk takes. */
const TURNS = 10;

const NOTHING_MOVES: Moving = { counters: new Map(), async *hubModels() {} };

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

test("a reader who takes one shelf reads one revision, however many are published while he walks", async () => {
  const listOf = (round: number) =>
    Array.from({ length: 40 + (round % 5) }, (_, index) => metered(`lab/m${index}`, `0.00000${round + 1}`));
  await house.says("groq", listOf(0));
  let shelf: Shelf = { catalog: (await house.publish()).public, freshness: new Map() };
  let mixed = 0;
  let walks = 0;
  const publishing = new AbortController();

  async function walk(): Promise<void> {
    while (!publishing.signal.aborted) {
      const { catalog } = shelf;
      const prices = new Set<string>();
      const ids = new Set<string>();
      const { total } = answerModels({ catalog, freshness: new Map() }, ModelQuery.parse({}));
      for (let offset = 0; offset < total; offset += 7) {
        const page = answerModels(
          { catalog, freshness: new Map() },
          ModelQuery.parse({ limit: "7", offset: String(offset) }),
        );
        for (const document of page.documents) {
          const text = Buffer.from(document).toString();
          ids.add(/"id":"[^"]+"/.exec(text)?.[0] ?? "");
          prices.add(/"input_per_million":"[^"]+"/.exec(text)?.[0] ?? "");
        }
        await turn();
      }
      walks += 1;
      if (prices.size !== 1 || ids.size !== total) mixed += 1;
    }
  }

  const readers = [walk(), walk(), walk()];
  for (let round = 1; round <= 8; round += 1) {
    await house.says("groq", listOf(round));
    const published = await house.publish();
    expect(published.isNew).toBe(true);
    shelf = { catalog: published.public, freshness: new Map() };
    for (let turns = 0; turns < TURNS; turns += 1) await turn();
  }
  publishing.abort();
  await Promise.all(readers);
  expect(walks).toBeGreaterThan(8);
  expect(mixed).toBe(0);
});

test("the same offers make the same catalog, whatever the order in which sources speak of them", async () => {
  for (const source of ["groq", "together", "genai-prices"]) {
    await house.says(
      source,
      ["lab/a", "lab/b", "other/c"].map((id) => ({ ...metered(id, "0.1"), gateway: "groq" })),
    );
  }
  const listings = await Array.fromAsync(house.ledger.openListings());
  const hashOf = async (order: readonly number[]) => {
    const groups = Map.groupBy(listings, ({ nativeId }) => nativeId);
    // Offers stand together, as the ledger gives them; within one, the claims come in any order.
    const shuffled = [...groups.values()].flatMap((claims) => order.flatMap((index) => claims[index] ?? []));
    const offers = await linkedOffers({
      listings: (async function* () {
        yield* shuffled;
      })(),
      standings: house.publishing.standings,
      wholeSources: new Set(["groq"]),
    });
    return (await shelvesOf(offers, new Map(), NOTHING_MOVES, 1, 0)).public.hash;
  };
  const expected = await hashOf([0, 1, 2]);
  await assert(
    asyncProperty(shuffledSubarray([0, 1, 2], { minLength: 3 }), async (order) => {
      expect(await hashOf(order)).toBe(expected);
    }),
  );
});

test("where everybody and the operator read the same, it is read from the disk once", async () => {
  await house.says("groq", [metered("lab/a", "0.1")]);
  const published = await house.publish();
  const everybody = await currentShelf(house.publishing, "public");
  expect(await currentShelf(house.publishing, "operator", undefined, everybody)).toBe(everybody);
  await house.says("groq", [metered("lab/a", "0.1"), metered("lab/own", "0.1", { visibility: "account" })]);
  const next = await house.publish();
  const mine = await currentShelf(house.publishing, "operator", undefined, next.public);
  expect([published.public.offers.length, mine?.offers.length]).toEqual([1, 2]);
});

/** Everybody else goes one step on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
