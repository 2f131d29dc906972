/** The command line asks about the past, and what is otherwise since. */
import { expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import type { Moment } from "../../src/ledger/span.ts";
import { differencesOf } from "../../src/publish/differences.ts";
import { fakeApplication } from "./support/application.ts";
import { HOUR_MS, NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";

const GATEWAYS = ["groq", "xai"] as const;

/** One model, offered at two gateways. */
function shelfOf(context: number): Shelf {
  const offers = GATEWAYS.map((gateway) => {
    const id = `${gateway}/${gateway}/lab/old`;
    const key = { gateway, provider: gateway, native_id: "lab/old", model: "lab/old" };
    return { id, document: { id, object: "offer", ...key, context_tokens: context } };
  });
  const document = { id: "lab/old", object: "model", owned_by: "lab", offers_count: 2, gateways: GATEWAYS };
  return {
    catalog: buildCatalog([{ id: "lab/old", aliases: [], document, offers }], 3, 0),
    freshness: new Map(),
  };
}

const TWO_DAYS_AGO = NOW - 48 * HOUR_MS;

function past() {
  const moments: Moment[] = [];
  const application = fakeApplication({
    shelfAt: async (moment) => {
      moments.push(moment);
      return shelfOf(moment.asOf <= TWO_DAYS_AGO ? 1 : 2);
    },
    provenance: { ...fakeApplication().provenance, differences: async (...asked) => differencesOf(...asked) },
  });
  return { moments, ask: (...line: string[]) => type(line, fakeHost(application)) };
}

test.each([[["models"]], [["offers"]], [["show", "lab/old"]]])(
  "%j --as-of is answered from then",
  async (line) => {
    const { ask, moments } = past();
    const { code, out } = await ask(...line, "--as-of", "2d", "--known-at", "1d");
    expect([code, out]).toEqual([0, expect.stringContaining("lab/old")]);
    expect(moments).toEqual([{ asOf: NOW - 48 * HOUR_MS, knownAt: NOW - 24 * HOUR_MS }]);
    expect((await ask(...line, "--as-of", "later")).code).toBe(2);
  },
);

test("a history shows steps that look the same as one, and says that there were more", async () => {
  const prices = [{ meter: "input", unit: "token", usd: "0.000001" }] as const;
  const step = (from: number, to: number | undefined, outputTokensMax: number, usd = "0.000001") => ({
    from: NOW + from * HOUR_MS,
    ...(to === undefined ? {} : { to: NOW + to * HOUR_MS }),
    facts: { billing: "metered", prices: [{ ...prices[0], usd }], outputTokensMax } as const,
    cause: "upstream" as const,
  });
  const steps = [
    step(-9, -8, 1),
    step(-8, -6, 2),
    step(-6, -5, 2, "0.000002"),
    step(-3, undefined, 2, "0.000002"),
  ];
  const provenance = {
    ...fakeApplication().provenance,
    history: async (ids: readonly string[]) => ids.slice(0, 1).map((id) => ({ id, steps })),
  };
  const { out } = await type(["history", "openai/gpt-oss-120b"], fakeHost(fakeApplication({ provenance })));
  const spans = out.match(/2026-08-05 \d\d:00 +(2026-08-05 \d\d:00|now)/g);
  expect(spans?.map((span) => span.replaceAll(/2026-08-05 | (?= )/g, ""))).toEqual([
    "03:00 06:00",
    "06:00 07:00",
    "09:00 now",
  ]);
  expect(out).toContain("4 steps of 1 offer; 1 of them changed what only --json shows");
});

test("diff with a single state compares it with now", async () => {
  const { ask, moments } = past();
  expect((await ask("diff", "2d")).code).toBe(0);
  expect(moments.map(({ asOf }) => asOf)).toEqual([NOW - 48 * HOUR_MS, NOW]);
});

test("diff compares two moments, or two revisions as they were known", async () => {
  const { ask, moments } = past();
  const { code, out } = await ask("diff", "2d", "7", "--gateway", "groq");
  expect([code, out]).toEqual([0, expect.stringContaining("context_tokens: 1 → 2")]);
  expect(out).toContain("1 difference between 2026-08-03T12:00:00Z and 2026-08-05T11:00:00Z");
  expect(moments).toEqual([
    { asOf: NOW - 48 * HOUR_MS, knownAt: NOW },
    { asOf: NOW - HOUR_MS, knownAt: NOW - HOUR_MS },
  ]);
  const { data } = JSON.parse((await ask("diff", "2d", "7", "--json")).out);
  expect(data.length).toBe(2);
  const unknown = await ask("diff", "2d", "8");
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("there is no revision 8")]);
});
