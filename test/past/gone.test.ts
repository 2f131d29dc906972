/** What is known from an imported past alone, through the program as it is put together: asked for, it is gone, and not unknown. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServingApplication } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { openPast } from "../../src/past.ts";
import type { ServingApplication } from "../../src/serve/application.ts";
import type { ImportResult } from "../../src/serve/past.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { serverOptions } from "../serve/support/server.ts";

const ADDRESS = "https://api.mistral.ai/v1/models";

let home: string;
let imported: ImportResult;
let application: ServingApplication;
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-gone-"));
  const recordings = join(home, "recordings");
  mkdirSync(recordings);
  const heron = row("heron-2507", {
    deprecation: "2026-07-01T00:00:00Z",
    deprecation_replacement_model: "mistralai/kite-2606",
  });
  const lists = [
    ["2026-06-01", [heron, row("kite-2606"), row("wren-2605")]],
    ["2026-07-03", [row("kite-2606"), row("wren-2605")]],
    ["2026-07-04", [row("kite-2606"), row("wren-2605", { max_context_length: 65_536 })]],
  ] as const;
  const index = lists.map(([recordedAt]) => ({ file: `${recordedAt}.json`, url: ADDRESS, recordedAt }));
  writeFileSync(join(recordings, "index.json"), JSON.stringify(index));
  for (const [date, data] of lists) writeFileSync(join(recordings, `${date}.json`), JSON.stringify({ data }));
  const settings = { MODELDEX_HOME: join(home, "home"), MODELDEX_SOURCES: "mistral", MISTRAL_API_KEY: "k" };
  const past = await openPast(loadConfig(settings, home, {}));
  const signal = new AbortController().signal;
  const said = {
    sources: [],
    mode: "read",
    signal,
    onAnswer: () => undefined,
    onTelling: () => undefined,
  } as const;
  imported = await past.importRecordings(recordings, said);
  await past.close();
  // Nothing answers there: what is served is what was imported.
  const flags = {
    MODELDEX_HOME: join(home, "home"),
    MODELDEX_SOURCES: "mistral",
    MODELDEX_MIRROR: "http://127.0.0.1:9",
  };
  application = await openServingApplication(flags, () => undefined);
  // What was imported just now is known from now on.
  server = createServer(application, { ...serverOptions(), clock: systemRuntime });
});

afterAll(async () => {
  await application.close();
  rmSync(home, { recursive: true });
});

test("a model that only the past knows is gone: what it was, since when, and what its gateway names in its place", async () => {
  const answer = await server.inject("/v1/models/mistralai/heron-2507");
  expect(answer.statusCode).toBe(410);
  expect(answer.json()).toMatchObject({
    model: "mistralai/heron-2507",
    name: "heron-2507",
    removed_at: "2026-07-03T00:00:00Z",
    revision: 1,
    successors: ["mistralai/kite-2606"],
    offers: [{ offer: "mistral/mistral/heron-2507", until: "2026-07-03T00:00:00Z" }],
  });
  expect((await server.inject("/v1/models/mistralai/kite-2606")).statusCode).toBe(200);
  expect((await server.inject("/v1/models/mistralai/owl-2601")).statusCode).toBe(404);
});

test("the import says how many changes it told", () => {
  expect(imported).toMatchObject({ changes: 4, revision: 1 });
});

test("its changes are asked for by their days, and named as imported; no feed tells them", async () => {
  const changes = (await server.inject("/v1/changes?since=2026-07-01&until=2026-07-05&subject=offer")).json();
  expect(changes.data).toMatchObject([
    { at: "2026-07-03T00:00:00Z", kind: "removed", subject_id: "mistral/mistral/heron-2507", imported: true },
    {
      at: "2026-07-04T00:00:00Z",
      kind: "changed",
      subject_id: "mistral/mistral/wren-2605",
      topics: ["limits"],
      cause: "upstream",
      fields: [{ field: "context_tokens", before: 131_072, after: 65_536 }],
      imported: true,
    },
  ]);
  const [first] = changes.data;
  const page = (await server.inject(`/v1/changes?limit=1&cursor=${first.id}`)).json();
  expect(page).toMatchObject({ has_more: true, data: [{ subject_id: "mistralai/heron-2507" }] });
  const stories = (await server.inject("/v1/stories?model=mistralai/wren-2605")).json();
  expect(stories.data).toMatchObject([
    { subject: "model", count: 1 },
    { subject: "offer", count: 1 },
  ]);
  expect((await server.inject("/v1/feed.json?cause=all")).json().items).toEqual([]);
});

function row(id: string, more: object = {}): object {
  return {
    id,
    name: id,
    owned_by: "mistralai",
    type: "base",
    max_context_length: 131_072,
    capabilities: { completion_chat: true },
    ...more,
  };
}
