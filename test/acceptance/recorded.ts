/** The recorded answers: where they lie, and what they say, read without any of the program's own code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Set by `run.ts`. */
export const DIRECTORY = "MODELDEX_TEST_RECORDINGS";

export function directory(): string {
  const named = process.env[DIRECTORY];
  if (named === undefined) throw new Error("run it with: npm run acceptance -- <directory>");
  return named;
}

/** One row of a recorded list. */
export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The rows of a recorded list of the usual envelope. */
export function rowsOf(file: string): readonly Row[] {
  const packed = readFileSync(join(directory(), file));
  const text = (file.endsWith(".gz") ? gunzipSync(packed) : packed).toString("utf8");
  return (JSON.parse(text) as { readonly data: readonly Row[] }).data;
}

/** The days of a series, oldest first, each with its file. */
export function daysOf(urlStart: string, from: string, to: string): readonly Day[] {
  const index = JSON.parse(readFileSync(join(directory(), "index.json"), "utf8")) as readonly Entry[];
  return index
    .flatMap(({ file, url, recordedAt }) =>
      url.startsWith(urlStart) && recordedAt !== null && recordedAt >= from && recordedAt <= to
        ? [{ date: recordedAt, file }]
        : [],
    )
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

export interface Day {
  readonly date: string;
  readonly file: string;
}

interface Entry {
  readonly file: string;
  readonly url: string;
  readonly recordedAt: string | null;
}
