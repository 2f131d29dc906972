/** A dump in a file: compressed, written beside and renamed, and read back before it counts. */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import type { Copied } from "./dump.ts";
import { DumpRefused, readDump } from "./dump-reader.ts";

export interface DumpFile extends Copied {
  /** Of the file. */
  readonly bytes: number;
}

/** Throws `DumpRefused` where a file is there that must not be replaced, and after the signal; after any throw, what was there still is. */
export async function writeDumpFile(
  file: string,
  dump: AsyncIterable<string>,
  over: "nothing" | "anything",
  signal: AbortSignal,
): Promise<DumpFile> {
  if (over === "nothing" && (await isThere(file)))
    throw new DumpRefused(`${file} is there already: name another file, or replace it with --force`);
  const beside = `${file}.new`;
  try {
    // Only whoever runs us may read it: a ledger can hold what only his own keys show.
    await pipeline(dump, createZstdCompress(CHECKED), createWriteStream(beside, { mode: 0o600 }), {
      signal,
    });
    await onDisk(beside);
    const copied = await checkDumpFile(beside);
    signal.throwIfAborted();
    await rename(beside, file);
    return { ...copied, bytes: (await stat(file)).size };
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    if (signal.aborted) throw new DumpRefused(`stopped: ${file} was not written`);
    throw inWords(error, `cannot write ${file}`);
  }
}

/** The packing states a checksum of its own, so that any tool can test a file. */
const CHECKED = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** Reads a file from its first to its last line, compares, and writes nothing. Throws `DumpRefused`. */
export async function checkDumpFile(file: string): Promise<Copied> {
  return readDump(readDumpFile(file), {
    begin: async () => undefined,
    rows: async () => undefined,
    end: async () => undefined,
  });
}

/** Throws `DumpRefused` where it is no compressed dump. */
export async function* readDumpFile(file: string): AsyncGenerator<Uint8Array> {
  const unpacked = createZstdDecompress();
  const read = pipeline(createReadStream(file), unpacked);
  // Whoever reads hears of a failure through the stream that he reads.
  read.catch(() => undefined);
  try {
    // A stream of bytes; its type says less.
    for await (const chunk of unpacked) yield chunk as Uint8Array;
  } catch (error) {
    throw isOfPacking(error)
      ? new DumpRefused(`${file} is no backup of modeldex, or is damaged`)
      : inWords(error, `cannot read ${file}`);
  }
}

const FILE_FAULTS: { readonly [code: string]: string } = {
  ENOENT: "there is no such file or directory",
  ENOTDIR: "a part of it is no directory",
  EISDIR: "it is a directory",
  EACCES: "its permissions do not allow it",
  EPERM: "its permissions do not allow it",
  EROFS: "it lies where nothing can be written",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

/** What a person can do something about is said as such. */
function inWords(error: unknown, what: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = FILE_FAULTS[code];
  return why === undefined ? error : new DumpRefused(`${what}: ${why}`);
}

function isOfPacking(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(ZSTD_|Z_)/.test(String(error.code));
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function onDisk(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
