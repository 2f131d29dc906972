import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { ID_LENGTH_MAX, idFault, storableText } from "../../src/domain/text.ts";

describe("an id", () => {
  test.each([
    "lab/name",
    "__proto__",
    "constructor",
    "../../etc/passwd",
    "=cmd()",
    "\u202eevil",
    "a\u200bb",
    "é",
    "e\u0301",
    "😀",
    "x".repeat(ID_LENGTH_MAX),
  ])("%j is kept as it is spelled", (id) => {
    expect(idFault(id)).toBeUndefined();
  });

  test.each([
    "",
    " a",
    "a ",
    "a\nb",
    "a\u0000b",
    "\ud800",
    "a\udc00",
    "a\u0085b",
    "x".repeat(ID_LENGTH_MAX + 1),
  ])("%j names nothing", (id) => {
    expect(idFault(id)).toBeDefined();
  });
});

describe("a text", () => {
  test("that can be stored is well-formed, trimmed, bounded and without control characters", () => {
    assert(
      property(string({ unit: "binary", maxLength: 5_000 }), (text) => {
        const stored = storableText(text) ?? "x";
        expect(stored.isWellFormed()).toBe(true);
        expect(stored).toBe(stored.trim());
        expect(stored.length).toBeLessThanOrEqual(4_000);
        expect(stored.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 30 },
    );
  });

  test("that is stored once stays as it is", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        const once = storableText(text);
        expect(once === undefined ? undefined : storableText(once)).toBe(once);
      }),
    );
  });

  test("of which nothing is left is absent", () => {
    for (const text of ["", "  ", "\u0000", "\r\n"]) expect(storableText(text)).toBeUndefined();
  });
});
