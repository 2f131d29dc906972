/** What a sync is doing: a block of bars on a terminal, lines elsewhere. */
import type { OnProgress, Progress } from "../../domain/progress.ts";
import type { Report } from "../../domain/run.ts";
import type { Host } from "./host.ts";
import { paceText, type PaceText } from "./pace-text.ts";
import { plain } from "./plain.ts";
import type { Screen } from "./screen.ts";
import { fit } from "./width.ts";
import { count, counted, duration } from "./words.ts";

export interface ProgressView {
  readonly onProgress: OnProgress;
  /** Takes the bars off the screen, so that something else can be written there; the next event draws them again. */
  clear(): void;
}

const REDRAW_EVERY_MS = 100;
/** Without a terminal, a source says no more often than this how far it is. */
const LINE_EVERY_MS = 5_000;
/** A shorter wait is not worth a line. */
const WAIT_SHOWN_MS = 1_000;
const BAR_CELLS = 20;
/** For the head, the tail, the cursor, and a line above: a screen that is erased whole goes into a terminal's history. */
const ROWS_BESIDE = 4;

export function progressView(screen: Screen, clock: Host["clock"]): ProgressView {
  return screen.isTerminal ? bars(screen, clock) : lines(screen, clock);
}

function bars(screen: Screen, clock: Host["clock"]): ProgressView {
  const sources = new Map<string, Progress>();
  const pace = paceText(clock);
  let drawn = 0;
  let drawnAt = -Infinity;

  function clear(): void {
    // Up to the first line of the block, and everything below it away.
    if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  }

  function draw(): void {
    const running = [...sources.values()].filter((each) => each.kind !== "finished");
    const head = `${sources.size - running.length} of ${counted(sources.size, "source")} read`;
    const room = Math.max(1, screen.rows - ROWS_BESIDE);
    const rest = running.length - room;
    const tail = rest > 0 ? [`… and ${rest} more`] : [];
    const block = [head, ...running.slice(0, room).map((each) => barLine(each, pace)), ...tail];
    clear();
    // A line that wrapped would be two, and the next block would be drawn too low.
    screen.write(block.map((line) => `${fit(plain(line), screen.columns - 1)}\n`).join(""));
    drawn = block.length;
  }

  return {
    clear: () => {
      clear();
      drawnAt = -Infinity;
    },
    onProgress: (progress) => {
      // What is skipped was never begun: nothing of it is to be seen.
      if (progress.kind === "published" || wasSkipped(progress)) return;
      const last = sources.get(progress.source);
      if (progress.kind === "waiting" && progress.ms < WAIT_SHOWN_MS) return;
      if (progress.kind === "started" && sources.values().every((each) => each.kind === "finished"))
        sources.clear();
      sources.set(progress.source, withExpected(progress, last));
      // A list that is read anew, or that was read, has another pace.
      if (progress.kind !== "page" && progress.kind !== "waiting") pace.forget(progress.source);
      const now = clock.monotonic();
      if (now - drawnAt < REDRAW_EVERY_MS) return;
      drawnAt = now;
      draw();
    },
  };
}

/** A page that does not repeat how many rows are expected still knows it. */
function withExpected(progress: Progress, last: Progress | undefined): Progress {
  const expected = last?.kind === "page" || last?.kind === "started" ? last.rowsExpected : undefined;
  if (progress.kind !== "page" || progress.rowsExpected !== undefined || expected === undefined)
    return progress;
  return { ...progress, rowsExpected: expected };
}

function barLine(progress: Progress, pace: PaceText): string {
  switch (progress.kind) {
    case "started":
      return `${named(progress.source)} ${bar(0, progress.rowsExpected)} asking`;
    case "page": {
      const expected = progress.rowsExpected === undefined ? "" : ` of ${count(progress.rowsExpected)}`;
      return `${named(progress.source)} ${bar(progress.rows, progress.rowsExpected)} ${count(progress.rows)}${expected} rows, ${counted(progress.pages, "page")}${pace.say(progress.source, progress.rows, progress.rowsExpected)}`;
    }
    case "placing":
      return `${named(progress.source)} ${bar(progress.rows, progress.rowsExpected)} ${count(progress.rows)} of ${count(progress.rowsExpected)} rows in their place`;
    case "waiting":
      return `${named(progress.source)} ${bar(0, undefined)} waiting ${duration(progress.ms)}: ${progress.why}`;
    case "finished":
    case "published":
      return "";
  }
}

function bar(rows: number, expected: number | undefined): string {
  if (expected === undefined || expected <= 0) return "·".repeat(BAR_CELLS);
  const full = Math.round(BAR_CELLS * Math.min(1, rows / expected));
  return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
}

function named(source: string): string {
  return source.padEnd(20);
}

function lines(screen: Screen, clock: Host["clock"]): ProgressView {
  const saidAt = new Map<string, number>();
  const pace = paceText(clock);

  function isTime(source: string): boolean {
    const now = clock.monotonic();
    if (now - (saidAt.get(source) ?? -Infinity) < LINE_EVERY_MS) return false;
    saidAt.set(source, now);
    return true;
  }

  function say(progress: Exclude<Progress, { kind: "published" }>): string | undefined {
    switch (progress.kind) {
      case "started":
        saidAt.set(progress.source, clock.monotonic());
        pace.forget(progress.source);
        return "reading";
      case "page": {
        const { source, rows, pages, rowsExpected } = progress;
        const speed = pace.say(source, rows, rowsExpected);
        return isTime(source) ? `${counted(rows, "row")}, ${counted(pages, "page")}${speed}` : undefined;
      }
      case "placing":
        return isTime(progress.source)
          ? `${count(progress.rows)} of ${counted(progress.rowsExpected, "row")} in their place`
          : undefined;
      case "waiting":
        return progress.ms < WAIT_SHOWN_MS ? undefined : `waiting ${duration(progress.ms)}: ${progress.why}`;
      case "finished":
        // The skipped ones are told together at the end.
        return wasSkipped(progress) ? undefined : finishedLine(progress.report);
    }
  }

  return {
    clear: () => undefined,
    onProgress: (progress) => {
      const said = progress.kind === "published" ? undefined : say(progress);
      if (progress.kind !== "published" && said !== undefined)
        screen.write(`${plain(`${progress.source}: ${said}`)}\n`);
    },
  };
}

function wasSkipped(progress: Progress): boolean {
  return progress.kind === "finished" && progress.report.outcome === "skipped";
}

function finishedLine(report: Report): string {
  const error = report.error === undefined ? "" : `: ${report.error.message}`;
  return `${report.outcome}, ${counted(report.rows, "row")} in ${duration(report.ms)}${error}`;
}
