/** Reads recorded answers through the very path of a sync, each as of its own date: before what is known, or behind it. */
import type { ImportedAnswer, SourceImport } from "../../domain/imported.ts";
import { contentHash } from "../../ledger/hash.ts";
import { LeaseLost, type Ledger, type Lease } from "../../ledger/ledger.ts";
import type { RecordedAnswer } from "../../ledger/recordings.ts";
import type { SyncContext } from "../context.ts";
import { causeOf } from "../fingerprint.ts";
import { runSource } from "../run.ts";
import { readRecording } from "./directory.ts";
import type { Answer } from "./plan.ts";
import { recordedTransport, RECORDED } from "./recorded-transport.ts";

export type ImportContext = Pick<
  SyncContext,
  "ledger" | "runtime" | "limits" | "credential" | "intervalMs" | "holder" | "isGone" | "signal"
>;

export interface ImportOptions {
  readonly directory: string;
  /** `plan` says what would be read, and reads nothing into the ledger. */
  readonly mode: "read" | "plan";
  onAnswer(source: string, answer: ImportedAnswer, done: number, total: number): void;
}

/** Nobody's answer takes longer to be read and written. */
const LEASE_MS = 10 * 60_000;

/** Of one source, oldest first. What is read before the first reading is written together at its end, or not at all. */
export async function importAnswers(
  source: string,
  answers: readonly Answer[],
  context: ImportContext,
  options: ImportOptions,
): Promise<SourceImport> {
  const { ledger, runtime, holder } = context;
  const lease = await ledger.takeLease(
    `source:${source}`,
    `${holder}:import`,
    runtime.now(),
    LEASE_MS,
    context.isGone,
  );
  if (lease === undefined)
    return { source, answers: [], note: "it is being read right now: import again when that is done" };
  try {
    return await importHeld(source, answers, context, { ...options, lease });
  } finally {
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}

async function importHeld(
  source: string,
  answers: readonly Answer[],
  context: ImportContext,
  options: ImportOptions & { readonly lease: Lease },
): Promise<SourceImport> {
  const { ledger, runtime, signal } = context;
  const { mode, directory, lease } = options;
  const known = new Set((await ledger.past.recordings(source)).map(keyOf));
  const span = await ledger.past.span(source);
  const done: ImportedAnswer[] = [];
  const note = (answer: ImportedAnswer) => {
    done.push(answer);
    options.onAnswer(source, answer, done.length, answers.length);
  };

  async function readInto(target: Ledger, some: readonly Answer[]): Promise<number> {
    let read = 0;
    for (const answer of some) {
      if (signal.aborted) break;
      const files = answer.pages.map(({ file }) => file);
      const bodies = await Promise.all(answer.pages.map((page) => readRecording(directory, page)));
      const recorded = { at: answer.at, hash: contentHash(Buffer.concat(bodies)) };
      if (known.has(keyOf(recorded))) {
        note({ at: answer.at, files, why: "known" });
        continue;
      }
      if (span !== undefined && answer.at >= span.first && answer.at <= span.last) {
        note({ at: answer.at, files, why: "between" });
        continue;
      }
      known.add(keyOf(recorded));
      read += 1;
      if (mode === "plan") {
        note({ at: answer.at, files });
        continue;
      }
      await renewed(context, lease);
      const report = await runSource(answer.source, {
        ...context,
        ...RECORDED,
        ledger: marked(target, recorded, files.join(" "), target === ledger ? lease : undefined),
        transport: recordedTransport(answer, bodies),
        signal: NEVER,
        onProgress: () => undefined,
      });
      note({ at: answer.at, files, report });
    }
    return read;
  }

  const isBefore = ({ at }: Answer) => span !== undefined && at < span.first;
  const [past, rest] = [answers.filter(isBefore), answers.filter((answer) => !isBefore(answer))];
  if (past.length > 0) {
    const before = await ledger.past.openBefore();
    try {
      const read = await readInto(before.ledger, past);
      // Half a past would lie before what it should lie behind.
      if (signal.aborted) return { source, answers: [], note: "stopped: nothing of it is kept" };
      if (read > 0 && mode === "read") {
        const [then, now] = [await before.ledger.sourceState(source), await ledger.sourceState(source)];
        const cause = causeOf(then.fingerprint, now.fingerprint ?? "");
        await before.settle(source, { lease, recordedAt: runtime.now(), cause });
      }
    } finally {
      await before.close();
    }
  }
  await readInto(ledger, rest);
  return { source, answers: done, ...(signal.aborted ? { note: "stopped: what was read is kept" } : {}) };
}

/** A run that has begun is read to its end: it takes no longer than parsing does. */
const NEVER = new AbortController().signal;

async function renewed({ ledger, runtime }: ImportContext, lease: Lease): Promise<void> {
  if ((await ledger.renewLease(lease, runtime.now(), LEASE_MS)) === undefined)
    throw new LeaseLost(lease.name);
}

/** The ledger as a run of a recording sees it: the run says where it comes from, and shares the import's lease. */
function marked(ledger: Ledger, recording: RecordedAnswer, file: string, lease: Lease | undefined): Ledger {
  return {
    ...ledger,
    ...(lease === undefined
      ? {}
      : { takeLease: () => Promise.resolve(lease), releaseLease: () => Promise.resolve() }),
    commitRun: (commit, held) =>
      ledger.commitRun({ ...commit, recording, report: { ...commit.report, recording: file } }, held),
  };
}

function keyOf({ at, hash }: RecordedAnswer): string {
  return `${at} ${hash}`;
}
