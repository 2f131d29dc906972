/** What the doors need of the program to work on the past: handed in by the composition root. */
import type { ImportedAnswer, SourceImport } from "../domain/imported.ts";
import type { RereadSource } from "../domain/reread.ts";

export interface ImportResult {
  readonly imports: readonly SourceImport[];
  /** Files that no source could read, and why. */
  readonly leftOut: readonly { readonly file: string; readonly why: string }[];
  /** How many changes of the past were told. */
  readonly changes: number;
  readonly revision: number;
}

export interface ImportOptions {
  /** All that are selected, where none is named. */
  readonly sources: readonly string[];
  /** `plan` says what would be read, and writes nothing. */
  readonly mode: "read" | "plan";
  readonly signal: AbortSignal;
  onAnswer(source: string, answer: ImportedAnswer, done: number, total: number): void;
  /** What changed at this moment of the past is worked out. */
  onTelling(at: number): void;
}

export interface RereadOptions {
  /** All that are selected, where none is named. */
  readonly sources: readonly string[];
  /** `apply` records what differs as a correction, and publishes. */
  readonly mode: "show" | "apply";
  onAnswer(source: string, done: number, total: number): void;
}

export interface RereadResult {
  /** Those of which answers are kept. */
  readonly sources: readonly RereadSource[];
  readonly revision: number;
}

export interface Past {
  /**
   * Reads a directory of recorded answers, oldest first, each as of its own date. Throws `UnknownName`, and an error that
   * names the file where the directory or its index is not what it should be.
   */
  importRecordings(directory: string, options: ImportOptions): Promise<ImportResult>;
  /** What today's rules read in the answers that were kept. Throws `UnknownName`. */
  reread(options: RereadOptions): Promise<RereadResult>;
  close(): Promise<void>;
}
