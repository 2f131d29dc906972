/** Feeds and webhooks tell what upstreams did: no model's change says so unless an offer of that model says it too. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import { seeded } from "../ledger/making.ts";
import { metered, model, openHouse, type House, type Said } from "./ledgers.ts";

const STEPS = 60;
const SEEDS = [1, 2, 3, 4, 5, 6];
const IDS = ["lab/a", "lab/b", "other/c"];
const SOURCES = ["groq", "together", "huggingface-router", "genai-prices"] as const;

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function anyWord(random: (below: number) => number, nativeId: string): readonly Said[] {
  switch (random(4)) {
    case 0:
      return [];
    case 1:
      return [model(nativeId, { contextTokens: 1_000 * (1 + random(3)) })];
    default:
      return [metered(nativeId, `0.00000${1 + random(4)}`)];
  }
}

test.each(SEEDS)("in a random history (seed %i)", async (seed) => {
  const random = seeded(seed);
  const lists = new Map<string, readonly Said[]>();
  for (let step = 0; step < STEPS; step += 1) {
    const source = SOURCES[random(SOURCES.length)] ?? "groq";
    const before = lists.get(source) ?? [];
    const list = IDS.flatMap((id) =>
      random(3) > 0 ? before.filter(({ nativeId }) => nativeId === id) : anyWord(random, id),
    );
    lists.set(source, list);
    const cause = (["upstream", "rules", "correction"] as const)[random(3)] ?? "upstream";
    await house.says(source, list, { cause });
    if (random(8) === 0)
      await house.ledger.addOverride({
        kind: "pin",
        target: IDS[random(IDS.length)] ?? "",
        value: `context_tokens=${1 + random(9)}`,
        createdAt: house.runtime.now(),
      });
    await house.publish();
  }
  const changes = await house.ledger.changes({ limit: 100_000 });
  const told = changes.filter(({ subject, cause }) => subject === "model" && cause === "upstream");
  expect(told.length).toBeGreaterThan(STEPS / 4);
  expect(told.filter((change) => !isOffers(change, changes))).toEqual([]);
});

/** Whether an offer of the model changed for the same reason in the same revision. */
function isOffers({ revision, subjectId }: StoredChange, changes: readonly StoredChange[]): boolean {
  return changes.some(
    (one) =>
      one.revision === revision &&
      one.subject === "offer" &&
      one.cause === "upstream" &&
      (one.model === subjectId ||
        one.fields.some(({ field, before }) => field === "model" && before === subjectId)),
  );
}
