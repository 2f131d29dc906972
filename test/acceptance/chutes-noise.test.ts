/** Chutes states the time of the poll and an exchange rate in every row: no version, unless something else changed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { textOf } from "./lists.ts";
import { newHome, type Home, type Run } from "./program.ts";
import { daysOf, directory, rowsOf, type Day } from "./recorded.ts";

const DAYS = daysOf("https://llm.chutes.ai/v1/models", "2026-06-01", "2026-08-31");

interface Account {
  readonly run: Run | undefined;
  readonly versions: number;
  readonly revision: number;
  readonly texts: ReadonlyMap<string, string>;
}

let upstreams: Upstreams;
let home: Home;
const accounts: Account[] = [];

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: "chutes" });
  for (const { date, file } of DAYS) {
    upstreams.setAt(date);
    // oxlint-disable-next-line no-await-in-loop -- one day after the other
    const { runs, revision } = await home.ask(["sync"]);
    const texts = new Map(rowsOf(file).map((row) => [row.id, textOf(row)]));
    accounts.push({ run: runs[0], versions: home.rows("listing_version"), revision, texts });
  }
});

afterAll(async () => {
  await upstreams.close();
  home.drop();
});

test("the noise is there: no two days have one body, and most have one content", () => {
  expect(DAYS.length).toBe(21);
  const quiet = DAYS.filter((day) => day !== DAYS[0] && differences(day).length === 0);
  expect(quiet.length).toBeGreaterThan(10);
});

describe.each(DAYS.slice(1))("$date", (day) => {
  test("writes a version for each offer that really changed, and no other", () => {
    const index = DAYS.indexOf(day);
    const [before, now] = [accounts[index - 1], accounts[index]];
    const { known, gone } = split(day);
    expect(now?.run?.outcome).toBe("complete");
    expect((now?.versions ?? 0) - (before?.versions ?? 0)).toBe(known.length);
    expect(now?.run).toMatchObject({ removed: gone.length, held: 0 });
    const minted = differences(day).length === 0 ? 0 : 1;
    expect(now?.revision).toBe((before?.revision ?? 0) + minted);
  });
});

/** The ids of the offers that this day states otherwise than the day before, by the bodies alone. */
function differences(day: Day): readonly string[] {
  const index = DAYS.indexOf(day);
  const [before, now] = [accounts[index - 1]?.texts ?? new Map(), accounts[index]?.texts ?? new Map()];
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
}

function split(day: Day): { readonly known: readonly string[]; readonly gone: readonly string[] } {
  const now = accounts[DAYS.indexOf(day)]?.texts;
  const ids = differences(day);
  return { known: ids.filter((id) => now?.has(id)), gone: ids.filter((id) => !now?.has(id)) };
}
