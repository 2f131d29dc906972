/** Ids that models once had. */
import { expect, test } from "vitest";
import { formerIds, newlyLinked } from "../../src/publish/former-ids.ts";
import type { Link } from "../../src/match/link.ts";

function offer(nativeId: string, model: string) {
  const link: Link = { model, rule: "lab-and-name", evidence: "a test" };
  return { id: `groq/groq/${nativeId}`, gateway: "groq", provider: "groq", nativeId, link };
}

test("an id that a model once had leads to it, over however many others", () => {
  const former = new Map([
    ["groq/groq/a", ["~groq/a", "x-ai/a"]],
    ["groq/groq/b", ["x-ai/a", "xai-org/a"]],
  ]);
  const ids = formerIds([offer("a", "xai-org/A"), offer("b", "xai-org/A")], former);
  expect([...ids]).toEqual([["xai-org/A", ["x-ai/a", "xai-org/a", "~groq/a"]]]);
});

test("the offer that knew of it may be gone", () => {
  const former = new Map([["groq/groq/gone", ["old/a", "lab/a"]]]);
  expect([...formerIds([offer("a", "lab/a")], former)]).toEqual([["lab/a", ["old/a"]]]);
});

test("an id that divided leads to nobody, and one that a model has now is no former one", () => {
  const divided = new Map([
    ["groq/groq/a", ["old/ab"]],
    ["groq/groq/b", ["old/ab"]],
  ]);
  expect([...formerIds([offer("a", "lab/a"), offer("b", "lab/b")], divided)]).toEqual([]);
  const swapped = new Map([["groq/groq/a", ["lab/b"]]]);
  expect([...formerIds([offer("a", "lab/a"), offer("b", "lab/b")], swapped)]).toEqual([]);
});

test("only what is another model than it was is noted; of a new offer, than its native id says", () => {
  const offers = [offer("lab/a", "lab/a"), offer("lab/b", "lab/B"), offer("lab/c", "lab/C")];
  const former = new Map([["groq/groq/lab/c", ["lab/old", "lab/C"]]]);
  expect(newlyLinked(offers, former)).toEqual([
    { gateway: "groq", provider: "groq", nativeId: "lab/b", model: "lab/B" },
  ]);
});
