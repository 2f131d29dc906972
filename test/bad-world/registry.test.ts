/** Every source of the registry in the bad world: no body replaces what it said before, and no bad row takes an offer with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WorldError } from "../../src/domain/errors.ts";
import { configured } from "../../src/kit/configured.ts";
import { itemsOf } from "../../src/kit/parse.ts";
import type { Source, WebSource } from "../../src/kit/source.ts";
import { SOURCES } from "../../src/sources/index.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { SnapshotBuilder } from "../../src/sync/snapshot.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { FAULTS } from "../simulator/faults.ts";
import { RECIPES } from "./recipes.ts";
import { openWorld, type World } from "./world.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");
/** Without their pace: the simulator takes no harm. */
const WEB = SOURCES.flatMap(askedHere).map((source) => ({ ...source, pace: { intervalMs: 0 } }));
/** Their next edition: it asks without the validators of the last answer. */
const ASKED = WEB.map((source) => ({ ...source, mapper: (source.mapper ?? 1) + 1 }));

let upstreams: Upstreams;
let world: World;
let first: readonly RunReport[];
beforeAll(async () => {
  upstreams = await startUpstreams({ directory: FIXTURES });
  world = await openWorld({ upstreams, limits: { bodyBytesMax: 256 * 1024 } });
  // A source that asks for each offer of another one has something to ask for once that one is read.
  const [lists, eaches] = [WEB.filter(({ each }) => !each), WEB.filter(({ each }) => each)];
  first = [...(await world.sync(...lists)), ...(await world.sync(...eaches))];
});
test("every source reads its fixture", () => {
  expect(first.map(({ source, outcome }) => `${source} ${outcome}`).toSorted()).toEqual(
    WEB.map(({ id }) => `${id} complete`).toSorted(),
  );
});
afterAll(async () => {
  await world.close();
  await upstreams.close();
});

describe("body", () => {
  test.each(FAULTS.body)("$name", async (fault) => {
    const before = await world.served(...WEB);
    upstreams.clearFaults();
    for (const { baseUrl } of WEB) upstreams.setFault({ host: new URL(baseUrl).host }, fault);
    const reports = await world.sync(...ASKED);
    upstreams.clearFaults();
    const after = await world.served(...WEB);
    const expected = RECIPES[fault.name].verdict === "complete whole" ? ["complete"] : ["rejected", "failed"];
    expect(
      reports
        .filter(({ outcome }) => !expected.includes(outcome))
        .map(({ source, outcome }) => `${source} ${outcome}`),
    ).toEqual([]);
    expect(
      reports
        .filter(({ outcome, error }) => outcome !== "complete" && !/: .+/.test(error?.message ?? ""))
        .map(({ source }) => `${source} names no reason`),
    ).toEqual([]);
    for (const { gateway } of WEB) expect(after.get(gateway)).toEqual(before.get(gateway));
    // A third party's offers are served under the gateways that it speaks of.
    const silent = WEB.filter(({ authority, gateway }) => authority === "own" && !after.get(gateway)?.size);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});

/** What turns any field bad: no schema takes it. */
const SPOILED = { spoiled: [["by", ["a", ["bad"]]], "row"] };
/** The same where the fields of an object are rows: an object would be other rows. */
const NO_ROWS = -0.5;

describe.each(WEB.map((source) => ({ id: source.id, source })))("$id", ({ id, source }) => {
  const page: unknown = JSON.parse(readFileSync(join(FIXTURES, id, "models.json"), "utf8"));

  test("a row with any one field turned bad keeps its offers, or the list is no proof", () => {
    const lost: string[] = [];
    let rejected = 0;
    for (const { honest, spoiled } of spoiledPages(source, page)) {
      const before = read(source, honest);
      const after = read(source, spoiled);
      rejected += after.rejected;
      // A row that can be read says what it says; what is at stake is one that cannot.
      if (after.rejected === 0 || after.unknownItems > 0) continue;
      for (const { nativeId } of before.listings.values())
        if (!after.unreadTexts.has(nativeId) && !after.nativeIds.has(nativeId))
          lost.push(`${nativeId}: ${after.findings[0]?.pointer} ${after.findings[0]?.message}`);
    }
    expect(rejected).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });
});

/** Row by row; where the rows are made of a page that keeps no array, page by page. */
function* spoiledPages(
  source: WebSource,
  page: unknown,
): Iterable<{ readonly honest: readonly unknown[]; readonly spoiled: readonly unknown[] }> {
  const rows = itemsOf(page, source);
  if (source.entries === undefined) {
    for (const row of rows)
      for (const spoiled of spoil(row, SPOILED)) yield { honest: [row], spoiled: [spoiled] };
    return;
  }
  for (const spoiled of spoil(page, NO_ROWS)) {
    try {
      yield { honest: rows, spoiled: itemsOf(spoiled, source) };
    } catch (error) {
      // A page that cannot be read at all is refused with all of its rows.
      if (!(error instanceof WorldError)) throw error;
    }
  }
}

function read(source: WebSource, items: readonly unknown[]) {
  const builder = new SnapshotBuilder(source);
  builder.add("models", items, source.items);
  const snapshot = builder.finish();
  return { ...snapshot, nativeIds: new Set([...snapshot.listings.values()].map(({ nativeId }) => nativeId)) };
}

/** The source with the settings that its address names; one for the operator's own server is asked at its usual address. */
function askedHere(source: Source): readonly WebSource[] {
  if (source.kind === "package") return [];
  const { onlyByAddress: _, ...anywhere } = source;
  const addresses = { sourceUrls: new Map(), sourceCredentials: new Set<string>(), mirrorCredentials: false };
  const asked = configured(anywhere, addresses, (names) =>
    names.includes("CLOUDFLARE_ACCOUNT_ID") ? "example" : undefined,
  );
  if ("missing" in asked || asked.source.kind === "package") throw new Error(`${source.id} cannot be asked`);
  return [asked.source];
}

/** Copies of a row, each with one of its fields turned bad, also inside. */
function* spoil(item: unknown, bad: unknown): Iterable<unknown> {
  if (typeof item !== "object" || item === null) return;
  for (const [key, value] of Object.entries(item)) {
    const put = (by: unknown): unknown =>
      Array.isArray(item) ? item.map((old, at) => (String(at) === key ? by : old)) : { ...item, [key]: by };
    yield put(bad);
    for (const inner of spoil(value, bad)) yield put(inner);
  }
}
