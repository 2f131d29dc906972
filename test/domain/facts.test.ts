import { array, assert, boolean, constantFrom, integer, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldChanges, TOPICS, topicsOf } from "../../src/domain/change.ts";
import { factsText, type Facts } from "../../src/domain/listing.ts";
import { offerId, parseOfferId } from "../../src/domain/offer.ts";

const documents = record(
  {
    name: string(),
    context_tokens: integer({ min: 1 }),
    prices: array(record({ meter: constantFrom("input", "output"), usd: string() })),
    capabilities: record({ tools: boolean() }, { requiredKeys: [] }),
    status: constantFrom("live", "preview"),
    last_seen: string(),
  },
  { requiredKeys: [] },
);

describe("facts as a text", () => {
  test("are the same text in any order of fields and prices, and without what is absent", () => {
    const price = (usd: string, meter: "input" | "output") => ({ meter, unit: "token", usd }) as const;
    const one: Facts = { name: "a", contextTokens: 8, prices: [price("1", "input"), price("2", "output")] };
    const two: Facts = { prices: [price("2", "output"), price("1", "input")], contextTokens: 8, name: "a" };
    expect(factsText(two)).toBe(factsText(one));
    expect(factsText({ name: "b" })).not.toBe(factsText({ name: "a" }));
    expect(factsText({})).toBe("{}");
  });

  test("are read back as they were", () => {
    assert(
      property(record({ name: string(), contextTokens: integer() }), (facts) => {
        expect(JSON.parse(factsText(facts))).toEqual(facts);
      }),
    );
  });
});

describe("changes between two documents", () => {
  test("a document does not differ from itself", () => {
    assert(
      property(documents, (document) => {
        expect(fieldChanges(document, structuredClone(document))).toEqual([]);
      }),
    );
  });

  test("applied to the one before they make the one after, but for when we looked", () => {
    assert(
      property(documents, documents, (before, after) => {
        const made: { [field: string]: unknown } = { ...before };
        for (const change of fieldChanges(before, after)) {
          if ("after" in change) made[change.field] = change.after;
          else delete made[change.field];
        }
        expect({ ...made, last_seen: 0 }).toEqual({ ...after, last_seen: 0 });
      }),
    );
  });

  test("there and back are each other's reverse", () => {
    assert(
      property(documents, documents, (before, after) => {
        const turned = fieldChanges(after, before).map(({ field, ...values }) => ({
          field,
          ...("after" in values ? { before: values.after } : {}),
          ...("before" in values ? { after: values.before } : {}),
        }));
        expect(turned).toEqual(fieldChanges(before, after));
      }),
    );
  });

  test("every field has a topic, and a field that nobody foresaw is `other`", () => {
    expect(topicsOf([{ field: "prices" }, { field: "context_tokens" }, { field: "billing" }])).toEqual([
      "price",
      "limits",
    ]);
    expect(topicsOf([{ field: "constructor" }])).toEqual(["other"]);
    assert(
      property(string(), (field) => {
        expect(TOPICS).toEqual(expect.arrayContaining([...topicsOf([{ field }])]));
      }),
    );
  });
});

test("an offer's id names its key, whatever the native id holds", () => {
  const named = string({ minLength: 1 }).filter((text) => !text.includes("/"));
  assert(
    property(named, named, string({ minLength: 1 }), (gateway, provider, nativeId) => {
      expect(parseOfferId(offerId({ gateway, provider, nativeId }))).toEqual({ gateway, provider, nativeId });
    }),
  );
  for (const id of ["", "a", "a/b", "a/b/", "/b/c", "a//c"]) expect(parseOfferId(id)).toBeUndefined();
});
