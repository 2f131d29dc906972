/** xAI's list went from 16 to 7 in one step: held, shown, and believed when a later whole run agrees or the operator does. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Home, type Json, type Run } from "./program.ts";
import { directory, rowsOf } from "./recorded.ts";

const FULL = "2026-05-06";
const SHORT = "2026-05-16";
const LATER = "2026-05-21";

const idsOf = (date: string) => rowsOf(`xai/series/${date}.json`).map(({ id }) => id);
const full = () => new Set(idsOf(FULL));
const short = () => new Set(idsOf(SHORT));

let upstreams: Upstreams;
let home: Home;
let shrunk: Json;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
});

afterAll(async () => {
  await upstreams.close();
});

/** A ledger that holds the full list and was then told the short one. */
async function shrink(): Promise<void> {
  home = newHome({ MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: "xai" });
  upstreams.setAt(FULL);
  await home.ask(["sync"]);
  upstreams.setAt(SHORT);
  shrunk = await home.ask(["sync"]);
}

describe("the run that lists 7 of 16", () => {
  beforeAll(shrink);
  afterAll(() => home.drop());

  const missing = () => full().difference(short());

  test("is held: it adds what is new and removes nothing", () => {
    expect(full().size).toBe(16);
    expect(short().size).toBe(7);
    expect(runOf(shrunk)).toMatchObject({
      outcome: "held",
      coverage: { kind: "whole" },
      removed: 0,
      added: short().difference(full()).size,
      held: missing().size,
    });
  });

  test("ends the command with 3", async () => {
    expect((await home.run(["sync"])).code).toBe(3);
  });

  test("leaves every offer listed, those that are held marked so", async () => {
    const { data } = await home.ask(["offers", "--limit", "1000"]);
    expect(new Set(data.map(({ native_id: id }) => id))).toEqual(full().union(short()));
    const held = data.filter((offer) => offer["held"] !== undefined).map(({ native_id: id }) => id);
    expect(new Set(held)).toEqual(missing());
  });

  test("is shown as findings, on the command line and over HTTP", async () => {
    const served = await home.serve();
    try {
      const findings = (await served.get("/v1/findings?kind=held-removal")).data;
      expect(new Set(findings.map(({ subject }) => subject))).toEqual(
        new Set([...missing()].map((id) => `xai/xai/${id}`)),
      );
      const source = (await served.get("/v1/sources")).data.find(({ id }) => id === "xai");
      expect(source).toMatchObject({ held: missing().size });
    } finally {
      await served.stop();
    }
    const { out } = await home.run(["sources"]);
    expect(out).toMatch(new RegExp(`^xai .* held .* ${missing().size} .*modeldex accept \\d+$`, "m"));
  });

  test("says nothing of removals in the changes", async () => {
    expect((await home.ask(["changes", "--kind", "removed"])).data).toEqual([]);
  });
});

describe("the next whole run, days later,", () => {
  let confirmed: Json;

  beforeAll(async () => {
    await shrink();
    upstreams.setAt(LATER);
    confirmed = await home.ask(["sync"]);
  });
  afterAll(() => home.drop());

  test("is believed where it agrees", async () => {
    const later = new Set(idsOf(LATER));
    const known = full().union(short());
    expect(runOf(confirmed)).toMatchObject({
      outcome: "complete",
      held: 0,
      removed: known.difference(later).size,
      added: later.difference(known).size,
    });
    const { data } = await home.ask(["offers", "--limit", "1000"]);
    expect(new Set(data.map(({ native_id: id }) => id))).toEqual(later);
  });

  test("brings the removals into the changes", async () => {
    const { data } = await home.ask(["changes", "--kind", "removed", "--gateway", "xai"]);
    const removed = data.filter(({ subject }) => subject === "offer").map(({ subject_id: id }) => id);
    expect(new Set(removed)).toEqual(
      new Set(
        [
          ...full()
            .union(short())
            .difference(new Set(idsOf(LATER))),
        ].map((id) => `xai/xai/${id}`),
      ),
    );
  });
});

describe("the operator", () => {
  beforeAll(shrink);
  afterAll(() => home.drop());

  test("accepts exactly what the run showed", async () => {
    const source = (await home.ask(["sources"])).data.find(({ id }) => id === "xai");
    const { id: run } = (source?.["last_run"] ?? {}) as { readonly id?: number };
    const accepted = await home.run(["accept", String(run), "--json"]);
    expect(accepted.code).toBe(0);
    expect(JSON.parse(accepted.out)).toMatchObject({ removed: full().difference(short()).size });
    const { data } = await home.ask(["offers", "--limit", "1000"]);
    expect(new Set(data.map(({ native_id: id }) => id))).toEqual(short());
  });

  test("accepts once: then nothing is held any more", async () => {
    const again = await home.run(["accept", "2"]);
    expect(again.code).not.toBe(0);
    expect(again.err).toMatch(/holds nothing back/);
  });
});

function runOf({ runs }: Json): Run | undefined {
  return runs.find(({ source }) => source === "xai");
}
