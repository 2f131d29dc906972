/** A body within its bounds: decompressed, counted, cut off where it grows too large or takes too long. */
import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { WorldError } from "../domain/errors.ts";
import type { Limits } from "./limits.ts";
import type { WireAnswer } from "./transport.ts";

/** What we say that we can read. */
export const ACCEPT_ENCODING = "br, gzip, deflate, zstd";

const DECODERS: { readonly [encoding: string]: () => NodeJS.ReadWriteStream & AsyncIterable<Uint8Array> } = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
  zstd: createZstdDecompress,
};

/** Smaller bodies may grow as they like. */
const BOMB_BYTES_MIN = 1024 * 1024;

/** The whole body, or a `WorldError`: too-large, bad-encoding, body-cut, timeout. */
export async function readBody(
  answer: WireAnswer,
  { bodyBytesMax: bytesMax, expansionMax }: Pick<Limits, "bodyBytesMax" | "expansionMax">,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (Number(answer.headers["content-length"] ?? 0) > bytesMax) {
    await cancel(answer);
    throw tooLarge(bytesMax);
  }
  const wire = { bytes: 0 };
  const decoder = decoderOf(answer, wire);
  if (decoder instanceof WorldError) {
    await cancel(answer);
    throw decoder;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of untilAborted(decoder, signal)) {
      size += chunk.length;
      if (size > bytesMax) throw tooLarge(bytesMax);
      if (wire.bytes > 0 && size > Math.max(BOMB_BYTES_MIN, wire.bytes * expansionMax))
        throw new WorldError("too-large", `it grows to more than ${expansionMax} times its size`);
      chunks.push(chunk);
    }
  } catch (error) {
    // Not awaited: a body that hangs would hang its own cancelling too.
    cancel(answer).catch(() => undefined);
    throw error;
  }
  return Buffer.concat(chunks, size);
}

/** Lets go of a body that nobody will read. */
export async function cancel(answer: WireAnswer): Promise<void> {
  if (answer.body instanceof Readable) {
    answer.body.on("error", () => undefined).destroy();
    return;
  }
  await answer.body[Symbol.asyncIterator]().return?.(undefined);
}

/** What a compressed body had on the wire is counted in `wire`. */
function decoderOf(answer: WireAnswer, wire: { bytes: number }): AsyncIterable<Uint8Array> | WorldError {
  const encoding = (answer.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return answer.body;
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  if (decoder === undefined)
    return new WorldError("bad-encoding", `content-encoding ${encoding.slice(0, 40)}`);
  // The error of either side reaches the reader of the decoder; the callback only marks it as handled.
  pipeline(Readable.from(counted(answer.body, wire), { objectMode: false }), decoder, () => undefined);
  return readable(decoder);
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  wire: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    wire.bytes += chunk.length;
    yield chunk;
  }
}

/** A stream that cannot be decompressed is bad data; one that broke on its way is a cut body. */
async function* readable(decoder: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* decoder;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (/^(Z_|ERR_|BROTLI|ZSTD)/.test(code) && !code.startsWith("ERR_STREAM"))
      throw new WorldError("bad-encoding", code);
    throw error;
  }
}

/** Ends with the signal's reason even where the stream itself never answers. */
async function* untilAborted(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => undefined);
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  let finished = false;
  try {
    while (true) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) {
        finished = true;
        return;
      }
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    // Not awaited: a stream that hangs would hang its own cancelling too.
    if (!finished) iterator.return?.(undefined).catch(() => undefined);
  }
}

function tooLarge(bytesMax: number): WorldError {
  return new WorldError("too-large", `more than ${bytesMax} bytes`);
}
