/** Lines of a price history: steps that last until they end, and gaps where nothing was stated. */
import { expect, test } from "vitest";
import { priceSeries } from "../../web/src/pages/model/price-series.ts";

const NOW = Date.parse("2026-08-10T00:00:00Z");
const at = (day: number) => `2026-08-0${day}T00:00:00Z`;
const seconds = (day: number) => Date.parse(at(day)) / 1_000;
const JUST_BEFORE = 0.001;

function price(perMillion: string, meter = "input") {
  return { meter, unit: "token", usd: "0", per_million: perMillion };
}

test("a price lasts until the next step, and the last one until now", () => {
  const steps = [
    { from: at(1), to: at(3), prices: [price("2")] },
    { from: at(3), prices: [price("1")] },
  ];
  const [line] = priceSeries({ offers: [{ offer: "a", steps }] }, "input", NOW);
  expect(line).toMatchObject({ name: "a", moves: 1, now: "1" });
  expect(line?.at).toEqual([seconds(1), seconds(3) - JUST_BEFORE, seconds(3), NOW / 1_000]);
  expect(line?.values).toEqual([2, 2, 1, 1]);
});

test("where nothing was offered, or no price was stated, there is a gap, and no zero", () => {
  const steps = [
    { from: at(1), to: at(2), prices: [price("2")] },
    { from: at(4), to: at(5) },
    { from: at(5), to: at(6), prices: [price("2")] },
  ];
  const [line] = priceSeries({ offers: [{ offer: "a", steps }] }, "input", NOW);
  expect(line?.at).toEqual(
    [1, 2, 2, 4, 5, 6, 6].map((day, index) => seconds(day) - ([1, 5].includes(index) ? JUST_BEFORE : 0)),
  );
  expect(line?.values).toEqual([2, 2, null, null, 2, 2, null]);
  expect(line).toMatchObject({ moves: 0, isGone: true });
  expect(line).not.toHaveProperty("now");
});

test("an offer that states no price any more is not gone", () => {
  const steps = [{ from: at(1), to: at(2), prices: [price("2")] }, { from: at(2) }];
  const [line] = priceSeries({ offers: [{ offer: "a", steps }] }, "input", NOW);
  expect(line).toMatchObject({ isGone: false });
  expect(line).not.toHaveProperty("now");
});

test("those that moved most go first, then the cheapest; an offer that never stated the price is none of them", () => {
  const steady = (perMillion: string) => [{ from: at(1), prices: [price(perMillion)] }];
  const offers = [
    { offer: "dear", steps: steady("9") },
    { offer: "silent", steps: [{ from: at(1), prices: [price("1", "output")] }] },
    { offer: "cheap", steps: steady("1") },
    {
      offer: "moved",
      steps: [
        { from: at(1), to: at(2), prices: [price("3")] },
        { from: at(2), prices: [price("4")] },
      ],
    },
    { offer: "free", steps: steady("0") },
  ];
  expect(priceSeries({ offers }, "input", NOW).map(({ name }) => name)).toEqual([
    "moved",
    "free",
    "cheap",
    "dear",
  ]);
});
