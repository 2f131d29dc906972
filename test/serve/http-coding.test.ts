/** How answers travel: the coding that a caller takes, a tag for each, and the same words in all of them. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { codingFor } from "../../src/serve/http/coding.ts";
import { createReadyAnswers, type Ready } from "../../src/serve/http/ready.ts";
import { smallShelf } from "./support/catalog.ts";
import { served, type Served } from "./support/server.ts";

const DECODE = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync } as const;

async function get(url: string, accepted?: string, server: Served = served()) {
  return server.inject({ url, headers: accepted === undefined ? {} : { "accept-encoding": accepted } });
}

describe("what Accept-Encoding asks for", () => {
  test.each([
    [undefined, "identity"],
    ["", "identity"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["gzip;q=0.5, zstd;q=0.9", "zstd"],
    ["br;q=0, gzip", "gzip"],
    ["*", "br"],
    ["*;q=0", "identity"],
    ["identity, gzip;q=0.5", "identity"],
    ["x-gzip", "gzip"],
    ["GZIP", "gzip"],
    ["gzip;q=nonsense", "identity"],
    ["snappy", "identity"],
  ])("%s is %s", (accepted, coding) => {
    expect(codingFor(accepted)).toBe(coding);
  });
});

describe("an answer", () => {
  test.each(["br", "gzip", "zstd"] as const)("in %s says the same, and says that it is", async (coding) => {
    for (const url of ["/v1/offers", "/v1/sources", "/openapi.json", "/docs"]) {
      const plain = await get(url);
      const coded = await get(url, coding);
      expect(coded.headers["content-encoding"]).toBe(coding);
      expect(DECODE[coding](coded.rawPayload).toString()).toBe(plain.body);
      expect(Number(coded.headers["content-length"])).toBe(coded.rawPayload.length);
      expect(coded.rawPayload.length).toBeLessThan(plain.rawPayload.length);
      expect(coded.headers.vary).toContain("Accept-Encoding");
    }
  });

  test("has another tag in another coding, and 304 goes by that one", async () => {
    for (const url of ["/v1/offers", "/v1/sources", "/openapi.json"]) {
      const tags = await Promise.all(
        [undefined, "br", "gzip", "zstd"].map(async (coding) =>
          String((await get(url, coding)).headers.etag),
        ),
      );
      expect(new Set(tags).size).toBe(4);
      const [plain = "", br = ""] = tags;
      const ask = (tag: string) =>
        served().inject({ url, headers: { "accept-encoding": "br", "if-none-match": tag } });
      expect((await ask(br)).statusCode).toBe(304);
      expect((await ask(plain)).statusCode).toBe(200);
    }
  });

  test("of a few bytes is not compressed", async () => {
    expect((await get("/v1/models?q=nothing+like+it", "br")).headers).not.toHaveProperty("content-encoding");
  });

  test("is the same when it is asked for again, in every coding, and with a 304 and a HEAD between", async () => {
    const server = served();
    for (const coding of ["br", "gzip", "zstd", undefined, "br"]) {
      const first = await get("/v1/offers", coding, server);
      const headers = coding === undefined ? {} : { "accept-encoding": coding };
      const tag = String(first.headers.etag);
      const known = await server.inject({
        url: "/v1/offers",
        headers: { ...headers, "if-none-match": tag },
      });
      const head = await server.inject({ method: "HEAD", url: "/v1/offers", headers });
      const again = await get("/v1/offers", coding, server);
      expect([known.statusCode, known.body, head.body]).toEqual([304, "", ""]);
      expect(head.headers["content-length"]).toBe(first.headers["content-length"]);
      expect(again.rawPayload).toEqual(first.rawPayload);
      expect({ ...again.headers, date: "" }).toEqual({ ...first.headers, date: "" });
    }
  });
});

describe("ready answers", () => {
  const shelf = smallShelf();
  const answer = (length: number): Ready => ({
    status: 200,
    type: "application/json",
    coding: "identity",
    tag: '"a"',
    body: Buffer.alloc(length),
  });

  test("are made once for all who ask at once", async () => {
    const ready = createReadyAnswers(1_000);
    ready.peek("a", shelf);
    let made = 0;
    const make = async () => {
      made += 1;
      return answer(10);
    };
    await Promise.all(Array.from({ length: 50 }, () => ready.get("a", shelf, make)));
    expect(made).toBe(1);
  });

  test("one that could not be made is made again by whoever asks next", async () => {
    const ready = createReadyAnswers(1_000);
    ready.peek("a", shelf);
    const failing = ready.get("a", shelf, () => Promise.reject(new Error("out of memory")));
    await expect(failing).rejects.toThrow("out of memory");
    expect((await ready.get("a", shelf, async () => answer(7))).body).toHaveLength(7);
  });

  test("are those of the shelf that is out, and no others", async () => {
    const ready = createReadyAnswers(1_000);
    ready.peek("a", shelf);
    await ready.get("a", shelf, async () => answer(1));
    expect(ready.peek("a", shelf)).toBeDefined();
    const next = smallShelf(8);
    await ready.get("a", next, async () => answer(2));
    expect(ready.peek("a", shelf)?.body).toHaveLength(1);
    expect(ready.peek("a", next)).toBeUndefined();
    expect(ready.peek("a", shelf)).toBeUndefined();
  });

  test("stay within their bound: the least asked go, and one that is too large is never kept", async () => {
    const ready = createReadyAnswers(1_000);
    ready.peek("a", shelf);
    for (const key of ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
      await ready.get(key, shelf, async () => answer(100));
    expect(ready.peek("a", shelf)).toBeDefined();
    await ready.get("k", shelf, async () => answer(100));
    expect(ready.peek("b", shelf)).toBeUndefined();
    expect(ready.peek("a", shelf)).toBeDefined();
    await ready.get("large", shelf, async () => answer(101));
    expect(ready.peek("large", shelf)).toBeUndefined();
  });
});
