/** A source that is asked once for each offer of another: what moved comes first, the rest in turn, and what is not asked for stays. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { noAuth } from "../../src/kit/auth.ts";
import { singlePage } from "../../src/kit/paging.ts";
import { defineSource } from "../../src/kit/source.ts";
import type { OpenVersion, Validator } from "../../src/ledger/ledger.ts";
import { turnsNow } from "../../src/sync/each.ts";
import { openWorld, type World } from "../bad-world/world.ts";

const BASE_URL = "https://parents.example/v1";
const shared = {
  docs: BASE_URL,
  gateway: "parents",
  authority: "own",
  baseUrl: BASE_URL,
  auth: noAuth,
  paging: singlePage,
} as const;

const parents = defineSource({
  ...shared,
  id: "parents",
  title: "Parents",
  views: [{ name: "models", path: "/models" }],
  items: "data",
  item: z.object({ id: z.string(), name: z.string() }),
  listings: ({ id, name }) => [{ nativeId: id, name }],
});

const children = defineSource({
  ...shared,
  id: "children",
  title: "Children",
  views: [{ name: "children", path: "/models/:model/children" }],
  each: { source: "parents", perRun: 2 },
  items: "data",
  itemId: "provider",
  item: z.object({ of: z.string(), provider: z.string() }),
  listings: ({ of, provider }) => [{ nativeId: of, provider }],
});

let world: World;
let names: Map<string, string>;
let providers: Map<string, readonly string[]>;

beforeEach(async () => {
  world = await openWorld({ intervalMs: 0 });
  names = new Map(["lab/a", "lab/b", "lab/c"].map((id) => [id, "first"]));
  providers = new Map([...names.keys()].map((id) => [id, ["north", "south"]]));
  world.upstreams.setBody({ host: "parents.example" }, ({ path }) => answer(path));
});
afterEach(() => world.close());

function answer(path: string) {
  const child = /^\/v1\/models\/(.+)\/children$/.exec(path);
  if (child === null) return { value: { data: [...names].map(([id, name]) => ({ id, name })) } };
  const of = decodeURIComponent(child[1] ?? "");
  const served = providers.get(of);
  return served === undefined
    ? { status: 404, value: { error: "no such model" } }
    : { value: { data: served.map((provider) => ({ of, provider })) } };
}

function asked(): readonly string[] {
  return world.upstreams.requests
    .splice(0)
    .flatMap(({ path }) => /models\/(.+)\/children/.exec(path)?.[1] ?? []);
}

async function open(): Promise<readonly string[]> {
  const state = await world.ledger.sourceState("children");
  return state.open.map(({ nativeId, provider }) => `${nativeId} ${provider}`).toSorted();
}

describe("one list for each offer of another source", () => {
  test("is asked for a few at a time, until all were asked for, and then in turn", async () => {
    await world.run(parents);
    expect((await world.run(children)).coverage?.evidence).toBe("2 of 3 models of parents asked for");
    expect(asked()).toEqual(["lab/a", "lab/b"]);
    await world.run(children);
    expect(asked()[0]).toBe("lab/c");
    expect(await open()).toEqual([
      "lab/a north",
      "lab/a south",
      "lab/b north",
      "lab/b south",
      "lab/c north",
      "lab/c south",
    ]);
  });

  test("waits for the list that it goes by, where both are read at once", async () => {
    const [first, second] = await world.sync(children, parents);
    expect([first?.outcome, first?.rows, second?.outcome]).toEqual(["complete", 4, "complete"]);
  });

  test("is asked for first where the offer moved", async () => {
    await world.run(parents);
    await world.run(children);
    await world.run(children);
    names.set("lab/c", "second");
    await world.run(parents);
    asked();
    await world.run(children);
    expect(asked()[0]).toBe("lab/c");
  });

  test("removes what its list no longer names, and nothing of a list that was not asked for", async () => {
    names = new Map([
      ["lab/a", "first"],
      ["lab/b", "first"],
    ]);
    await world.run(parents);
    await world.run(children);
    providers.set("lab/a", ["south"]);
    providers.set("lab/b", []);
    names.set("lab/a", "second");
    names.set("lab/c", "first");
    await world.run(parents);
    const report = await world.run(children);
    expect(asked().slice(-2).toSorted()).toEqual(["lab/a", "lab/c"]);
    expect(report).toMatchObject({ outcome: "complete", removed: 1, added: 2 });
    expect(await open()).toContain("lab/b north");
  });

  test("of an offer that is gone goes with it, and a model without a list (404) is offered by nobody", async () => {
    await world.run(parents);
    await world.run(children);
    await world.run(children);
    names.delete("lab/c");
    providers.delete("lab/a");
    names.set("lab/a", "second");
    await world.run(parents);
    // Two lists are gone at once: that waits for a second look.
    const first = await world.run(children);
    const last = await world.run(children);
    expect([first.held, last.removed].some((count) => count > 0)).toBe(true);
    for (let run = 0; run < 3; run += 1) await world.run(children);
    expect(await open()).toEqual(["lab/b north", "lab/b south"]);
  });

  test("that names the offer of another list says nothing new of it, and nothing is lost by that", async () => {
    await world.run(parents);
    await world.run(children);
    const before = await open();
    world.upstreams.setBody({ host: "parents.example", path: /children$/ }, () => ({
      value: { data: [{ of: "lab/b", provider: "north" }] },
    }));
    names.set("lab/a", "second");
    await world.run(parents);
    const report = await world.run(children);
    expect(asked().slice(-2).toSorted()).toEqual(["lab/a", "lab/c"]);
    expect(report).toMatchObject({ outcome: "held", added: 0, removed: 0, held: 2 });
    expect(await open()).toEqual(before);
  });

  test("keeps what it has when the upstream fails, and says why", async () => {
    await world.run(parents);
    await world.run(children);
    const before = await open();
    world.upstreams.setBody({ host: "parents.example", path: /children$/ }, () => ({
      status: 503,
      value: {},
    }));
    const report = await world.run(children);
    expect(report.error?.code).toBe("upstream-error");
    expect(await open()).toEqual(before);
  });
});

describe("turns", () => {
  const version = (nativeId: string, versionId: number): OpenVersion => ({
    gateway: "g",
    provider: "p",
    nativeId,
    versionId,
    hash: "",
  });
  const read = (view: string, etag: string, lastModified: string): Validator => ({
    view,
    etag,
    lastModified,
    fingerprint: "",
  });

  test("go to the new and the moved, then to those that waited longest", () => {
    const parentsNow = [version("fresh", 1), version("old", 2), version("moved", 9), version("older", 4)];
    const before = [
      read("fresh", "1", "2026-03-01"),
      read("old", "2", "2026-02-01"),
      read("moved", "3", "2026-03-01"),
      read("older", "4", "2026-01-01"),
    ];
    expect(turnsNow([...parentsNow, version("new", 5)], before, 4).map(({ nativeId }) => nativeId)).toEqual([
      "new",
      "moved",
      "older",
      "old",
    ]);
  });
});
