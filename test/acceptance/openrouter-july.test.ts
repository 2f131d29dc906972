/** OpenRouter's list day by day, in July and on the fifth of August: every difference is that of the bodies. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { listOf } from "./lists.ts";
import { PlainDiff, type Difference } from "./plain-diff.ts";
import { newHome, type Home, type Run } from "./program.ts";
import { daysOf, directory, rowsOf, type Day } from "./recorded.ts";

interface Account {
  readonly expected: Difference;
  readonly run: Run | undefined;
  readonly revision: number;
}

const DAYS = daysOf("https://openrouter.ai/api/v1/models?output_modalities=all", "2026-07-01", "2026-08-05");
const OFFER = "openrouter/unstated/";

let upstreams: Upstreams;
let home: Home;
let changes: readonly StoredChange[];
let told: readonly (readonly StoredChange[])[];
const accounts = new Map<string, Account>();

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: "openrouter" });
  const diff = new PlainDiff();
  for (const { date, file } of DAYS) {
    upstreams.setAt(date);
    // oxlint-disable-next-line no-await-in-loop -- one day after the other
    const { runs, revision } = await home.ask(["sync"]);
    accounts.set(date, { expected: diff.next(listOf(file)), run: runs[0], revision });
  }
  const ledger = await openLedger({
    url: join(home.settings["MODELDEX_HOME"] ?? "", "modeldex.db"),
    now: Date.now,
  });
  changes = await ledger.changes({ subject: "offer", limit: 1_000_000 });
  told = await ledger.stories({ subject: "offer", limit: 1_000_000 });
  await ledger.close();
});

afterAll(async () => {
  console.table(Object.fromEntries([...accounts].map(([date, account]) => [date, counted(account)])));
  await upstreams.close();
  home.drop();
});

test("the series is there", () => {
  expect(DAYS.length).toBe(17);
  expect(DAYS.at(-1)?.date).toBe("2026-08-05");
});

describe.each(DAYS)("$date", (day) => {
  test("added, returned, removed and held are those of the bodies", () => {
    const { expected, run } = accountOf(day);
    expect(run).toMatchObject({
      added: expected.added.size,
      returned: expected.returned.size,
      removed: expected.removed.size,
      held: expected.heldRemovals.size + expected.heldPrices.size,
      rejected: 0,
    });
  });

  test("the changes name the same offers", () => {
    const { expected } = accountOf(day);
    // The first revision is where changes begin.
    expect(idsOf(changesOf(day), "added")).toEqual(day === DAYS[0] ? new Set() : expected.added);
    expect(idsOf(changesOf(day), "returned")).toEqual(expected.returned);
    expect(idsOf(changesOf(day), "removed")).toEqual(expected.removed);
  });

  test("the changes of prices are those of the bodies", () => {
    const { expected } = accountOf(day);
    const repriced = changesOf(day).filter(({ topics }) => topics.includes("price"));
    expect(idsOf(repriced, "changed")).toEqual(expected.repriced);
  });

  test("every change has the upstream as its cause", () => {
    expect(changesOf(day).filter(({ cause }) => cause !== "upstream")).toEqual([]);
  });
});

/** First of all a price moved, whichever way, and whatever moved with it. */
const isOfPrice = ({ topics }: { readonly topics: readonly string[] }) => topics[0] === "price";

test("a price that moved again and again is one story, with every move in it", () => {
  const id = `${OFFER}z-ai/glm-5.2`;
  const moves = changes.filter(
    (change) => change.subjectId === id && change.kind === "changed" && isOfPrice(change),
  );
  const stories = told.filter(([first]) => first?.subjectId === id && isOfPrice(first));
  console.info(`${id}: ${moves.length} moves of its price, ${stories.length} story`);
  expect(moves.length).toBeGreaterThan(5);
  expect(stories.map((story) => story.map((change) => change.id))).toEqual([moves.map((move) => move.id)]);
});

test("after the last day exactly what is believed is listed", async () => {
  const { data, total } = await home.ask(["offers", "--limit", "1000"]);
  const last = new Set(rowsOf("openrouter/models-all.2026-08-05.json").map(({ id }) => id));
  expect(total).toBe(data.length);
  const held = data.filter((offer) => offer["held"] !== undefined);
  expect(held).toEqual([]);
  expect(new Set(data.map((offer) => offer["native_id"]))).toEqual(last);
});

function accountOf({ date }: Day): Account {
  const account = accounts.get(date);
  if (account === undefined) throw new Error(`${date} was not read`);
  return account;
}

/** Those of the revision that this day made; none where it made none. */
function changesOf(day: Day): readonly StoredChange[] {
  const before = DAYS[DAYS.indexOf(day) - 1];
  const { revision } = accountOf(day);
  if (before !== undefined && accountOf(before).revision === revision) return [];
  return changes.filter((change) => change.revision === revision);
}

function idsOf(list: readonly StoredChange[], kind: StoredChange["kind"]): ReadonlySet<string> {
  return new Set(
    list.filter((change) => change.kind === kind).map(({ subjectId }) => subjectId.slice(OFFER.length)),
  );
}

function counted({ expected, run }: Account) {
  return {
    rows: run?.["rows"],
    outcome: run?.outcome,
    added: run?.["added"],
    returned: run?.["returned"],
    removed: run?.["removed"],
    held: run?.["held"],
    "price changes": expected.repriced.size,
    "held prices": expected.heldPrices.size,
  };
}
