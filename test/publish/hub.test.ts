/** The Hub's models that nobody serves: in the catalog for those who ask, in no revision and in no change. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerModels } from "../../src/catalog/answer.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { findModel, readDocument } from "../../src/catalog/documents.ts";
import { ModelQuery } from "../../src/catalog/query.ts";
import type { HubRow } from "../../src/domain/hub-model.ts";
import type { HubCrawl } from "../../src/ledger/hub.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { contentsOf } from "../catalog/contents.ts";
import { metered, NOW, openHouse, type House } from "./ledgers.ts";

const COVERAGE = { kind: "whole", evidence: "the list ended" } as const;
const HOUR_MS = 3_600_000;

let house: House;

beforeEach(async () => {
  house = await openHouse();
  await house.says("groq", [metered("lab/served", "0.000001")]);
});
afterEach(() => house.close());

/** The Hub, read whole once more. */
async function hubSays(number: number, rows: readonly HubRow[]): Promise<void> {
  const { hub } = house.ledger;
  const lease = await house.ledger.takeLease("hub", "test", house.runtime.now(), HOUR_MS);
  if (lease === undefined) throw new Error("nobody else reads the Hub");
  const tally = { unique: 0, added: 0, changed: 0, returned: 0 };
  const crawl: HubCrawl = {
    number,
    startedAt: NOW,
    view: "test",
    phase: "moving",
    pages: 1,
    rows: rows.length,
    rejected: 0,
    unknownItems: 0,
    tally,
  };
  const { models } = await hub.state();
  await hub.stagePage(rows, { models, crawl }, lease);
  let state = await hub.state();
  for (
    let next = await hub.moveStaged(state, lease);
    next !== undefined;
    next = await hub.moveStaged(state, lease)
  )
    state = next;
  const { crawl: ended = crawl, ...rest } = state;
  await hub.stagePage([], { ...rest, last: { ...ended, coverage: COVERAGE, endedAt: NOW } }, lease);
  await house.ledger.releaseLease(lease);
}

function idsOf(catalog: Catalog, question: { readonly [name: string]: string } = {}): readonly string[] {
  const { documents } = answerModels({ catalog, freshness: new Map() }, ModelQuery.parse(question));
  return documents.map((document) => String(readDocument(document)["id"]));
}

const POPULAR: HubRow = {
  id: "lab/popular",
  createdAt: NOW,
  downloads: 900,
  likes: 90,
  facts: { tags: ["gguf"], pipelineTag: "text-generation", license: "mit", gated: false },
};

test("they stand behind those that are served, the most downloaded first, and only for those who ask", async () => {
  await hubSays(1, [
    { id: "lab/rare", downloads: 1, facts: {} },
    POPULAR,
    { id: "lab/served", downloads: 5, facts: {} },
  ]);
  const { public: catalog, revision } = await house.publish();
  expect(idsOf(catalog)).toEqual(["lab/served"]);
  expect(idsOf(catalog, { hub: "include" })).toEqual(["lab/served", "lab/popular", "lab/rare"]);
  expect(idsOf(catalog, { hub: "only", tag: "gguf", license: "mit", min_likes: "90" })).toEqual([
    "lab/popular",
  ]);
  expect(revision).toMatchObject({ models: 1, offers: 1 });
  const found = findModel({ catalog, freshness: new Map() }, "lab/popular");
  expect(readDocument(found?.document ?? Buffer.from("{}"))).toEqual({
    id: "lab/popular",
    object: "model",
    created: NOW / 1_000,
    owned_by: "lab",
    name: "popular",
    task: "text-generation",
    license: "mit",
    open_weights: true,
    hugging_face_id: "lab/popular",
    tags: ["gguf"],
    offers_count: 0,
    gateways: [],
    huggingface_metrics: { gated: false, pipeline_tag: "text-generation", downloads: 900, likes: 90 },
    offers: [],
  });
});

test("when they move, readers see it at the next publish, under the same revision and with no change", async () => {
  await hubSays(1, [POPULAR]);
  const before = await house.publish();
  await hubSays(2, [
    { ...POPULAR, downloads: 950 },
    { id: "lab/new", facts: {} },
  ]);
  const after = await house.publish();
  expect(after).toMatchObject({ isNew: false, hasMoved: true });
  expect(after.revision.number).toBe(before.revision.number);
  expect(after.public.hash).toBe(before.public.hash);
  expect(after.public.mark).not.toBe(before.public.mark);
  expect(idsOf(after.public, { hub: "only" })).toEqual(["lab/popular", "lab/new"]);
  expect(await house.ledger.changes({ limit: 10 })).toEqual([]);
  expect(await house.publish()).toMatchObject({ isNew: false, hasMoved: false });
});

test("whoever reads the older catalog of a revision is handed the newer one, and a lost file is made anew with them", async () => {
  await hubSays(1, [POPULAR]);
  const { public: older } = await house.publish();
  await hubSays(2, [{ ...POPULAR, downloads: 950 }]);
  const { public: newer } = await house.publish();
  const handed = await currentShelf(house.publishing, "public", older);
  expect(handed?.mark).toBe(newer.mark);
  expect(await currentShelf({ ...house.publishing, directory: "/nowhere" }, "public", newer)).toBe(newer);
  const made = await currentShelf({ ...house.publishing, directory: "/nowhere" }, "public");
  expect(made === undefined ? undefined : contentsOf(made)).toEqual(contentsOf(newer));
});
