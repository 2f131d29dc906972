/** How an answer travels: which coding a caller takes, and the bytes in it. Compressing happens off the serving thread. */
import { pipeline, type Readable, type Transform } from "node:stream";
import { promisify } from "node:util";
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  zstdCompress,
} from "node:zlib";

/** The smallest first: what is preferred where a caller takes several equally. */
const CODINGS = ["br", "zstd", "gzip"] as const;
export type Coding = (typeof CODINGS)[number] | "identity";

/** `quick` for what is made while somebody waits, `small` for what is made once. */
export type Effort = "quick" | "small";

/** Fewer bytes than this are in one packet anyway. */
const COMPRESSED_FROM_BYTES = 1_024;
/** Callers send a handful of different headers; each is read once. */
const KNOWN_MAX = 1_000;

const QUALITIES = {
  quick: { br: 4, zstd: 3, gzip: 6 },
  small: { br: 11, zstd: 19, gzip: 9 },
} as const satisfies { readonly [effort in Effort]: { readonly [coding in Coding]?: number } };

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);
const gzipped = promisify(gzip);

const known = new Map<string, Coding>();

/** What `Accept-Encoding` asks for, as far as we have it; a caller who refuses everything gets the plain bytes. */
export function codingFor(accepted: string | undefined): Coding {
  if (accepted === undefined) return "identity";
  const before = known.get(accepted);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_MAX) known.clear();
  const chosen = choose(accepted);
  known.set(accepted, chosen);
  return chosen;
}

/** The coding that these bytes travel in, where the caller would take this one: little is not worth it. */
export function codingOf(bytes: Uint8Array, wanted: Coding): Coding {
  return bytes.length < COMPRESSED_FROM_BYTES ? "identity" : wanted;
}

export async function encode(bytes: Buffer, coding: Coding, effort: Effort): Promise<Buffer> {
  const quality = QUALITIES[effort];
  switch (coding) {
    case "br": {
      const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
      return brotli(bytes, {
        params: { [BROTLI_PARAM_QUALITY]: quality.br, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
    }
    case "zstd":
      return zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: quality.zstd } });
    case "gzip":
      return gzipped(bytes, { level: quality.gzip });
    case "identity":
      return bytes;
  }
}

/** A stream in this coding; what goes wrong in the one ends the other. */
export function encodeStream(plain: Readable, coding: Coding): Readable {
  switch (coding) {
    case "br":
      return through(
        plain,
        createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: QUALITIES.quick.br } }),
      );
    case "zstd":
      return through(
        plain,
        createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: QUALITIES.quick.zstd } }),
      );
    case "gzip":
      return through(plain, createGzip());
    case "identity":
      return plain;
  }
}

function through(plain: Readable, encoder: Transform): Readable {
  // The error reaches whoever reads the encoder.
  pipeline(plain, encoder, () => undefined);
  return encoder;
}

function choose(accepted: string): Coding {
  const weights = weightsOf(accepted);
  const weigh = (coding: string) => weights.get(coding) ?? weights.get("*") ?? 0;
  const [best] = CODINGS.map((coding) => ({ coding, weight: weigh(coding) })).toSorted(
    (a, b) => b.weight - a.weight,
  );
  if (best === undefined || best.weight === 0) return "identity";
  return (weights.get("identity") ?? 0) > best.weight ? "identity" : best.coding;
}

/** `gzip;q=0.5, br` as RFC 9110 §12.4.2 weighs it. */
export function weightsOf(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(",").map((each) => {
      const [name = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith("q="));
      const weight = q === undefined ? 1 : Number(q.slice(2));
      return [name.replace(/^x-gzip$/, "gzip"), Number.isFinite(weight) ? weight : 0] as const;
    }),
  );
}
