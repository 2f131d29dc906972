import { describe, expect, test } from "vitest";
import {
  cursor,
  linkHeader,
  nextUrl,
  offset,
  pageNumber,
  pageToken,
  singlePage,
  valueAt,
  type Paging,
} from "../../src/kit/paging.ts";

const AT = "https://api.example/v1/models?limit=2";

/** The next address after this page, or nothing. */
function next(
  paging: Paging,
  page: { readonly body?: unknown; readonly items?: number; readonly url?: string; readonly link?: string },
): string | undefined {
  const url = new URL(page.url ?? AT);
  const headers: { readonly [name: string]: string } = page.link === undefined ? {} : { link: page.link };
  const items = Array.from({ length: page.items ?? 2 }, () => ({}));
  return (
    paging.nextFromHeaders?.(url, headers) ??
    paging.nextFromPage?.({ url, headers, body: page.body ?? {}, items })
  )?.href;
}

test("a single page has no next", () => expect(next(singlePage, { body: { next: AT } })).toBeUndefined());

describe("Link", () => {
  const paging = linkHeader();
  test.each([
    ['<https://api.example/v1/models?page=2>; rel="next"', "https://api.example/v1/models?page=2"],
    ["</v1/models?page=2>; rel=next", "https://api.example/v1/models?page=2"],
    ['<?page=2>; rel="next"', "https://api.example/v1/models?page=2"],
    ['<?page=1>; rel="prev", <?page=3>; rel="next"', "https://api.example/v1/models?page=3"],
    ['<?page=3>; title="a, b"; rel="next"', "https://api.example/v1/models?page=3"],
    ['<?page=3>; rel="last next"', "https://api.example/v1/models?page=3"],
    ["<?page=3> ; REL = next", "https://api.example/v1/models?page=3"],
    ["<http://>; rel=next", "invalid:"],
  ])("%s", (link, url) => expect(next(paging, { link })).toBe(url));

  test.each([
    undefined,
    "",
    '<?page=1>; rel="prev"',
    '<?page=2>; rel="nextish"',
    "?page=2; rel=next",
    "<?page=2>",
  ])("%s names none", (link) => expect(next(paging, link === undefined ? {} : { link })).toBeUndefined());
});

describe("a cursor", () => {
  const paging = cursor({ parameter: "after_id", at: "last_id", more: "has_more" });
  test("is put into the same request", () =>
    expect(next(paging, { body: { has_more: true, last_id: "a/b c" } })).toBe(`${AT}&after_id=a%2Fb+c`));
  test("replaces the one before", () =>
    expect(next(paging, { url: `${AT}&after_id=1`, body: { has_more: true, last_id: 2 } })).toBe(
      `${AT}&after_id=2`,
    ));
  test.each([
    {},
    { has_more: false, last_id: "x" },
    { has_more: "true", last_id: "x" },
    { has_more: true },
    { has_more: true, last_id: "" },
    { has_more: true, last_id: {} },
  ])("%j ends the list", (body) => expect(next(paging, { body })).toBeUndefined());
});

describe("a page token", () => {
  const paging = pageToken({ parameter: "pageToken", at: "meta.next" });
  test("is put into the same request", () =>
    expect(next(paging, { body: { meta: { next: "t2" } } })).toBe(`${AT}&pageToken=t2`));
  test.each([
    {},
    { meta: null },
    { meta: { next: "" } },
    { meta: { next: null } },
    { meta: { next: ["t"] } },
  ])("%j ends the list", (body) => expect(next(paging, { body })).toBeUndefined());
});

describe("a page number", () => {
  const stated = pageNumber({ parameter: "page", first: 1, pages: "pages", pageSize: 2 });
  const unstated = pageNumber({ parameter: "page", first: 0, pageSize: 2 });
  test.each([
    ["the first of two", stated, { url: `${AT}&page=1`, body: { pages: 2 } }, `${AT}&page=2`],
    ["the last of two", stated, { url: `${AT}&page=2`, body: { pages: 2 } }, undefined],
    ["past the last", stated, { url: `${AT}&page=3`, body: { pages: 2 } }, undefined],
    ["no number stated, a full page", stated, { url: `${AT}&page=1`, body: { pages: "2" } }, `${AT}&page=2`],
    ["a full page, counted from 0", unstated, { url: `${AT}&page=0` }, `${AT}&page=1`],
    ["a short page", unstated, { url: `${AT}&page=1`, items: 1 }, undefined],
    ["an empty page", unstated, { url: `${AT}&page=2`, items: 0 }, undefined],
  ] as const)("%s", (_name, paging, page, url) => expect(next(paging, page)).toBe(url));
});

describe("an offset", () => {
  const paging = offset({ parameter: "offset", limit: "limit", pageSize: 2 });
  test("begins at 0 and asks for a full page", () =>
    expect(paging.query).toEqual({ offset: "0", limit: "2" }));
  test.each([
    ["a full page", { url: `${AT}&offset=2` }, `${AT}&offset=4`],
    ["more than was asked for", { url: `${AT}&offset=2`, items: 5 }, `${AT}&offset=7`],
    ["a short page", { url: `${AT}&offset=2`, items: 1 }, undefined],
    ["an empty page", { url: `${AT}&offset=2`, items: 0 }, undefined],
  ] as const)("%s", (_name, page, url) => expect(next(paging, page)).toBe(url));
});

describe("a next address in the body", () => {
  const paging = nextUrl({ at: "next" });
  test.each([
    [{ next: "https://api.example/v1/models?page=2" }, "https://api.example/v1/models?page=2"],
    [{ next: "/v2" }, "https://api.example/v2"],
    [{ next: "//evil.example/" }, "https://evil.example/"],
    [{ next: "http://" }, "invalid:"],
    [{ next: null }, undefined],
    [{ next: "" }, undefined],
    [{ next: 2 }, undefined],
    [{}, undefined],
  ])("%j", (body, url) => expect(next(paging, { body })).toBe(url));
});

test("a value is looked for among a body's own fields only", () => {
  expect(valueAt({ a: { b: [1, 2] } }, "a.b.1")).toBe(2);
  expect(valueAt([1], "")).toEqual([1]);
  for (const path of ["__proto__", "constructor", "toString", "a.constructor", "b", "a.b.c"])
    expect(valueAt({ a: {} }, path)).toBeUndefined();
  for (const body of [null, undefined, 1, "text"]) expect(valueAt(body, "length")).toBeUndefined();
});
