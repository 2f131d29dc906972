/**
 * A directory of recorded upstream answers, and the question it can answer: what did this host say at this
 * path, as of that date? Its `index.json` says which URL each file answers, and when that was said.
 */

import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import * as z from "zod";
import { isDate } from "./date.ts";

const CACHE_BYTES_MAX = 128 * 1024 * 1024;
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;

const Index = z.array(
  z.object({
    file: z.string().min(1),
    url: z.string(),
    recordedAt: z.string().refine(isDate, "is no date like 2026-08-05, 2026-08 or 2026").nullish(),
    serve: z.boolean().optional(),
  }),
);

/** One recorded answer. `recordedAt` is a date or a prefix of one, or absent where nobody wrote it down. */
export interface Recording {
  readonly file: string;
  readonly host: string;
  readonly path: string;
  readonly recordedAt: string | undefined;
}

export interface Recordings {
  readonly all: readonly Recording[];
  readonly hosts: readonly string[];
  /** The newest recording of this URL that is not newer than `at`; without `at`, the newest there is. */
  find(host: string, path: string, at: string | undefined): Recording | undefined;
  paths(host: string): readonly string[];
  /** The bytes as the upstream sent them, unpacked. */
  read(recording: Recording): Promise<Buffer>;
}

/** A world in which nothing was recorded. */
export const NO_RECORDINGS: Recordings = {
  all: [],
  hosts: [],
  find: () => undefined,
  paths: () => [],
  read: (recording) => Promise.reject(new RecordingsError(`${recording.file} was not recorded`)),
};

/** The directory or its index is not what it should be; the message is one line and names the file. */
export class RecordingsError extends Error {
  override readonly name = "RecordingsError";
}

/** Reads the index and sees that every file it names is there. The files themselves are read when asked for. */
export async function openRecordings(directory: string): Promise<Recordings> {
  const all = (await readIndex(directory)).filter((entry) => entry.serve !== false).map(toRecording);
  await Promise.all(all.map((recording) => expectFile(directory, recording.file)));
  const byUrl = Map.groupBy(all, (recording) => recording.host + recording.path);
  const cache = new Map<string, Buffer>();
  return {
    all,
    hosts: [...new Set(all.map((recording) => recording.host))].toSorted(),
    find: (host, path, at) => newest(byUrl.get(host + path) ?? [], at),
    paths: (host) =>
      [...new Set(all.filter((each) => each.host === host).map((each) => each.path))].toSorted(),
    read: (recording) => readThrough(cache, directory, recording.file),
  };
}

async function readIndex(directory: string): Promise<z.infer<typeof Index>> {
  const file = join(directory, "index.json");
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new RecordingsError(`cannot read ${file}: ${error.message}`);
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new RecordingsError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const index = Index.safeParse(parsed);
  if (index.success) return index.data;
  const [issue] = index.error.issues;
  throw new RecordingsError(`${file} at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
}

function toRecording(entry: z.infer<typeof Index>[number]): Recording {
  if (!URL.canParse(entry.url)) {
    throw new RecordingsError(`index.json: the url of ${entry.file} is no URL: ${entry.url}`);
  }
  const { host, pathname } = new URL(entry.url);
  return { file: entry.file, host, path: pathname, recordedAt: entry.recordedAt ?? undefined };
}

async function expectFile(directory: string, file: string): Promise<void> {
  const path = join(directory, file);
  const within = relative(directory, path);
  if (within.startsWith("..") || isAbsolute(within)) {
    throw new RecordingsError(`index.json names a file outside its directory: ${file}`);
  }
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new RecordingsError(`index.json names a file that is not there: ${file}`);
}

/** No date counts as the oldest; of two recordings of one date, the one later in the index wins. */
function newest(recordings: readonly Recording[], at: string | undefined): Recording | undefined {
  return recordings
    .filter((recording) => at === undefined || dateOf(recording).slice(0, at.length) <= at)
    .reduce<Recording | undefined>(
      (best, each) => (best === undefined || dateOf(each) >= dateOf(best) ? each : best),
      undefined,
    );
}

function dateOf(recording: Recording): string {
  return recording.recordedAt ?? "";
}

/** Keeps what was read last, up to a bound: a Map remembers the order in which its entries were set. */
async function readThrough(cache: Map<string, Buffer>, directory: string, file: string): Promise<Buffer> {
  const body = cache.get(file) ?? (await readUnpacked(join(directory, file)));
  cache.delete(file);
  cache.set(file, body);
  let bytes = [...cache.values()].reduce((sum, each) => sum + each.length, 0);
  for (const [oldest, { length }] of cache) {
    if (bytes <= CACHE_BYTES_MAX) break;
    cache.delete(oldest);
    bytes -= length;
  }
  return body;
}

async function readUnpacked(path: string): Promise<Buffer> {
  const packed = await readFile(path);
  if (!path.endsWith(".gz")) return packed;
  return promisify(gunzip)(packed, { maxOutputLength: UNPACKED_BYTES_MAX });
}
