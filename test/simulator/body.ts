/** Answers with a good status and a bad body: cut, wrong, mislabelled, or too much. */

import { pipeline } from "node:stream/promises";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import type { Exchange } from "../../tools/upstreams/exchange.ts";
import { answering, fault, type NamedFault } from "./fault.ts";

const MEGABYTE = 1024 * 1024;
const HUGE_MEGABYTES = 100;
const NESTING = 10_000;
const IDS = 1_000_000;
const IDS_PER_CHUNK = 10_000;

const LOGIN_PAGE = "<!doctype html><html><head><title>Sign in</title></head><body>Sign in</body></html>";

/** Whole bodies that are not a list, each sent with 200 and the type of JSON. */
const WRONG_BODIES = {
  "an empty body": "",
  "a body of null": "null",
  "a body of {}": "{}",
  "a body of []": "[]",
  'a body of ""': '""',
  'a body of {"data":null}': '{"data":null}',
  "an error with 200": '{"error":{"message":"internal","code":500}}',
  "HTML as JSON": LOGIN_PAGE,
} as const;

/** The right body, written wrongly. */
const ENCODINGS = {
  "a byte order mark": (body: Buffer) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
  "UTF-16": (body: Buffer) => Buffer.from(`\uFEFF${body.toString()}`, "utf16le"),
  "Latin-1": (body: Buffer) => Buffer.from(body.toString().replace(/"(\w+)":(\s*)"/, '"$1":$2"é'), "latin1"),
  "JSON in a JSON string": (body: Buffer) => Buffer.from(JSON.stringify(body.toString())),
  "trailing garbage": (body: Buffer) => Buffer.concat([body, Buffer.from("\n<!-- cached -->")]),
} as const;

const BROTLI_BOMB = {
  [constants.BROTLI_PARAM_QUALITY]: 5,
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
};

const BOMBS = {
  "a gzip bomb": { encoding: "gzip", compress: () => createGzip({ level: 9 }) },
  "a brotli bomb": {
    encoding: "br",
    // As small as with the highest quality, in a thirtieth of the time.
    compress: () => createBrotliCompress({ params: BROTLI_BOMB }),
  },
} as const;

export const bodyFaults = [
  ...entries(WRONG_BODIES).map(([name, body]) => answering(name, () => ({ body: Buffer.from(body) }))),
  ...entries(ENCODINGS).map(([name, encode]) =>
    answering(name, ({ answer }) => ({ body: encode(answer.body) })),
  ),
  answering("HTML with 200", () => ({
    headers: { "content-type": "text/html; charset=utf-8" },
    body: Buffer.from(LOGIN_PAGE),
  })),
  answering("JSON as text/html", () => ({ headers: { "content-type": "text/html" } })),
  answering("nesting 10,000 deep", () => ({
    body: Buffer.from(`{"data":[{"id":"deep","nested":${"[".repeat(NESTING)}${"]".repeat(NESTING)}}]}`),
  })),
  fault("a truncated body", (exchange) => truncatedAt(exchange.answer.body.length >> 1).apply(exchange)),
  fault("a body cut by a closed connection", (exchange) => {
    beginHalf(exchange);
    setImmediate(() => exchange.response.destroy());
  }),
  fault("a body cut by a reset", (exchange) => {
    beginHalf(exchange);
    setImmediate(() => exchange.response.socket?.resetAndDestroy());
  }),
  fault("a content-length too long", (exchange) =>
    sendWithLength(exchange, exchange.answer.body.length + 100),
  ),
  fault("a content-length too short", (exchange) =>
    sendWithLength(exchange, exchange.answer.body.length >> 1),
  ),
  fault("a body of 100 MB", ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    return stream(padding(), response);
  }),
  fault("a million ids", ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    return stream(millionIds(), response);
  }),
  ...entries(BOMBS).map(([name, { encoding, compress }]) => {
    let made: Promise<Buffer> | undefined;
    return fault(name, async ({ response }) => {
      // Small, and dear to make: once is enough.
      made ??= buffer(Readable.from(padding()).pipe(compress()));
      const body = await made;
      response.writeHead(200, { "content-type": "application/json", "content-encoding": encoding });
      response.end(body);
    });
  }),
] as const;

/** The body ends at this byte, and its length says so: nothing but the JSON itself is broken. */
export function truncatedAt(bytes: number): NamedFault<"a truncated body"> {
  return answering("a truncated body", ({ answer }) => ({ body: answer.body.subarray(0, bytes) }));
}

/** Any other body in place of the right one. */
export function bodyOf(body: string | Buffer): NamedFault<"another body"> {
  return answering("another body", () => ({ body: Buffer.from(body) }));
}

function beginHalf({ response, answer }: Exchange): void {
  response.writeHead(200, { ...answer.headers, "content-length": String(answer.body.length) });
  response.write(answer.body.subarray(0, answer.body.length >> 1));
}

/** Written to the socket itself, because the platform's response would put the length right. */
function sendWithLength({ response, answer }: Exchange, length: number): void {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  response.socket?.end(Buffer.concat([Buffer.from(head), answer.body]));
}

async function stream(chunks: Iterable<Buffer>, response: Exchange["response"]): Promise<void> {
  await pipeline(Readable.from(chunks), response).catch(() => response.destroy());
}

/** Valid JSON that is nearly all blanks, made as it is read, so that the test's own memory stays small. */
function* padding(): Generator<Buffer> {
  const blanks = Buffer.alloc(MEGABYTE, " ");
  yield Buffer.from('{"data":[');
  for (let sent = 0; sent < HUGE_MEGABYTES; sent += 1) yield blanks;
  yield Buffer.from("]}");
}

function* millionIds(): Generator<Buffer> {
  yield Buffer.from('{"data":[{"id":"model-0"}');
  for (let start = 1; start < IDS; start += IDS_PER_CHUNK) {
    const ids = Array.from({ length: Math.min(IDS_PER_CHUNK, IDS - start) }, (_, index) => start + index);
    yield Buffer.from(ids.map((id) => `,{"id":"model-${id}"}`).join(""));
  }
  yield Buffer.from("]}");
}

function entries<Name extends string, Value>(table: Record<Name, Value>): [Name, Value][] {
  return Object.entries(table) as [Name, Value][];
}
