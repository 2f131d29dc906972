/** The repository's own files as the house rules see them: their text, their code alone, their imports. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export const ROOT = new URL("../../", import.meta.url).pathname;

export interface SourceFile {
  /** From the root, with `/`: `src/kit/client.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text with comments, strings and regular expressions blanked, line by line in place. */
  readonly code: string;
  readonly imports: readonly string[];
}

const FOLDERS = ["src", "web", "test", "tools", "bench", "examples"] as const;

/** Comments, strings, templates, and regular expressions where an expression may begin. */
const NOT_CODE =
  /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[=(,:;!&|?{}[]\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

const IMPORT = /^(?:import|export)\b(?:[^;"']*?\bfrom)?\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

export function readTree(): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) => filesUnder(folder))
    .filter((path) => /\.tsx?$/.test(path))
    .map(readSource);
}

/** The entries of a folder that may not be there yet. */
export function entriesOf(folder: string): readonly string[] {
  return existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : [];
}

export function foldersIn(folder: string): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

export function stripped(text: string): string {
  return text.replaceAll(NOT_CODE, (match) => match.replaceAll(/[^\n]/g, " "));
}

/** What an import of this file means: a path from the root, or the name of a package. */
export function resolveImport(from: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : specifier;
}

/** `path:line` of every place in the code, or the text, that matches. */
export function placesOf(
  file: SourceFile,
  pattern: RegExp,
  within: "code" | "text" = "code",
): readonly string[] {
  return [...file[within].matchAll(new RegExp(pattern, "g"))].map(
    ({ index }) => `${file.path}:${file.text.slice(0, index).split("\n").length}`,
  );
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(ROOT.length), entry.name))
    .toSorted();
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), "utf8");
  const imports = [...text.matchAll(IMPORT)].map(([, from, dynamic]) => from ?? dynamic ?? "");
  return { path, text, code: stripped(text), imports };
}
