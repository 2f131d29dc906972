/** A directory of recorded answers: its `index.json` says which address each file answers, and when. */
import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import * as z from "zod";

const ungzip = promisify(gunzip);
const unzstd = promisify(zstdDecompress);

/** The directory or its index is not what it should be; the message names the file, and what is wrong with it. */
export class BadDirectory extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadDirectory";
  }
}

/** One recorded answer. */
export interface Recording {
  readonly file: string;
  /** The address as it was asked; absent where the index states none. */
  readonly url?: URL;
  /** When the upstream gave it; absent where nobody wrote it down. */
  readonly at?: number;
  /** True for a file that is kept and no answer of a list. */
  readonly isAside: boolean;
}

const Index = z.array(
  z.object({
    file: z.string().min(1),
    url: z.string(),
    recordedAt: z.string().nullish(),
    serve: z.boolean().optional(),
  }),
);

const INDEX_BYTES_MAX = 64 * 1024 * 1024;

/** Reads the index and sees that every file is there; the files are read when their turn comes. Throws `BadDirectory`. */
export async function openDirectory(directory: string): Promise<readonly Recording[]> {
  const file = join(directory, "index.json");
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) throw new BadDirectory(`there is no ${file}: name a directory with an index.json`);
  if (size > INDEX_BYTES_MAX) throw new BadDirectory(`${file} is larger than ${INDEX_BYTES_MAX} bytes`);
  const index = Index.safeParse(parse(await readFile(file, "utf8"), file));
  if (!index.success) {
    const [issue] = index.error.issues;
    throw new BadDirectory(`${file} at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
  }
  const recordings = index.data.map((entry) => recordingOf(entry, file));
  for (const recording of recordings) await expectFile(directory, recording.file);
  return recordings;
}

/** As far as an answer is read at all: more bytes than this are no list. */
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;

/** The bytes as the upstream sent them: `.gz` and `.zst` are unpacked; what cannot be is read as it lies there, and is no list. */
export async function readRecording(directory: string, { file }: Recording): Promise<Uint8Array> {
  const packed = await readFile(join(directory, file));
  const bounded = { maxOutputLength: UNPACKED_BYTES_MAX };
  if (file.endsWith(".gz")) return ungzip(packed, bounded).catch(() => packed);
  return file.endsWith(".zst") ? unzstd(packed, bounded).catch(() => packed) : packed;
}

function recordingOf(
  { file, url, recordedAt, serve }: z.infer<typeof Index>[number],
  index: string,
): Recording {
  const address = URL.parse(url);
  const at = recordedAt === null || recordedAt === undefined ? undefined : instantOf(recordedAt);
  if (recordedAt !== null && recordedAt !== undefined && at === undefined)
    throw new BadDirectory(
      `${index}: the date of ${file} is ${JSON.stringify(recordedAt)}; write 2026-08-05T12:30:00Z, 2026-08-05, 2026-08 or 2026`,
    );
  return {
    file,
    ...(address === null ? {} : { url: address }),
    ...(at === undefined ? {} : { at }),
    isAside: serve === false,
  };
}

/** A year, a month, a day, or a moment with its zone. */
const DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
const SECOND_MS = 1_000;

/** The first second of it, in UTC; nothing where the calendar has no such day. */
function instantOf(text: string): number | undefined {
  const ms = DATE.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) return undefined;
  // 2026-02-30 reads as the second of March: a day that is not there is a slip.
  const isDay = text.length !== 10 || new Date(ms).toISOString().startsWith(text);
  return isDay ? Math.floor(ms / SECOND_MS) * SECOND_MS : undefined;
}

async function expectFile(directory: string, file: string): Promise<void> {
  const within = relative(directory, join(directory, file));
  if (within.startsWith("..") || isAbsolute(within))
    throw new BadDirectory(`index.json names a file outside its directory: ${file}`);
  const isFile = await stat(join(directory, file)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new BadDirectory(`index.json names a file that is not there: ${file}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadDirectory(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
