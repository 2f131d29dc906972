/** The bodies of 2025: other fields, other shapes, the same reader. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Home, type Json } from "./program.ts";
import { directory } from "./recorded.ts";

const ROWS: readonly (readonly [source: string, rows: number])[] = [
  ["openrouter", 319],
  ["deepinfra", 103],
  ["chutes", 62],
  ["groq", 22],
  ["xai", 8],
];

let upstreams: Upstreams;
let home: Home;
let synced: Json;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory(), at: "2025-12-31" });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  synced = await home.ask(["sync", ...ROWS.map(([source]) => source)]);
});

afterAll(async () => {
  await upstreams.close();
  home.drop();
});

test.each(ROWS)("%s of 2025 is read whole, %i rows, none rejected", (source, rows) => {
  expect(synced.runs.find((run) => run.source === source)).toMatchObject({
    outcome: "complete",
    coverage: { kind: "whole" },
    rows,
    unique: rows,
    offers: rows,
    rejected: 0,
    ignored: 0,
  });
});
