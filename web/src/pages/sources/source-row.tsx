/** One source in a row. */
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/figures.ts";

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
  readonly last_run?: {
    readonly id: number;
    readonly outcome: string;
    readonly reason?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
  readonly in_progress:
    | false
    | {
        readonly rows?: number;
        readonly rows_expected?: number;
        readonly waiting_seconds?: number;
        readonly why?: string;
      };
}

const OUTCOMES: { readonly [outcome: string]: string } = {
  complete: "text-good",
  unchanged: "text-good",
  partial: "text-warn",
  held: "text-warn",
  rejected: "text-bad",
  failed: "text-bad",
};

export function SourceRow({ source }: { readonly source: Source }) {
  const { last_run: run, in_progress: now } = source;
  return (
    <tr>
      <td>
        <a className="link font-medium" href={source.docs} rel="noreferrer">
          {source.title}
        </a>
        <span className="block text-[12px] text-quiet">{source.id}</span>
      </td>
      <td className="whitespace-nowrap">
        {source.observed_at === undefined ? (
          <span className="text-quiet">never</span>
        ) : (
          <Ago at={source.observed_at} />
        )}
        {source.stale && source.observed_at !== undefined ? (
          <span className="block text-[12px] text-warn">stale</span>
        ) : undefined}
      </td>
      <td className="text-right">{countText(source.offers)}</td>
      <td className="max-w-sm">
        {source.coverage === undefined ? (
          <span className="text-quiet">–</span>
        ) : (
          <>
            <span className={source.coverage.kind === "whole" ? "text-good" : "text-warn"}>
              {source.coverage.kind}
            </span>
            <span className="block text-[12px] text-quiet">{source.coverage.evidence}</span>
          </>
        )}
      </td>
      <td className={`text-right ${source.held > 0 ? "text-warn" : ""}`}>{countText(source.held)}</td>
      <td className="text-right">{countText(source.findings)}</td>
      <td>
        {now === false ? (
          <span className={OUTCOMES[run?.outcome ?? ""] ?? "text-quiet"}>{run?.outcome ?? "–"}</span>
        ) : (
          <Progress now={now} />
        )}
        {run?.error === undefined || now !== false ? undefined : (
          <span className="block text-[12px] text-quiet">
            {run.error.code}: {run.error.message}
          </span>
        )}
      </td>
    </tr>
  );
}

function Progress({ now }: { readonly now: Exclude<Source["in_progress"], false> }) {
  if (now.waiting_seconds !== undefined)
    return (
      <span className="text-quiet">
        waits {now.waiting_seconds} s: {now.why}
      </span>
    );
  const { rows = 0, rows_expected: expected } = now;
  return (
    <span role="status">
      reading: {countText(rows)}
      {expected === undefined ? "" : ` of about ${countText(expected)}`}
      {expected === undefined ? undefined : (
        <progress className="block h-1.5 w-32" max={expected} value={Math.min(rows, expected)} />
      )}
    </span>
  );
}
