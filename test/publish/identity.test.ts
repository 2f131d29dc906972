/** What publishing makes of links: variants, aliases that stay, doubts for review, and what our own rules changed. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { findModel, readDocument } from "../../src/catalog/documents.ts";
import { saveCatalog } from "../../src/catalog/saved.ts";
import type { Facts } from "../../src/domain/listing.ts";
import { publish } from "../../src/publish/publish.ts";
import { openHouse, type House } from "./ledgers.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const FACTS: Facts = { billing: "unknown" };

async function published(id: string) {
  const { public: catalog } = await house.publish();
  const found = findModel({ catalog, freshness: new Map() }, id);
  return found && readDocument(found.document);
}

describe("a model", () => {
  test("says what it is a variant of, and every id that leads to it", async () => {
    await house.says("groq", [
      { nativeId: "x-ai/grok-4.5", facts: FACTS },
      { nativeId: "x-ai/grok-4.5-20260708", facts: FACTS },
    ]);
    await house.says("together", [{ nativeId: "xai/grok-4.5", facts: FACTS }]);
    expect(await published("x-ai/grok-4.5-20260708")).toMatchObject({
      id: "xai-org/grok-4.5-20260708",
      variant_of: "xai-org/grok-4.5",
    });
    expect(await published("xai/grok-4.5")).toMatchObject({
      id: "xai-org/grok-4.5",
      aliases: ["x-ai/grok-4.5", "xai/grok-4.5"],
      offers_count: 2,
    });
  });

  test("is found by an id that it once had, though nobody spells it so any more", async () => {
    await house.says("groq", [
      { nativeId: "lab/model-7b", facts: { ...FACTS, huggingFaceId: "lab/Old-Name" } },
    ]);
    expect(await published("lab/Old-Name")).toMatchObject({ id: "lab/Old-Name" });
    await house.says("groq", [
      { nativeId: "lab/model-7b", facts: { ...FACTS, huggingFaceId: "lab/New-Name" } },
    ]);
    expect(await published("lab/Old-Name")).toMatchObject({
      id: "lab/New-Name",
      aliases: ["lab/Old-Name", "lab/model-7b"],
    });
    // The offer that knew of it goes, another stays.
    await house.says("together", [{ nativeId: "lab/New-Name", facts: FACTS }]);
    await published("lab/New-Name");
    await house.says("groq", []);
    expect(await published("lab/Old-Name")).toMatchObject({ id: "lab/New-Name", gateways: ["together"] });
  });

  test("is what the operator says, from the next publish on", async () => {
    await house.says("groq", [{ nativeId: "lab/model-7b", facts: FACTS }]);
    await published("lab/model-7b");
    const override = { kind: "alias", target: "lab/model-7b", value: "lab/Other", createdAt: 0 } as const;
    await house.ledger.addOverride(override);
    expect(await published("lab/model-7b")).toMatchObject({
      id: "lab/Other",
      offers: [{ link: { rule: "operator", evidence: "the operator says so" } }],
    });
  });
});

test("an offer that may be several models is a finding for review, as long as it is one", async () => {
  await house.says("huggingface-router", [
    { nativeId: "google/gemma-2b", gateway: "huggingface", facts: FACTS },
    { nativeId: "google/gemma-2b-it", gateway: "huggingface", facts: FACTS },
  ]);
  await house.says("groq", [{ nativeId: "google/gemma-2b", facts: FACTS }]);
  expect(await published("~groq/google/gemma-2b")).toMatchObject({
    offers: [{ link: { rule: "ambiguous", candidates: ["google/gemma-2b", "google/gemma-2b-it"] } }],
  });
  const doubts = () => house.ledger.findings({ kind: "identity", limit: 9 });
  expect(await doubts()).toMatchObject([
    {
      source: "groq",
      subject: "groq/unstated/google/gemma-2b",
      message:
        "may be google/gemma-2b or google/gemma-2b-it: its id does not say whether it is the instruct model",
    },
  ]);
  await house.says("groq", [
    { nativeId: "google/gemma-2b", facts: { ...FACTS, huggingFaceId: "google/gemma-2b-it" } },
  ]);
  await house.publish();
  expect(await doubts()).toEqual([]);
});

test("what our rules say otherwise than they did has the cause rules, apart from what upstreams changed", async () => {
  const { ledger, publishing } = house;
  await house.says("groq", [{ nativeId: "x-ai/grok-4.5", facts: FACTS }]);
  const { revision } = await house.publish();
  // The same facts as an older program published them.
  const old = buildCatalog(
    [
      {
        id: "x-ai/grok-4.5",
        aliases: [],
        document: { id: "x-ai/grok-4.5", object: "model" },
        offers: [
          {
            id: "groq/groq/x-ai/grok-4.5",
            document: { id: "groq/groq/x-ai/grok-4.5", gateway: "groq", model: "x-ai/grok-4.5" },
          },
        ],
      },
    ],
    revision.number,
    revision.createdAt,
  );
  saveCatalog(join(publishing.directory, "public.catalog"), old);
  await house.says("groq", [
    { nativeId: "x-ai/grok-4.5", facts: FACTS },
    { nativeId: "new/model", facts: FACTS },
  ]);
  const latest = { ...revision, hash: `0-${old.hash}-${old.hash}` };
  house.runtime.advance(1);
  await publish({ ...publishing, ledger: { ...ledger, latestRevision: async () => latest } });
  const changes = await ledger.changes({ limit: 99 });
  const told = changes.map(({ cause, kind, subjectId }) => `${cause}: ${kind} ${subjectId}`);
  expect(told).toContain("rules: removed x-ai/grok-4.5");
  expect(told).toContain("rules: added xai-org/grok-4.5");
  expect(told).toContain("upstream: added new/model");
  expect(told.filter((each) => each.startsWith("upstream") && each.includes("grok"))).toEqual([]);
});
