/** What several sources say of one offer, from the ledger to the document: gaps, contradictions, what lasts, and how right a price list is. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accuracyOf } from "../../src/publish/accuracy.ts";
import { explained, offersAt } from "../../src/publish/provenance.ts";
import { metered, MINUTE_MS, model, openHouse, type House } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const ID = "groq/unstated/lab/a";

async function offer() {
  const now = house.runtime.now();
  return (await offersAt(house.publishing, [ID], now, now))[0];
}

function theirs(usd: string, nativeId = "lab/a") {
  return { ...metered(nativeId, usd), gateway: "groq" };
}

async function conflicts() {
  const found = await house.ledger.findings({ kind: "conflict", limit: 99 });
  return found.map(({ source, subject, message }) => [source, subject, message]);
}

describe("a value that is left out", () => {
  test("stays for three whole runs, goes then, and is a change on that day alone", async () => {
    await house.says("groq", [model("lab/a", { contextTokens: 8_192 }), model("lab/b")]);
    await house.publish();
    for (let run = 1; run <= 3; run += 1) {
      await house.says("groq", [model("lab/a"), model("lab/b")]);
      expect((await house.publish()).changes, `run ${run}`).toBe(0);
      expect((await offer())?.facts.contextTokens).toBe(8_192);
    }
    await house.says("groq", [model("lab/a"), model("lab/b")]);
    expect(await house.publish()).toMatchObject({ isNew: true });
    expect((await offer())?.facts.contextTokens).toBeUndefined();
    const changes = await house.ledger.changes({ limit: 99, subject: "offer" });
    expect(changes.map(({ subjectId, fields }) => [subjectId, fields.map(({ field }) => field)])).toEqual([
      [ID, ["context_tokens"]],
    ]);
  });

  test("of a life's end is called off at once", async () => {
    await house.says("groq", [model("lab/a", { endsAt: house.runtime.now() }), model("lab/b")]);
    await house.says("groq", [model("lab/a"), model("lab/b")]);
    expect((await offer())?.facts.endsAt).toBeUndefined();
  });
});

describe("a contradiction", () => {
  test("is a finding at the publish that meets it, and closed by the one that does not", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), model("lab/b")]);
    await house.says("genai-prices", [theirs("0.000003")]);
    await house.publish();
    expect(await conflicts()).toEqual([
      ["genai-prices", ID, "input: groq says $1 per million tokens, genai-prices $3 per million tokens"],
    ]);
    expect((await offer())?.facts.prices?.[0]?.usd).toBe("0.000001");
    await house.says("genai-prices", [theirs("0.000001")]);
    await house.publish();
    expect(await conflicts()).toEqual([]);
  });
});

describe("who says so", () => {
  test("is known of each field, since when, and as it was known at a moment", async () => {
    await house.says("groq", [model("lab/a", { contextTokens: 8_192 }), model("lab/b")]);
    const first = house.runtime.now();
    await house.says("genai-prices", [theirs("0.000003")]);
    await house.says("groq", [model("lab/a", { contextTokens: 8_192, license: "mit" }), model("lab/b")]);
    const second = house.runtime.now();
    const words = await explained(house.publishing, "lab/a", [ID], second);
    expect(words.offers.get(ID)?.get("contextTokens")).toEqual([
      { value: 8_192, source: "groq", since: first, observedAt: second },
    ]);
    expect(
      words.offers
        .get(ID)
        ?.get("prices")
        ?.map(({ source }) => source),
    ).toEqual(["genai-prices"]);
    expect(words.model.get("license")).toMatchObject([{ value: "mit", offer: ID, since: second }]);
    const before = await explained(house.publishing, "lab/a", [ID], first);
    expect(before.model.has("license")).toBe(false);
    expect(before.offers.get(ID)?.has("prices")).toBe(false);
  });

  test("offers are told as they were, and those that were not there are not", async () => {
    await house.says("groq", [metered("lab/a", "0.000001")]);
    const then = house.runtime.now();
    await house.says("groq", [metered("lab/a", "0.000002"), metered("lab/b", "0.000009")]);
    const now = house.runtime.now();
    const keys = [ID, "groq/unstated/lab/b"];
    const prices = async (at: number) =>
      (await offersAt(house.publishing, keys, at, now)).map(({ id, facts }) => [id, facts.prices?.[0]?.usd]);
    expect(await prices(then)).toEqual([[ID, "0.000001"]]);
    expect(await prices(now)).toEqual([
      [ID, "0.000002"],
      ["groq/unstated/lab/b", "0.000009"],
    ]);
  });
});

describe("accuracy", () => {
  test("of a third party is measured by the gateway's own list as it was nearest its date", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000002"), model("lab/c")]);
    await house.says("groq", [metered("lab/a", "0.000005"), metered("lab/b", "0.000002"), model("lab/c")]);
    await house.says("genai-prices", [
      theirs("0.000001"),
      theirs("0.00000201", "lab/b"),
      theirs("0.000003", "lab/c"),
      theirs("0.000003", "lab/gone"),
      { ...metered("x", "0.000001"), gateway: "nobody-reads-it" },
      { ...model("lab/d"), gateway: "groq" },
    ]);
    const said = house.runtime.now();
    // What the gateway says later is no measure of what was said before.
    await house.says("groq", [metered("lab/a", "0.000009"), metered("lab/b", "0.000002"), model("lab/c")]);
    const found = await accuracyOf(house.publishing, "genai-prices", house.runtime.now());
    expect(found).toMatchObject({
      authority: "third-party",
      at: said,
      compared: 2,
      differing: 2,
      wrong: 1,
      onceTrue: 1,
      unpriced: 1,
      unlisted: 1,
      unread: 1,
    });
    expect(found.differences).toMatchObject([
      { offer: ID, meter: "input", says: "1", is: "5", isWrong: true, wasOnceTrue: true, reference: "groq" },
      { offer: "groq/unstated/lab/b", says: "2.01", is: "2", isWrong: false },
    ]);
    expect(found.differences[0]?.referenceAt).toBe(said);
  });

  test("of a list that was read later is measured by what it said first", async () => {
    await house.says("genai-prices", [theirs("0.000001")]);
    house.runtime.advance(MINUTE_MS);
    await house.says("groq", [metered("lab/a", "0.000002")]);
    await house.says("groq", [metered("lab/a", "0.000001")]);
    const found = await accuracyOf(house.publishing, "genai-prices", house.runtime.now());
    expect(found.differences).toMatchObject([{ says: "1", is: "2", wasOnceTrue: true }]);
  });

  test("of an own list is measured by what is served", async () => {
    await house.says("groq", [metered("lab/a", "0.000001")]);
    await house.says("genai-prices", [theirs("0.000003")]);
    expect(await accuracyOf(house.publishing, "groq", house.runtime.now())).toMatchObject({
      authority: "own",
      compared: 1,
      differing: 0,
    });
  });
});
