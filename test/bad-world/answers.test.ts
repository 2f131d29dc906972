/** Answers that are well-formed and not what they seem: older ones, empty ones, and "nothing has changed". */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { faultNamed } from "../simulator/faults.ts";
import { pagedBody } from "../simulator/paged.ts";
import { hostOf, listOf, PAGE_SIZE, rows, sourceOf, type Row, type SourceOptions } from "./kinds.ts";
import { offersIn, openWorld, type World } from "./world.ts";

const HOUR_MS = 3_600_000;
const SOURCE = sourceOf("single");
const LIST = listOf("single");

let world: World;
/** What our own clock is put forward by. */
let later = 0;
beforeEach(async () => {
  later = 0;
  world = await openWorld({ runtime: { ...systemRuntime, now: () => Date.now() + later } });
});
afterEach(() => world.close());

function serve(items: readonly Row[], headers: { readonly [name: string]: string } = {}): void {
  world.upstreams.clearBodies();
  world.upstreams.setBody(LIST, () => ({ value: { data: items }, headers }));
}
const dated = (ms: number) => ({ date: new Date(ms).toUTCString() });
const variant = (options: SourceOptions) => sourceOf("single", "single", options);

describe("an answer dated before the last one", () => {
  test("is not believed: nothing changes, and both dates are named", async () => {
    const now = Date.now();
    serve(rows(9), dated(now - HOUR_MS));
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    serve(rows(5), dated(now - 2 * HOUR_MS));
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({ outcome: "rejected", error: { code: "older-answer" }, removed: 0 });
    expect(report.error?.message.match(/20\d\d-\d\d-\d\dT/g)?.length).toBe(2);
    expect(await world.served(SOURCE)).toEqual(before);
  });

  test("by a few minutes is another edge of the same cache, and believed", async () => {
    const now = Date.now();
    serve(rows(9), dated(now - HOUR_MS));
    await world.run(SOURCE);
    serve(rows(8), dated(now - HOUR_MS - 10 * 60_000));
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", removed: 1 });
  });

  test.each(["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "", "Fri, 01 Jan 2099 00:00:00 GMT"])(
    "a date that cannot be (%s) is none",
    async (date) => {
      serve(rows(9));
      await world.run(SOURCE);
      serve(rows(8), { date });
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", removed: 1 });
      // And it does not make the next honest answer an old one.
      serve(rows(7), dated(Date.now()));
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", removed: 1 });
    },
  );
});

describe("no rows where there were some", () => {
  test("are not believed", async () => {
    serve(rows(9));
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    serve([]);
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({ outcome: "rejected", error: { code: "empty" }, removed: 0, held: 0 });
    expect(report.error?.message).toContain("9 offers were listed before");
    expect(await world.served(SOURCE)).toEqual(before);
  });

  test("of a source that may be empty are held, and believed when they are said again an hour later", async () => {
    const source = variant({ mayBeEmpty: true });
    serve(rows(3));
    await world.run(source);
    serve([]);
    const held = await world.run(source);
    expect(held).toMatchObject({ outcome: "held", held: 3, removed: 0, coverage: { kind: "whole" } });
    expect(offersIn((await world.served(source)).get("single")).length).toBe(3);
    expect(await world.run(source)).toMatchObject({ held: 3, removed: 0 });

    later = HOUR_MS + 1;
    expect(await world.run(source)).toMatchObject({ removed: 3, held: 0 });
    expect(offersIn((await world.served(source)).get("single"))).toEqual([]);
    serve(rows(3));
    expect(await world.run(source)).toMatchObject({ outcome: "complete", returned: 3, added: 0 });
  });

  test("of a source that was never listed prove nothing", async () => {
    serve([]);
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", coverage: { kind: "window" } });
    expect((await world.ledger.sourceState("single")).everWhole).toBe(false);
  });
});

describe("nothing has changed", () => {
  test("is asked with the validator of the last answer, and costs nothing", async () => {
    serve(rows(9), { etag: '"one"', "last-modified": "Wed, 05 Aug 2026 00:00:00 GMT" });
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({ outcome: "unchanged", coverage: { kind: "whole" }, bytes: 0, offers: 9 });
    expect(world.upstreams.requests.at(-1)?.headers).toMatchObject({
      "if-none-match": '"one"',
      "if-modified-since": "Wed, 05 Aug 2026 00:00:00 GMT",
    });
    expect(await world.served(SOURCE)).toEqual(before);
  });

  test("is noticed where the same bytes come again without any validator, but not under another mapper", async () => {
    serve(rows(9), { etag: "" });
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "unchanged", requests: 1, offers: 9 });
    expect(await world.served(SOURCE)).toEqual(before);
    expect(await world.run(variant({ mapper: 2 }))).toMatchObject({ outcome: "complete", rows: 9 });
    serve(rows(10), { etag: "" });
    expect(await world.run(variant({ mapper: 2 }))).toMatchObject({ outcome: "complete", added: 1 });
  });

  test.each([
    ["another mapper", "rules", { mapper: 2 }],
    [
      "another path and query",
      "scope",
      { views: [{ name: "models", path: "/models", query: { all: "1" } }] },
    ],
    ["another header", "scope", { headers: { "x-version": "2" } }],
  ] as const)("is not asked with %s: what differs then is ours (%s)", async (_what, cause, options) => {
    serve(rows(9), { etag: '"one"' });
    await world.run(SOURCE);
    const renamed = variant(options);
    const mapped = {
      ...renamed,
      listings: (item: unknown) => renamed.listings(item).map((draft) => ({ ...draft, name: "Ours" })),
    };
    const report = await world.run(mapped);
    expect(report).toMatchObject({ outcome: "complete", changed: 9 });
    expect(world.upstreams.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
    const causes = new Set<string>();
    for await (const listing of world.ledger.openListings()) causes.add(listing.cause);
    expect([...causes]).toEqual([cause]);
  });

  test("is not asked of another server: its list may be an older one", async () => {
    serve(rows(9), { etag: '"one"', "last-modified": "Wed, 05 Aug 2026 00:00:00 GMT" });
    await world.run(SOURCE);
    const elsewhere = { sourceUrls: new Map([[SOURCE.id, `${world.upstreams.url}/other.example/v1`]]) };
    await world.run(SOURCE, { addresses: { ...world.context.addresses, ...elsewhere } });
    const { headers } = world.upstreams.requests.at(-1) ?? {};
    expect(headers).not.toHaveProperty("if-none-match");
    expect(headers).not.toHaveProperty("if-modified-since");
  });

  test("without having been asked is no answer", async () => {
    world.upstreams.setFault(hostOf("single"), faultNamed("304 without a prior validator"));
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "failed", error: { code: "bad-status" } });
    world.upstreams.clearFaults();
    serve(rows(9), { etag: "" });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", added: 9 });
    world.upstreams.setFault(hostOf("single"), faultNamed("304 without a prior validator"));
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({ outcome: "failed", error: { code: "bad-status" } });
    expect(report.error?.message).toContain("304");
  });

  test("is never asked of a list of several pages: the first says nothing of the others", async () => {
    const source = sourceOf("cursor");
    world.upstreams.setBody(
      listOf("cursor"),
      pagedBody({ paging: "cursor", pageSize: PAGE_SIZE, items: rows(9) }),
    );
    await world.run(source);
    await world.run(source);
    expect(world.upstreams.requests.filter(({ headers }) => "if-none-match" in headers)).toEqual([]);
  });

  test("is not asked after an answer that was not believed", async () => {
    serve(rows(9), { etag: '"one"' });
    await world.run(SOURCE);
    serve([], { etag: '"two"' });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "rejected" });
    serve(rows(8), { etag: '"two"' });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", removed: 1 });
  });

  test("said again an hour later confirms what is held", async () => {
    serve(rows(20), { etag: '"one"' });
    await world.run(SOURCE);
    serve(rows(10), { etag: '"two"' });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "held", held: 10, removed: 0 });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "held", held: 10, removed: 0, bytes: 0 });
    later = HOUR_MS + 1;
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", held: 0, removed: 10, bytes: 0 });
  });
});

test("further views that fail leave what the list itself brought, and remove nothing", async () => {
  const views = [
    { name: "by name", path: "/models" },
    { name: "by date", path: "/recent" },
  ] as const;
  const source = {
    ...sourceOf("offset", "views", { views }),
    paging: { ...sourceOf("single").paging },
  };
  const value = (items: readonly Row[]) => ({ value: { data: items, total: 9 } });
  world.upstreams.setBody(listOf("views"), () => value(rows(6)));
  world.upstreams.setBody("views.example/v1/recent", () => value(rows(6, 4)));
  expect(await world.run(source)).toMatchObject({
    outcome: "complete",
    added: 9,
    coverage: { kind: "whole" },
  });
  for (const name of ["HTML with 200", "a truncated body", "503 unavailable"] as const) {
    world.upstreams.clearFaults();
    world.upstreams.setFault("views.example/v1/recent", faultNamed(name));
    expect(await world.run(source)).toMatchObject({
      outcome: "partial",
      removed: 0,
      rows: 6,
      coverage: { kind: "partial" },
    });
  }
});
