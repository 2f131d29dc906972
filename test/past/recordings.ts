/** Hand-written recordings: a directory with an index, and a source that reads them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SourceImport } from "../../src/domain/imported.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import type { Source } from "../../src/kit/source.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openDirectory } from "../../src/sync/past/directory.ts";
import { importAnswers, type ImportContext } from "../../src/sync/past/import.ts";
import { planOf } from "../../src/sync/past/plan.ts";
import { sourceOf } from "../worlds/lists.ts";
import { virtualRuntime } from "../worlds/virtual-runtime.ts";

export const ALPHA = sourceOf("alpha", "single");
export const ADDRESS = "https://api.example.com/v1/models";
export const NOW = Date.UTC(2026, 7, 1);
const HOUR_MS = 3_600_000;

/** Native id → price. */
export type List = Readonly<Record<string, string>>;

export interface Entry {
  readonly recordedAt?: string | null;
  readonly list?: List;
  /** In place of a list. */
  readonly body?: string | Buffer;
  readonly file?: string;
  readonly url?: string;
  readonly serve?: boolean;
}

/** A directory that is taken away with `drop`. */
export function directoryOf(entries: readonly Entry[]): { readonly path: string; drop(): void } {
  const path = mkdtempSync(join(tmpdir(), "modeldex-past-"));
  write(path, entries);
  return { path, drop: () => rmSync(path, { recursive: true }) };
}

export function write(path: string, entries: readonly Entry[]): void {
  const index = entries.map(({ recordedAt, file, url = ADDRESS, serve }, number) => ({
    file: file ?? `${number}.json`,
    url,
    ...(recordedAt === undefined ? {} : { recordedAt }),
    ...(serve === undefined ? {} : { serve }),
  }));
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "index.json"), JSON.stringify(index));
  for (const [number, { list, body, file }] of entries.entries())
    writeFileSync(join(path, file ?? `${number}.json`), body ?? bodyOf(list ?? {}));
}

export function bodyOf(list: List): string {
  return JSON.stringify({ data: Object.entries(list).map(([id, price]) => ({ id, name: id, price })) });
}

export interface How {
  readonly sources?: readonly Source[];
  readonly mode?: "read" | "plan";
  readonly now?: number;
  readonly signal?: AbortSignal;
  onAnswer?(done: number): void;
}

/** Imports a directory as the program does, source by source. */
export async function importInto(
  ledger: Ledger,
  directory: string,
  { sources = [ALPHA], mode = "read", now = NOW, signal, onAnswer }: How = {},
): Promise<readonly SourceImport[]> {
  const context = contextOf(ledger, now, signal);
  const { answers } = planOf(await openDirectory(directory), { sources, credential: () => undefined, now });
  const imports: SourceImport[] = [];
  for (const [source, its] of answers)
    imports.push(
      await importAnswers(source, its, context, {
        directory,
        mode,
        onAnswer: (_source, _answer, done) => onAnswer?.(done),
      }),
    );
  return imports;
}

export function contextOf(ledger: Ledger, now: number, signal = new AbortController().signal): ImportContext {
  return {
    ledger,
    runtime: virtualRuntime(now, () => 0.5),
    limits: LIMITS,
    credential: () => undefined,
    intervalMs: HOUR_MS,
    holder: "test",
    signal,
  };
}

/** The day of July with this number. */
export function day(number: number): string {
  return new Date(Date.UTC(2026, 6, number)).toISOString().slice(0, 10);
}

export function instantOf(number: number): number {
  return Date.UTC(2026, 6, number);
}
