/** Numbers over time as the doors show them: two days of two gateways, one of which is known since the second. */
import type { Stats, StatsPoint } from "../../../src/domain/stats.ts";

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 7, 3);

function point(day: number, counts: Partial<StatsPoint>): StatsPoint {
  const from = FIRST + day * DAY_MS;
  return {
    from,
    to: from + DAY_MS,
    models: 1,
    offers: 2,
    appeared: 0,
    vanished: 0,
    adjusted: 0,
    cheaper: 0,
    dearer: 0,
    billing: { metered: 1, free: 0, subscription: 0, dynamic: 0, unknown: 1 },
    readings: 1,
    ...counts,
  };
}

const LEVEL = { offers: 1, p25: "0.1", median: "0.15", p75: "0.2" };

const GROQ = [
  point(0, { appeared: 1, input: LEVEL, output: { ...LEVEL, median: "0.75" } }),
  point(1, { offers: 1, vanished: 1_001, dearer: 2, readings: 0 }),
];
const XAI = [point(1, { adjusted: 2, cheaper: 1 })];

export const SOME_STATS: Stats = {
  all: [
    GROQ[0] ?? point(0, {}),
    point(1, { offers: 3, vanished: 1_001, adjusted: 2, cheaper: 1, dearer: 2 }),
  ],
  gateways: [
    { gateway: "groq", points: GROQ },
    { gateway: "xai", points: XAI },
  ],
};
