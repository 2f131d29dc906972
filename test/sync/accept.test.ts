import { afterEach, beforeEach, expect, test } from "vitest";
import { acceptRun, NothingHeld } from "../../src/sync/accept.ts";
import { openBench, SOURCE, type Bench } from "./bench.ts";
import { idsOf } from "./states.ts";

const TEN = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const SIX = TEN.slice(0, 6);

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
  bench.lists(...TEN);
  await bench.run();
});
afterEach(() => bench.close());

test("what a run held is shown, and accepting it applies exactly that", async () => {
  bench.lists(...SIX);
  const held = await bench.run();
  expect(held).toMatchObject({ outcome: "held", removed: 0, held: 4 });
  expect(await bench.openIds()).toEqual(TEN);
  const accepted = await acceptRun(held.runId ?? 0, bench.context);
  expect(accepted).toMatchObject({ source: SOURCE.id, removed: 4, prices: 0 });
  expect(await bench.openIds()).toEqual(SIX);
  expect(await bench.run()).toMatchObject({ outcome: "unchanged", removed: 0, held: 0 });
});

test("a run that holds nothing is not accepted, nor one that is not there, nor the same one twice", async () => {
  bench.lists(...SIX);
  const { runId = 0 } = await bench.run();
  await expect(acceptRun(runId + 1, bench.context)).rejects.toThrow(NothingHeld);
  await expect(acceptRun(1, bench.context)).rejects.toThrow(NothingHeld);
  await acceptRun(runId, bench.context);
  await expect(acceptRun(runId, bench.context)).rejects.toThrow(NothingHeld);
});

test("what a later run held is not accepted with it", async () => {
  bench.lists(...SIX);
  const { runId = 0 } = await bench.run({ intervalMs: Infinity });
  bench.lists(...SIX.slice(1));
  await bench.run({ intervalMs: Infinity });
  await acceptRun(runId, bench.context);
  expect(await bench.openIds()).toEqual(SIX);
});

test("a run that goes on holding what an earlier one held is accepted as well", async () => {
  bench.lists(...SIX);
  await bench.run({ intervalMs: Infinity });
  const again = await bench.run({ intervalMs: Infinity });
  expect(again).toMatchObject({ outcome: "held", held: 4 });
  expect(await acceptRun(again.runId ?? 0, bench.context)).toMatchObject({ removed: 4 });
  expect(await bench.openIds()).toEqual(SIX);
});

test("accepting proves nothing of the rest of the list: what the last run did not see stays unseen", async () => {
  const state = () => bench.ledger.sourceState(SOURCE.id);
  bench.lists(...SIX);
  const { runId = 0 } = await bench.run({ intervalMs: Infinity });
  // An item without an id may be any offer: the list proves no absence.
  bench.lists(...SIX.slice(0, 5), "");
  expect((await bench.run({ intervalMs: Infinity })).coverage?.kind).toBe("window");
  expect(idsOf((await state()).unseen).toSorted()).toEqual(TEN.slice(5));
  const accepted = await acceptRun(runId, bench.context);
  expect(idsOf((await state()).unseen)).toEqual(["f"]);
  expect((await bench.ledger.run(accepted.runId))?.report.coverage?.kind).toBe("window");
});

test("while its source is being read, even by this very process, nothing is accepted", async () => {
  bench.lists(...SIX);
  const { runId = 0 } = await bench.run();
  let refusal: unknown;
  const report = await bench.run({
    intervalMs: Infinity,
    transport: async (request) => {
      refusal = await acceptRun(runId, bench.context).catch((error: unknown) => error);
      return bench.upstream.transport(request);
    },
  });
  expect(refusal).toBeInstanceOf(NothingHeld);
  expect(report.outcome).toBe("held");
});

test("removed means closed and kept: what comes back has returned, and is not new", async () => {
  bench.lists(...TEN.slice(1));
  expect(await bench.run()).toMatchObject({ removed: 1, held: 0 });
  bench.lists(...TEN, "k");
  expect(await bench.run()).toMatchObject({ added: 1, returned: 1, removed: 0 });
});
