import { describe, expect, test } from "vitest";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { readBody } from "../../src/kit/body.ts";

const LIMITS = { bodyBytesMax: 4 * 1024 * 1024, expansionMax: 200 };
const TEXT = Buffer.from(JSON.stringify(Array.from({ length: 5_000 }, (_, index) => ({ id: `m-${index}` }))));
const never = new AbortController().signal;

/** The bytes in pieces of `size`. */
async function* pieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (
  body: AsyncIterable<Uint8Array>,
  headers: { readonly [name: string]: string } = {},
  signal = never,
) => readBody({ status: 200, headers, body }, LIMITS, signal);
const code = (name: string) => expect.objectContaining({ code: name });

describe("a body is decompressed", () => {
  test.each([
    ["identity", (bytes: Buffer) => bytes],
    ["", (bytes: Buffer) => bytes],
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    [" GZIP ", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateSync],
    ["zstd", zstdCompressSync],
  ])("%j", async (encoding, compress) => {
    const bytes = await read(pieces(compress(TEXT)), { "content-encoding": encoding });
    expect(Buffer.compare(bytes, TEXT)).toBe(0);
  });

  test.each(["rot13", "gzip, br", "__proto__", "constructor"])("not from %s", async (encoding) => {
    await expect(read(pieces(TEXT), { "content-encoding": encoding })).rejects.toThrow(code("bad-encoding"));
  });

  test.each(["gzip", "br", "deflate", "zstd"])("nor from what only calls itself %s", async (encoding) => {
    await expect(read(pieces(TEXT), { "content-encoding": encoding })).rejects.toThrow(code("bad-encoding"));
  });
});

describe("a body is too large", () => {
  test("by its own word, before a byte of it is read", async () => {
    let wasRead = false;
    const body = (async function* () {
      wasRead = true;
      yield TEXT;
    })();
    await expect(read(body, { "content-length": "4194305" })).rejects.toThrow(code("too-large"));
    expect(wasRead).toBe(false);
  });

  test("by its bytes, and no more of them are read", async () => {
    let sent = 0;
    const endless = (async function* () {
      for (;;) {
        sent += 1;
        yield Buffer.alloc(64 * 1024, " ");
      }
    })();
    await expect(read(endless)).rejects.toThrow(code("too-large"));
    expect(sent).toBeLessThanOrEqual(65);
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("by growing like a bomb: %s", async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(3 * 1024 * 1024, " "));
    await expect(read(pieces(bomb), { "content-encoding": encoding })).rejects.toThrow(/times its size/);
  });

  test("not where a list that repeats itself compresses well", async () => {
    const list = Buffer.from(
      JSON.stringify(
        Array.from({ length: 30_000 }, (_, index) => ({ id: index, object: "model", owned_by: "someone" })),
      ),
    );
    expect((await read(pieces(gzipSync(list)), { "content-encoding": "gzip" })).length).toBe(list.length);
  });
});

describe("a body that stops", () => {
  test.each(["identity", "gzip"])(
    "ends with the signal's reason (%s), though the stream never answers",
    async (encoding) => {
      const stop = new AbortController();
      const stalled: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
      };
      const reading = read(stalled, { "content-encoding": encoding }, stop.signal);
      stop.abort(new Error("enough"));
      await expect(reading).rejects.toThrow("enough");
    },
  );

  test("with an error hands that error on", async () => {
    const broken = (async function* () {
      yield TEXT;
      throw new Error("reset");
    })();
    await expect(read(broken)).rejects.toThrow("reset");
  });
});
