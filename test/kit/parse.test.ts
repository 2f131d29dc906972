import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { parsePage } from "../../src/kit/parse.ts";

const parse = (body: string | Uint8Array, type = "application/json", limits = LIMITS) =>
  parsePage(Buffer.from(body as string), type, limits);
const code = (name: string) => expect.objectContaining({ code: name });

describe("is read", () => {
  test.each([
    ["plain", '{"data":[]}', "application/json"],
    ["as text", '{"data":[]}', "text/plain"],
    ["behind a byte order mark", '\uFEFF{"data":[]}', "application/json"],
    ["behind blanks", ' \r\n\t{"data":[]} \n', ""],
  ])("%s", (_how, body, type) => expect(parse(body, type)).toEqual({ data: [] }));

  test("braces and brackets inside of texts are no depth", () => {
    const text = "[{".repeat(1_000) + '\\" \\\\';
    expect(parse(JSON.stringify([text, text]))).toEqual([text, text]);
  });

  test("a nesting at the limit", () => {
    const depth = LIMITS.depthMax;
    expect(() => parse("[".repeat(depth) + "]".repeat(depth))).not.toThrow();
    expect(() => parse("[".repeat(depth + 1) + "]".repeat(depth + 1))).toThrow(code("too-deep"));
  });
});

describe("is refused by its name", () => {
  test.each([
    ["html", "<!doctype html>", "application/json"],
    ["html", "  \n<html>", "text/plain"],
    ["html", "[]", "text/html; charset=utf-8"],
    ["html", "[]", " Application/XHTML+xml"],
    ["not-json", "", "application/json"],
    ["not-json", " \n", "application/json"],
    ["not-json", "\uFEFF", "application/json"],
    ["not-json", "[1,2", "application/json"],
    ["not-json", '["abc', "application/json"],
    ["not-json", "[]]", "application/json"],
    ["not-json", "NaN", "application/json"],
    ["not-json", "[1e999999999", "application/json"],
  ])("%s: %j", (name, body, type) => expect(() => parse(body, type)).toThrow(code(name)));

  test.each([
    ["UTF-16", Buffer.from("\uFEFF[]", "utf16le")],
    ["Latin-1", Buffer.from('["é"]', "latin1")],
    ["half a character", Buffer.from('["é').subarray(0, 3)],
  ])("%s", (_encoding, bytes) => expect(() => parse(bytes)).toThrow(code("bad-encoding")));

  test("too many objects, before they cost their memory", () => {
    const limits = { ...LIMITS, objectsMax: 100 };
    expect(() => parse(`[${"{},".repeat(98)}{}]`, undefined, limits)).not.toThrow();
    expect(() => parse(`[${"{},".repeat(99)}{}]`, undefined, limits)).toThrow(code("too-many-items"));
  });
});
