/** What the Hub's list adds to a model: joined with the router's prices, with counters that move without a new revision. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openApplication } from "../../src/app.ts";
import { answerModels } from "../../src/catalog/answer.ts";
import { findModel } from "../../src/catalog/documents.ts";
import { ModelQuery } from "../../src/catalog/query.ts";
import { loadConfig } from "../../src/config.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { HUB_HOST, simulatedHub } from "../simulator/hub.ts";
import { hubModels } from "../simulator/hub-models.ts";

type Document = { readonly [field: string]: unknown };

let home: string;
let upstreams: Upstreams;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-hub-"));
  upstreams = await startUpstreams();
});
afterEach(async () => {
  await upstreams.close();
  rmSync(home, { recursive: true });
});

const models = hubModels(40, { providers: ["hf-inference", "novita"], adapterEvery: 9 });
const CHAT = "lab-0/model-0";
const ROUTED = {
  id: CHAT,
  owned_by: "lab-0",
  architecture: { input_modalities: ["text"], output_modalities: ["text"] },
  providers: [
    {
      provider: "hf-inference",
      status: "live",
      context_length: 8_192,
      pricing: { input: 0.5, output: 1.5 },
      supports_tools: true,
    },
  ],
};

/** Reads the Hub and the router, and answers what is published of a model. */
async function syncAndRead(id: string, settings: Record<string, string> = {}) {
  const flags = { MODELDEX_HOME: home, MODELDEX_MIRROR: upstreams.url, ...settings };
  const application = await openApplication(loadConfig({}, home, flags));
  try {
    const { revision, reports } = await application.sync(
      ["huggingface", "huggingface-router"],
      () => undefined,
    );
    const shelf = application.shelf();
    if (shelf === undefined) throw new Error("nothing was published");
    const listed = answerModels(shelf, ModelQuery.parse({ q: id })).documents.map(parsed);
    const found = findModel(shelf, id);
    return {
      revision,
      reports,
      listed: listed.find((one) => one["id"] === id),
      model: found === undefined ? undefined : parsed(found.document),
      changes: await application.ledger.changes({ limit: 1_000 }),
    };
  } finally {
    await application.close();
  }
}

function parsed(bytes: Uint8Array): Document {
  return JSON.parse(Buffer.from(bytes).toString()) as Document;
}

function serve(): void {
  upstreams.setBody({ host: HUB_HOST }, simulatedHub({ models, quota: 500 }).answer);
  upstreams.setBody("router.huggingface.co/v1/models", { object: "list", data: [ROUTED] });
}

test("an offer has its status and its provider's id from the Hub, its price and context from the router", async () => {
  serve();
  const { model } = await syncAndRead(CHAT);
  expect(model).toMatchObject({
    id: CHAT,
    license: "apache-2.0",
    hugging_face_id: CHAT,
    huggingface_metrics: { gated: "auto", private: false, pipeline_tag: "text-generation" },
  });
  const [offer] = (model?.["offers"] ?? []) as readonly Document[];
  expect(offer).toMatchObject({
    id: `huggingface/hf-inference/${CHAT}`,
    provider_native_id: "hf-inference/model-0",
    status: "live",
    prices: [
      { meter: "input", per_million: "0.5" },
      { meter: "output", per_million: "1.5" },
    ],
    context_tokens: 8_192,
    capabilities: { tools: true },
    call: {
      protocol: "openai-chat",
      base_url: "https://router.huggingface.co/v1",
      model: `${CHAT}:hf-inference`,
    },
  });
});

test("downloads and likes stand in lists and in the model, and move without a revision or a change", async () => {
  serve();
  const [first] = models;
  if (first === undefined) throw new Error("there are models");
  first.downloads = 1_000;
  first.likes = 10;
  const before = await syncAndRead(CHAT);
  expect(before.listed?.["huggingface_metrics"]).toMatchObject({
    gated: "auto",
    downloads: 1_000,
    likes: 10,
  });
  expect(before.model?.["huggingface_metrics"]).toEqual(before.listed?.["huggingface_metrics"]);

  first.downloads = 2_000;
  const after = await syncAndRead(CHAT);
  expect(after.model?.["huggingface_metrics"]).toMatchObject({ downloads: 2_000, likes: 10 });
  expect(after.revision).toBe(before.revision);
  expect(after.changes).toEqual(before.changes);
});

test("an adapter is no model of its own", async () => {
  serve();
  expect((await syncAndRead("lab-8/model-8")).model).toBeUndefined();
});

test("HF_ENDPOINT is asked in the Hub's place, without the token, and the router where it always is", async () => {
  serve();
  upstreams.setBody({ host: "hub.internal" }, simulatedHub({ models, quota: 500 }).answer);
  const settings = { HF_ENDPOINT: `${upstreams.url}/hub.internal`, HF_TOKEN: "hf_canary" };
  const { reports } = await syncAndRead(CHAT, settings);
  expect(reports.map(({ outcome }) => outcome)).toEqual(["complete", "complete"]);
  expect(upstreams.requests.map(({ host }) => host).toSorted()).toEqual([
    "hub.internal",
    "router.huggingface.co",
  ]);
  expect(upstreams.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});
