/** What is otherwise at one time than at another, at the door. */
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import type { Moment } from "../../src/ledger/span.ts";
import { differencesOf } from "../../src/publish/differences.ts";
import { TooManyThen } from "../../src/serve/application.ts";
import { misfit, routeAt } from "./support/answers.ts";
import { NO_PROVENANCE } from "./support/application.ts";
import { HOUR_MS, NOW } from "./support/catalog.ts";
import { served } from "./support/server.ts";

/** Models at gateways, with the context of each offer: `{ "lab/one": { groq: 1 } }`. */
type Offered = Readonly<Record<string, Readonly<Record<string, number>>>>;

function shelfOf(offered: Offered): Shelf {
  const models = Object.entries(offered).map(([id, at]) => {
    const offers = Object.entries(at).map(([gateway, context]) => {
      const offer = `${gateway}/${gateway}/${id}`;
      return {
        id: offer,
        document: { id: offer, object: "offer", gateway, model: id, context_tokens: context },
      };
    });
    const owner = id.slice(0, id.indexOf("/"));
    const document = { id, object: "model", name: id, owned_by: owner, gateways: Object.keys(at) };
    return { id, aliases: [`alias-of-${id}`], document, offers };
  });
  return { catalog: buildCatalog(models, 3, 0), freshness: new Map() };
}

const BEFORE = shelfOf({ "lab/one": { groq: 1, xai: 1 }, "lab/two": { groq: 1 }, "other/gone": { groq: 1 } });
const AFTER = shelfOf({ "lab/one": { groq: 2, xai: 1 }, "lab/two": { groq: 3 }, "other/new": { xai: 1 } });
const DAY_AGO = NOW - 24 * HOUR_MS;

function past(
  shelfAt = async ({ asOf }: Moment): Promise<Shelf | undefined> => (asOf <= DAY_AGO ? BEFORE : AFTER),
) {
  const asked: Moment[] = [];
  const server = served({
    shelfAt: async (moment) => {
      asked.push(moment);
      return shelfAt(moment);
    },
    provenance: { ...NO_PROVENANCE, differences: async (...question) => differencesOf(...question) },
  });
  return { server, asked };
}

async function idsOf(url: string): Promise<readonly string[]> {
  const { data } = (await past().server.inject(url)).json();
  return data.map((each: { kind: string; subject_id: string }) => `${each.kind} ${each.subject_id}`);
}

describe("/v1/diff", () => {
  test("says what is otherwise, field by field, at the two times that it names", async () => {
    const { server, asked } = past();
    const answer = await server.inject("/v1/diff?from=1d&to=0m");
    expect(misfit(routeAt("/v1/diff"), answer)).toBeUndefined();
    expect(answer.json()).toMatchObject({
      from: "2026-08-04T12:00:00Z",
      to: "2026-08-05T12:00:00Z",
      total: 6,
      has_more: false,
    });
    expect(answer.json().data[0]).toEqual({
      object: "difference",
      subject: "offer",
      subject_id: "groq/groq/lab/one",
      kind: "changed",
      topics: ["limits"],
      gateway: "groq",
      model: "lab/one",
      fields: [{ field: "context_tokens", before: 1, after: 2 }],
    });
    expect(asked).toEqual([
      { asOf: DAY_AGO, knownAt: NOW },
      { asOf: NOW, knownAt: NOW },
    ]);
  });

  test("a revision is taken as it was known when it came out", async () => {
    const { server, asked } = past();
    expect((await server.inject("/v1/diff?from=7")).statusCode).toBe(200);
    expect(asked[0]).toEqual({ asOf: NOW - HOUR_MS, knownAt: NOW - HOUR_MS });
  });

  test.each([
    ["gateway=xai", ["added xai/xai/other/new"]],
    ["gateway=groq,xai&kind=removed", ["removed groq/groq/other/gone"]],
    ["subject=model", ["added other/new", "removed other/gone"]],
    ["lab=lab", ["changed groq/groq/lab/one", "changed groq/groq/lab/two"]],
    ["model=alias-of-lab/two", ["changed groq/groq/lab/two"]],
    ["model=other/gone", ["removed groq/groq/other/gone", "removed other/gone"]],
    ["topic=price", []],
  ])("%s leaves the rest out", async (filter, ids) => {
    expect(await idsOf(`/v1/diff?from=1d&${filter}`)).toEqual(ids);
  });

  test("pages join to the whole, and each compares the two states of the first", async () => {
    const { server, asked } = past();
    const whole = (await server.inject("/v1/diff?from=1d")).json().data;
    const walked: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = (
        await server.inject(`/v1/diff?from=1d&limit=4${cursor === undefined ? "" : `&cursor=${cursor}`}`)
      ).json();
      walked.push(...page.data);
      expect(page.has_more).toBe(page.next_cursor !== undefined);
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(walked).toEqual(whole);
    expect(asked.slice(2, 4)).toEqual(asked.slice(4, 6));
  });

  test.each([
    ["from=yesterday", "from", "from cannot be"],
    ["to=1d", "from", "from is missing"],
    ["from=99", "from", "there is no revision 99"],
    ["from=2026-09-01", "from", "from lies in the future"],
    ["from=1d&gateway=grok", "gateway", 'did you mean "groq"?'],
    ["from=1d&lab=labb", "lab", 'did you mean "lab"?'],
    ["from=1d&kind=gone", "kind", "is none of them"],
    ["from=1d&cursor=nonsense", "cursor", "is no cursor of a diff"],
    ["from=1d&gateway=groq&limit=1&cursor=1.1.1.1.1.00000000", "cursor", "belongs to another question"],
  ])("%s is refused for its %s", async (question, parameter, detail) => {
    const answer = await past().server.inject(`/v1/diff?${question}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { parameter }]);
    expect(answer.json().detail).toContain(detail);
  });

  test("a cursor with a time that no calendar has is none", async () => {
    const { server } = past();
    const { next_cursor: cursor } = (await server.inject("/v1/diff?from=1d&limit=1")).json();
    const forged = cursor.replace(/^\w+/, "z".repeat(11));
    const answer = await server.inject(`/v1/diff?from=1d&limit=1&cursor=${forged}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { parameter: "cursor" }]);
  });

  test("a model that is at neither time is not found", async () => {
    expect((await past().server.inject("/v1/diff?from=1d&model=nobody/knows")).statusCode).toBe(404);
  });

  test("before anything was read there is nothing to compare, and too many at once are told when to come", async () => {
    const none = await past(async () => undefined).server.inject("/v1/diff?from=1d");
    expect([none.statusCode, none.json().detail]).toEqual([
      400,
      "nothing had been read by 2026-08-04T12:00:00Z",
    ]);
    const busy = await past(() => Promise.reject(new TooManyThen())).server.inject("/v1/diff?from=1d");
    expect([busy.statusCode, busy.headers["retry-after"]]).toEqual([503, "5"]);
  });
});
