/** From bytes to a parsed page: nothing is given to `JSON.parse` that could hurt, and every refusal names its reason. */
import { WorldError } from "../domain/errors.ts";
import { storableText } from "../domain/text.ts";
import type { Limits } from "./limits.ts";
import { valueAt } from "./paging.ts";
import type { WebSource } from "./source.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The parsed body, or a `WorldError`: html, bad-encoding, too-deep, too-many-items, not-json. */
export function parsePage(bytes: Uint8Array, contentType: string | undefined, limits: Limits): unknown {
  if (/^\s*(text\/html|application\/xhtml)/i.test(contentType ?? ""))
    throw new WorldError("html", "content-type text/html");
  const first = firstByte(bytes);
  if (first === undefined) throw new WorldError("not-json", "the body is empty");
  if (first === LESS_THAN) throw new WorldError("html", "the body begins with <");
  checkShape(bytes, limits);
  const text = decodeUtf8(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorldError(
      "not-json",
      error instanceof Error ? (storableText(error.message.slice(0, 160)) ?? "") : "",
    );
  }
}

/** The items of a page, or a `WorldError`: error-body, wrong-shape. `entries` reads them from what is no array. */
export function itemsOf(
  body: unknown,
  { items: path, entries }: Pick<WebSource, "items" | "entries">,
): readonly unknown[] {
  const items = valueAt(body, path);
  if (Array.isArray(items)) return items;
  const listed = entries?.(items);
  if (listed !== undefined) return listed;
  const message = errorText(body);
  if (message !== undefined) throw new WorldError("error-body", message);
  const where = path === "" ? "the body" : `"${path}"`;
  throw new WorldError(
    "wrong-shape",
    `${where} is ${items === undefined ? "not there" : items === null ? "null" : `a ${typeof items}`}, not an array`,
  );
}

const LESS_THAN = 0x3c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Depth and number of objects, counted before parsing: parsing itself would already have cost the memory. */
function checkShape(bytes: Uint8Array, limits: Limits): void {
  let depth = 0;
  let objects = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index = endOfString(bytes, index + 1);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      objects += 1;
      if (depth > limits.depthMax) throw new WorldError("too-deep", `more than ${limits.depthMax} levels`);
      if (objects > limits.objectsMax)
        throw new WorldError("too-many-items", `more than ${limits.objectsMax} objects on one page`);
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
  }
}

function endOfString(bytes: Uint8Array, from: number): number {
  let end = bytes.indexOf(QUOTE, from);
  while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end === -1 ? bytes.length : end;
}

function isEscaped(bytes: Uint8Array, quote: number): boolean {
  let backslashes = 0;
  while (bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function firstByte(bytes: Uint8Array): number | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let index = start; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return byte;
  }
  return undefined;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new WorldError("bad-encoding", "the body is not UTF-8");
  }
}

/** What an error body says, in the shapes that upstreams use. */
function errorText(body: unknown): string | undefined {
  for (const path of ["error.message", "error", "detail", "message", "errors.0.message", "errors"]) {
    const value = valueAt(body, path);
    if (value === undefined || value === null || value === false) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return storableText(text.slice(0, 200)) ?? "without a message";
  }
  return valueAt(body, "success") === false ? "success: false" : undefined;
}
