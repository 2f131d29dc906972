/** One source in a row; what lies behind it, when it is opened. */
import { useState } from "react";
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/figures.ts";
import { ReadingBar } from "../../parts/reading.tsx";
import type { Reading } from "../../state/progress.ts";
import type { Operator } from "./operator.tsx";
import type { Run } from "./runs.ts";
import { SourceDetails } from "./source-details.tsx";
import { OUTCOMES, Sparkline } from "./sparkline.tsx";

export interface Source {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly lacks?: string;
  readonly observed_at?: string;
  readonly stale: boolean;
  readonly coverage?: { readonly kind: string; readonly evidence: string };
  readonly offers: number;
  readonly held: number;
  readonly findings: number;
  readonly not_before?: string;
  readonly last_run?: {
    readonly id: number;
    readonly outcome: string;
    readonly reason?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
}

export const COLUMNS_COUNT = 8;
const NONE: readonly Run[] = [];

export function SourceRow(props: {
  readonly source: Source;
  /** Nothing before the runs were loaded. */
  readonly runs: readonly Run[] | undefined;
  /** Where it is being read: how far. */
  readonly reading: Reading | undefined;
  readonly operator: Operator;
}) {
  const { source, runs, reading, operator } = props;
  const [isOpen, setOpen] = useState(false);
  const isSyncing = operator.syncing?.includes(source.id) ?? false;
  return (
    <>
      <tr>
        <td className="sticky left-0 bg-page">
          <span className="flex items-start">
            <button
              type="button"
              className="mr-1 w-4 shrink-0 text-quiet"
              aria-expanded={isOpen}
              aria-label={`More about ${source.title}`}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? "▾" : "▸"}
            </button>
            <a className="link font-medium" href={source.docs} rel="noreferrer">
              {source.title}
            </a>
          </span>
          <span className="block pl-5 text-[12px] text-quiet">{source.id}</span>
        </td>
        <td className="whitespace-nowrap">
          <LastRead source={source} />
        </td>
        <td className="text-right">{countText(source.offers)}</td>
        <td className="max-w-sm min-w-40">
          <Proven coverage={source.coverage} runs={runs ?? NONE} />
        </td>
        <td className={`text-right ${source.held > 0 ? "text-warn" : ""}`}>{countText(source.held)}</td>
        <td className="text-right">{countText(source.findings)}</td>
        <td className="min-w-[136px]">{runs === undefined ? undefined : <Sparkline runs={runs} />}</td>
        <td className="min-w-48">
          {reading === undefined ? <LastRun source={source} /> : <ReadingBar reading={reading} />}
          {operator.hasKey ? (
            <span className="mt-1 block">
              <button
                type="button"
                className="button"
                disabled={isSyncing || reading !== undefined}
                aria-label={`Read now: ${source.title}`}
                onClick={() => operator.sync([source.id])}
              >
                Read now
              </button>
            </span>
          ) : undefined}
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={COLUMNS_COUNT}>
            <SourceDetails id={source.id} runs={runs ?? NONE} />
          </td>
        </tr>
      ) : undefined}
    </>
  );
}

function LastRead({ source: { observed_at: at, stale } }: { readonly source: Source }) {
  if (at === undefined) return <span className="text-quiet">never</span>;
  return (
    <>
      <Ago at={at} />
      {stale ? <span className="block text-[12px] text-warn">stale</span> : undefined}
    </>
  );
}

function Proven(props: { readonly coverage: Source["coverage"]; readonly runs: readonly Run[] }) {
  const { coverage, runs } = props;
  if (coverage === undefined) return <span className="text-quiet">–</span>;
  // What is unchanged proves what the run proved that last read the list.
  const before =
    runs.at(-1)?.outcome === "unchanged" ? runs.findLast(isListRead)?.coverage?.evidence : undefined;
  return (
    <>
      <span className={coverage.kind === "whole" ? "text-good" : "text-warn"}>{coverage.kind}</span>
      <span className="block text-[12px] text-quiet">
        {coverage.evidence}
        {before === undefined ? "" : `: ${before}`}
      </span>
    </>
  );
}

function isListRead({ outcome }: Run): boolean {
  return outcome === "complete" || outcome === "partial" || outcome === "held";
}

function LastRun({ source: { last_run: run, not_before: notBefore } }: { readonly source: Source }) {
  const why = run?.error?.message ?? run?.reason;
  const waits = notBefore !== undefined && Date.parse(notBefore) > Date.now();
  return (
    <>
      <span className={OUTCOMES[run?.outcome ?? ""] ?? "text-quiet"}>{run?.outcome ?? "–"}</span>
      {why === undefined ? undefined : <span className="block text-[12px] text-quiet">{why}</span>}
      {waits ? (
        <span className="block text-[12px] text-quiet">
          asked not to be called before <Ago at={notBefore} />
        </span>
      ) : undefined}
    </>
  );
}
