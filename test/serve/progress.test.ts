/** What is being read, and which revision is out: asked every other second, kept by nobody. */
import { expect, test } from "vitest";
import { Progress, Source } from "../../src/serve/http/documents/run.ts";
import type { Progress as Step } from "../../src/domain/progress.ts";
import { served } from "./support/server.ts";

const STEPS: readonly Step[] = [
  { kind: "page", source: "groq", rows: 9_000, pages: 9, bytes: 1, rowsExpected: 15_700 },
  { kind: "placing", source: "huggingface-router", rows: 4, rowsExpected: 10 },
  { kind: "waiting", source: "xai", ms: 1_200, why: "the upstream asked to wait" },
];

test("says for each source how far its reading is, and nothing of it is kept", async () => {
  const answer = await served({ progress: STEPS }).inject("/v1/progress");
  expect(answer.headers["cache-control"]).toBe("no-store");
  const said = Progress.parse(answer.json());
  expect(said.revision).toBe(7);
  expect(said.reading).toEqual([
    { source: "groq", title: "groq", rows: 9_000, pages: 9, rows_expected: 15_700 },
    { source: "huggingface-router", title: "huggingface-router", rows: 4, rows_expected: 10, placing: true },
    { source: "xai", title: "xai", waiting_seconds: 2, why: "the upstream asked to wait" },
  ]);
});

test("before the first revision it answers all the same, without counts", async () => {
  const answer = await served({ shelf: undefined }).inject("/v1/progress");
  expect(answer.statusCode).toBe(200);
  const said = Progress.parse(answer.json());
  expect(said).toEqual({ object: "progress", stale: true, sources_configured: 3, reading: [] });
});

test("a list of sources says the same of a source whose rows are put in their place", async () => {
  const { data } = (await served({ progress: STEPS }).inject("/v1/sources")).json<{
    readonly data: readonly unknown[];
  }>();
  const router = data.map((each) => Source.parse(each)).find(({ id }) => id === "huggingface-router");
  expect(router?.in_progress).toEqual({ rows: 4, rows_expected: 10, placing: true });
});
