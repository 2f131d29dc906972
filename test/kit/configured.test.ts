import { describe, expect, test } from "vitest";
import * as z from "zod";
import { noAuth } from "../../src/kit/auth.ts";
import { openaiChat } from "../../src/kit/call.ts";
import { configured } from "../../src/kit/configured.ts";
import { mapItem } from "../../src/kit/map.ts";
import { singlePage } from "../../src/kit/paging.ts";
import { placeOf, type Addresses } from "../../src/kit/place.ts";
import { defineSource, type WebSource } from "../../src/kit/source.ts";

function sourceAt(baseUrl: string, path: string, more: Partial<WebSource> = {}): WebSource {
  const source = defineSource({
    id: "far-away",
    title: "Far away",
    docs: "https://example.com/docs",
    gateway: "far-away",
    authority: "own",
    baseUrl,
    auth: noAuth,
    views: [{ name: "models", path }],
    paging: singlePage,
    items: "data",
    item: z.object({ id: z.string() }),
    listings: ({ id }) => [{ nativeId: id, call: openaiChat(`${baseUrl}/v1`, id) }],
  });
  return { ...source, ...more };
}

function addressesWith(url?: string): Addresses {
  return {
    sourceUrls: new Map(url === undefined ? [] : [["far-away", url]]),
    sourceCredentials: new Set(),
    mirrorCredentials: false,
  };
}

function setting(values: { readonly [name: string]: string }) {
  return (names: readonly string[]) => names.map((name) => values[name]).find((value) => value !== undefined);
}

/** What would be asked first, or what is missing. */
function askedUrl(source: WebSource, values: { readonly [name: string]: string } = {}, url?: string): string {
  const addresses = addressesWith(url);
  const found = configured(source, addresses, setting(values));
  if ("missing" in found) return found.missing;
  if (found.source.kind === "package") return "a package";
  const place = placeOf(found.source, addresses);
  return place.asked(place.viewUrl(found.source.views[0].path)).href;
}

describe("an address that names settings", () => {
  const regional = sourceAt("https://models.{FAR_REGION|FAR_DEFAULT_REGION|us-east-1}.example.com", "/list");
  const own = sourceAt("https://api.example.com", "/accounts/{FAR_ACCOUNT_ID}/models");

  test("takes the first of them that is set, else the default", () => {
    expect(askedUrl(regional)).toBe("https://models.us-east-1.example.com/list");
    expect(askedUrl(regional, { FAR_DEFAULT_REGION: "eu-west-1" })).toBe(
      "https://models.eu-west-1.example.com/list",
    );
    expect(askedUrl(regional, { FAR_REGION: "eu-west-2", FAR_DEFAULT_REGION: "eu-west-1" })).toBe(
      "https://models.eu-west-2.example.com/list",
    );
  });

  test("is not asked without one that has no default, and the reason names it", () => {
    expect(askedUrl(own)).toBe("FAR_ACCOUNT_ID is not set");
    expect(askedUrl(own, { FAR_ACCOUNT_ID: "0a1b" })).toBe("https://api.example.com/accounts/0a1b/models");
  });

  test.each(["evil.example/", "a/../b", "..", "a b", "x@evil.example", "%2e", "", "é"])(
    "never leads elsewhere: %j is refused by the setting's name, and not repeated",
    (value) => {
      expect(askedUrl(own, { FAR_ACCOUNT_ID: value })).toBe(
        "FAR_ACCOUNT_ID is not allowed: give letters, digits, - and _",
      );
      expect(askedUrl(regional, { FAR_REGION: value })).toMatch(/^FAR_REGION or .* is not allowed/);
    },
  );

  test("one without braces stays as it is", () => {
    const plain = sourceAt("https://api.example.com/v1", "/models");
    expect(configured(plain, addressesWith(), setting({}))).toEqual({ source: plain });
  });
});

describe("a server of the operator's own", () => {
  const local = sourceAt("http://localhost:4000", "/v1/models", { onlyByAddress: true });

  test("is not asked before its address is set, and the reason names the setting", () => {
    expect(askedUrl(local)).toBe("MODELDEX_SOURCE_URL_FAR_AWAY is not set");
  });

  test.each([
    "http://10.0.0.7:4000",
    "http://10.0.0.7:4000/",
    "http://10.0.0.7:4000/v1",
    "http://10.0.0.7:4000/v1/",
  ])("is asked at %s, with or without what its clients are given behind it", (url) => {
    expect(askedUrl(local, {}, url)).toBe("http://10.0.0.7:4000/v1/models");
  });

  test("keeps an address with a path as it is given, where its own has one", () => {
    const anywhere = sourceAt("http://localhost/v1", "/models", { onlyByAddress: true });
    expect(askedUrl(anywhere, {}, "https://llm.example.com/team/v1")).toBe(
      "https://llm.example.com/team/v1/models",
    );
  });

  test("is called at that address too", () => {
    const found = configured(local, addressesWith("http://10.0.0.7:4000/v1"), setting({}));
    const mapped = "source" in found ? mapItem(found.source, { id: "a" }, "/0") : undefined;
    const [listing] = mapped?.kind === "listed" ? mapped.listings : [];
    expect(listing?.facts.call).toEqual(openaiChat("http://10.0.0.7:4000/v1", "a"));
  });
});
