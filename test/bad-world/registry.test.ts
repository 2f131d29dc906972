/** Every source of the registry in the bad world: no body replaces what it said before, and no bad row takes an offer with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configured } from "../../src/kit/configured.ts";
import { mapItem } from "../../src/kit/map.ts";
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
const WEB = SOURCES.flatMap(askedHere);
/** Their next edition: it asks without the validators of the last answer. */
const ASKED = WEB.map((source) => ({ ...source, mapper: (source.mapper ?? 1) + 1 }));

let upstreams: Upstreams;
let world: World;
let first: readonly RunReport[];
beforeAll(async () => {
  upstreams = await startUpstreams({ directory: FIXTURES });
  world = await openWorld({ upstreams, limits: { bodyBytesMax: 256 * 1024 } });
  first = await world.sync(...WEB);
});
test("every source reads its fixture", () => {
  expect(first.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual(
    WEB.map(({ id }) => `${id} complete`),
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

describe.each(WEB.map((source) => ({ id: source.id, source })))("$id", ({ id, source }) => {
  const items = itemsOf(JSON.parse(readFileSync(join(FIXTURES, id, "models.json"), "utf8")), source);

  test("a row with any one field turned bad keeps its offers, or the list is no proof", () => {
    const lost: string[] = [];
    let rejected = 0;
    for (const [index, item] of items.entries()) {
      const offers = nativeIds(source, item);
      for (const spoiled of spoil(item)) {
        const mapped = mapItem(source, spoiled, `/${index}`);
        if (mapped.kind !== "rejected") continue;
        rejected += 1;
        const builder = new SnapshotBuilder(source);
        builder.add("models", [spoiled], source.items);
        const { unreadTexts, unknownItems } = builder.finish();
        if (unknownItems === 0 && !offers.every((offer) => unreadTexts.has(offer)))
          lost.push(`${offers.join(" ")}: ${mapped.finding.pointer ?? ""} ${mapped.finding.message}`);
      }
    }
    expect(rejected).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });
});

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

function nativeIds(source: WebSource, item: unknown): readonly string[] {
  const mapped = mapItem(source, item, "");
  return mapped.kind === "listed" ? mapped.listings.map(({ nativeId }) => nativeId) : [];
}

/** Copies of a row, each with one of its fields turned bad, also inside. */
function* spoil(item: unknown): Iterable<unknown> {
  if (typeof item !== "object" || item === null) return;
  for (const [key, value] of Object.entries(item)) {
    const put = (by: unknown): unknown =>
      Array.isArray(item) ? item.map((old, at) => (String(at) === key ? by : old)) : { ...item, [key]: by };
    yield put(SPOILED);
    for (const inner of spoil(value)) yield put(inner);
  }
}
