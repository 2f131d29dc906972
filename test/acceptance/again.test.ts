/** The same sync again says nothing new: no version, no revision, no change. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { toHttpDate } from "../../tools/upstreams/date.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Home, type Json, type Run } from "./program.ts";
import { directory } from "./recorded.ts";

const TABLES = ["listing_version", "revision", "change", "hold", "absence", "raw_body"];

let upstreams: Upstreams;
let home: Home;
let first: Json;
let again: Json;
let before: readonly number[];

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  first = await home.ask(["sync"]);
  before = TABLES.map(home.rows);
  again = await home.ask(["sync"]);
});

afterAll(async () => {
  await upstreams.close();
  home.drop();
});

test("every source is complete or unchanged, and counts no change", () => {
  expect(believed(again).map(newsOf)).toEqual(believed(first).map(silent));
});

test("a list whose ETag still fits is not even sent again", () => {
  const unchanged = again.runs.filter(({ outcome }) => outcome === "unchanged").map(({ source }) => source);
  expect(unchanged).toEqual(
    expect.arrayContaining(["featherless", "together", "deepinfra", "nebius", "genai-prices"]),
  );
});

test("it counts the same rows and offers as before", () => {
  const counts = (synced: Json) => believed(synced).map(({ source, offers }) => ({ source, offers }));
  expect(counts(again)).toEqual(counts(first));
});

test("no row is written but the runs'", () => {
  expect(TABLES.map(home.rows)).toEqual(before);
});

test("the revision is the same", () => {
  expect(again.revision).toBe(first.revision);
});

test("a body that is sent again in full is recognised as well", async () => {
  await forgetValidators(upstreams);
  const full = await home.ask(["sync"]);
  expect(believed(full).map(newsOf)).toEqual(believed(first).map(silent));
  expect(full.revision).toBe(first.revision);
  expect(TABLES.map(home.rows)).toEqual(before);
});

/** The runs of the sources that the first sync could read: not every source has a recording. */
function believed({ runs }: Json): readonly Run[] {
  const complete = first.runs.filter(({ outcome }) => outcome === "complete");
  const sources = new Set(complete.map(({ source }) => source));
  return runs.filter(({ source }) => sources.has(source));
}

function newsOf({ source, outcome, added, changed, removed, returned, held }: Run) {
  const isFine = outcome === "complete" || outcome === "unchanged";
  return { source, isFine, added, changed, removed, returned, held };
}

function silent({ source }: Run) {
  return { source, isFine: true, added: 0, changed: 0, removed: 0, returned: 0, held: 0 };
}

/** The same bodies with the same dates, under an ETag that nobody has seen. */
async function forgetValidators({ recordings, setBody }: Upstreams): Promise<void> {
  const newest = recordings.hosts.flatMap((host) =>
    recordings.paths(host).flatMap((path) => recordings.find(host, path, undefined) ?? []),
  );
  for (const recording of newest) {
    // oxlint-disable-next-line no-await-in-loop -- one body at a time in memory
    const body = await recordings.read(recording);
    const date = recording.recordedAt === undefined ? {} : { date: toHttpDate(recording.recordedAt) };
    setBody(recording, () => ({ body, headers: { etag: '"another"', ...date } }));
  }
}
