/** What a usage cost at a time that is over: over a real ledger whose prices step, against what was said then. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { shelfThen } from "../../src/publish/then.ts";
import { TooManyThen } from "../../src/serve/application.ts";
import { Cost } from "../../src/serve/http/documents/cost.ts";
import { seeded } from "../ledger/making.ts";
import { metered, MINUTE_MS, NOW, openHouse, type House } from "../publish/ledgers.ts";
import { fakeApplication } from "./support/application.ts";
import { fakeHost, type } from "./support/host.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { served, serverOptions } from "./support/server.ts";

const STEPS = 12;
const SEEDS = [21, 22, 23];
const IDS = ["lab/a", "lab/b"];
/** They end before noon, where the doors' clock stands. */
const MINUTES_OF_THE_HOUSE = 2 * STEPS + 2;

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** The doors over what this house holds. */
async function doors() {
  const { public: catalog } = await house.publish();
  const kept = new Map<string, Promise<Shelf>>();
  const application = fakeApplication({
    shelf: { catalog, freshness: new Map() },
    shelfAt: async (moment) => {
      const snapped = await house.ledger.snapped(moment);
      if (snapped === undefined) return undefined;
      const key = String(snapped.asOf);
      const shelf = kept.get(key) ?? shelfThen(house.publishing, snapped, "public");
      kept.set(key, shelf);
      return shelf;
    },
  });
  const server = createServer(application, serverOptions());
  return {
    costs: async (body: object) => {
      const answer = await server.inject({
        method: "POST",
        url: "/v1/cost",
        payload: JSON.stringify({ usage: { input: "1M" }, ...body }),
        headers: { "content-type": "application/json" },
      });
      return { status: answer.statusCode, json: answer.json() };
    },
    ask: async (...line: readonly string[]) => type(line, fakeHost(application)),
  };
}

describe("a cost as of a time", () => {
  test.each(SEEDS)("is that of the offers and the prices of then (seed %i)", async (seed) => {
    const random = seeded(seed);
    const said: { readonly at: number; readonly prices: ReadonlyMap<string, string> }[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const kept = IDS.filter(() => random(5) > 0);
      const list = kept.map((id) => [id, String(1 + random(9))] as const);
      await house.says(
        "groq",
        list.map(([id, dollars]) => metered(id, `0.00000${dollars}`)),
      );
      said.push({ at: house.runtime.now(), prices: new Map(list) });
      await house.publish();
    }
    const { costs } = await doors();
    for (let question = 0; question < 40; question += 1) {
      const at = NOW + random(MINUTES_OF_THE_HOUSE) * MINUTE_MS;
      const then = said.findLast((one) => one.at <= at)?.prices;
      const asOf = new Date(at).toISOString();
      const { status, json } = await costs({ offers: {}, as_of: asOf });
      const found = status === 200 ? Cost.parse(json).data.map((one) => [one.model, one.usd]) : json.detail;
      const expected =
        then === undefined
          ? `nothing had been read by ${asOf.replace(".000Z", "Z")}, as it is known`
          : [...then].toSorted(([a, one], [b, other]) => Number(one) - Number(other) || (a < b ? -1 : 1));
      expect(found, `seed ${seed}, ${at - NOW} ms in`).toEqual(expected);
      for (const [id, dollars] of then ?? []) {
        const ofModel = await costs({ model: id, as_of: asOf });
        expect(ofModel.json.data).toMatchObject([{ usd: dollars }]);
      }
    }
  });

  test("as of now is now, but for the time that it names", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000002")]);
    const { costs } = await doors();
    const now = (await costs({ offers: {} })).json;
    const then = (await costs({ offers: {}, as_of: "0m" })).json;
    expect(then).toEqual({ ...now, as_of: now.at });
  });

  test("the time of day is that of as_of, unless `at` says another; the prices stay those of as_of", async () => {
    const night = { utc: { from: 0, to: 60 } };
    const prices = (usd: string) => [
      { meter: "input", unit: "token", usd } as const,
      { meter: "input", unit: "token", usd: `${usd}5`, when: night } as const,
    ];
    await house.says("groq", [metered("lab/a", "0", { prices: prices("0.000001") })]);
    const before = new Date(house.runtime.now()).toISOString();
    await house.says("groq", [metered("lab/a", "0", { prices: prices("0.000002") })]);
    const { costs } = await doors();
    const usd = async (asked: object) => (await costs({ model: "lab/a", ...asked })).json.data[0].usd;
    const noonBefore = { at: "2026-08-04T12:00:00Z" };
    expect(await usd({})).toBe("2");
    expect(await usd({ as_of: before })).toBe("1.5");
    expect(await usd({ as_of: before, ...noonBefore })).toBe("1");
    expect(await usd({ as_of: "0m", ...noonBefore })).toBe("2");
    const { at, as_of } = (await costs({ model: "lab/a", as_of: before, ...noonBefore })).json;
    expect([at, as_of]).toEqual(["2026-08-04T12:00:00Z", before.replace(".000Z", "Z")]);
  });

  test.each([
    [{ as_of: "yesterday" }, 400, /as_of cannot be "yesterday"/],
    [{ as_of: "2026-09-01" }, 400, /as_of lies in the future/],
    [{ known_at: "1d" }, 400, /known_at goes beside as_of/],
    [{ model: "lab/gone", as_of: "0m" }, 404, /no model has the id/],
  ])("refuses %j", async (asked, status, detail) => {
    await house.says("groq", [metered("lab/a", "0.000001")]);
    const answer = await (await doors()).costs({ model: "lab/a", ...asked });
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(detail)]);
  });
});

test("where too many moments are being built, 503 says when to ask again", async () => {
  const busy = { shelfAt: () => Promise.reject(new TooManyThen()) };
  const answer = await served(busy).inject({
    method: "POST",
    url: "/v1/cost",
    payload: { offers: {}, as_of: "7d" },
  });
  expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "5"]);
  expect((await served(busy).inject("/v1/compare?models=a,b&as_of=7d")).statusCode).toBe(503);
});

describe("the command line", () => {
  test("price, cheapest and compare ask about then", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000001")]);
    const then = ["--as-of", new Date(house.runtime.now()).toISOString()];
    await house.says("groq", [metered("lab/a", "0.000003"), metered("lab/b", "0.000002")]);
    const { ask } = await doors();
    const usd = async (...line: readonly string[]) =>
      JSON.parse((await ask(...line, "--input", "1M", "--json")).out).data.map(
        (one: { usd: string }) => one.usd,
      );
    expect([await usd("price", "lab/a"), await usd("price", "lab/a", ...then)]).toEqual([["3"], ["1"]]);
    expect([await usd("cheapest"), await usd("cheapest", ...then)]).toEqual([
      ["2", "3"],
      ["1", "1"],
    ]);
    const compared = async (...line: readonly string[]) =>
      JSON.parse((await ask("compare", "lab/a", "lab/b", ...line, "--json")).out).fields[0];
    expect((await compared()).agreement).toBe("different");
    expect(await compared(...then)).toMatchObject({ agreement: "same" });
    const shown = await ask("price", "lab/a", "--input", "1M", ...then, "--at", "2026-08-05T20:00Z");
    expect(shown.out).toContain("at 2026-08-05T20:00:00Z with the prices of 2026-08-05T00:01:00Z");
    expect((await ask("price", "lab/a", "--input", "1M", "--as-of", "later")).code).toBe(2);
  });
});
