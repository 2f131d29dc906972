/** The rules against the table of pairs: nothing that is two is called one. */
import { describe, expect, test } from "vitest";
import { judgePairs, PAIRS, scoreOf } from "./pairs.ts";

const PAIRS_MIN = 300;
const PRECISION_MIN = 0.99;
const RECALL_MIN = 0.85;

describe("the table of pairs", () => {
  const judged = judgePairs();
  const score = scoreOf(judged);

  test(`holds at least ${PAIRS_MIN} pairs, none of them twice`, () => {
    expect(PAIRS.length).toBeGreaterThanOrEqual(PAIRS_MIN);
    expect(new Set(PAIRS.map(({ line }) => line)).size).toBe(PAIRS.length);
  });

  test(`is linked with a precision of at least ${PRECISION_MIN}`, () => {
    expect(score.precision).toBeGreaterThanOrEqual(PRECISION_MIN);
  });

  test(`is linked with a recall of at least ${RECALL_MIN}, and as many variants are found`, () => {
    expect(score.recall).toBeGreaterThanOrEqual(RECALL_MIN);
    expect(score.variantRecall).toBeGreaterThanOrEqual(RECALL_MIN);
  });

  test("has no near-twins that are called one model", () => {
    const merged = judged.filter(({ verdict, found }) => verdict !== "same" && found === "same");
    expect(merged.map(({ line, links: [link] }) => `${line}: ${link?.rule} ${link?.model}`)).toEqual([]);
  });

  test("has no different models that are called variants of one another", () => {
    const varied = judged.filter(({ verdict, found }) => verdict === "different" && found === "variant");
    expect(varied.map(({ line }) => line)).toEqual([]);
  });
});
