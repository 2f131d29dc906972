/** Numbers over time of an imported past: every point is what a list as of its end says. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newHome, type Home, type Served } from "./program.ts";
import { directory } from "./recorded.ts";

/** A point as far as this test looks into it. */
interface Point {
  readonly from: string;
  readonly to: string;
  readonly offers: number;
  readonly models: number;
  readonly appeared: number;
  readonly vanished: number;
  readonly adjusted: number;
  readonly readings: number;
}

interface Stats {
  readonly points: readonly Point[];
  readonly gateways: readonly { readonly id: string; readonly points: readonly Point[] }[];
}

const GATEWAYS = ["chutes", "xai"];
const QUESTION = "since=2025-07-01&until=2026-08-10&gateway=chutes,xai";
const IMPORT_MS_MAX = 120_000;

let home: Home;
let served: Served;

beforeAll(async () => {
  home = newHome({ MODELDEX_SOURCES: "xai" });
  await home.run(["import", directory(), "--source", GATEWAYS.join(",")]);
  served = await home.serve();
}, IMPORT_MS_MAX);

afterAll(async () => {
  await served.stop();
  home.drop();
});

async function stats(interval: "week" | "month"): Promise<Stats> {
  // Another document than the lists that these tests else read.
  return (await served.get(`/v1/stats?${QUESTION}&interval=${interval}`)) as unknown as Stats;
}

describe.each(["week", "month"] as const)("each %s", (interval) => {
  test("has the offers and the models of the list as of its end", async () => {
    const { gateways } = await stats(interval);
    expect(gateways.map(({ id }) => id)).toEqual(GATEWAYS);
    for (const { id, points } of gateways) {
      expect(points.length).toBeGreaterThan(1);
      for (const { to, offers, models } of points) {
        const list = (of: string) => served.get(`/v1/${of}?gateway=${id}&as_of=${to}&limit=1`);
        const totals = [(await list("offers")).total, (await list("models")).total];
        expect([offers, models], `${id} at ${to}`).toEqual(totals);
      }
    }
  });

  test("has the offers of the one before, with what came and without what went", async () => {
    const { points, gateways } = await stats(interval);
    for (const its of [points, ...gateways.map((one) => one.points)]) {
      const sums = its.map(
        ({ appeared, vanished, adjusted }, index) =>
          (its[index - 1]?.offers ?? 0) + appeared - vanished + adjusted,
      );
      expect(sums).toEqual(its.map(({ offers }) => offers));
    }
  });
});
