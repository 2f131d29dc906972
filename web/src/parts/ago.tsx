/** How long ago, in words, with the instant itself on hover. */
const STEPS = [
  [60_000, 1_000, "second"],
  [3_600_000, 60_000, "minute"],
  [86_400_000, 3_600_000, "hour"],
  [45 * 86_400_000, 86_400_000, "day"],
  [2 * 365 * 86_400_000, 30 * 86_400_000, "month"],
  [Infinity, 365 * 86_400_000, "year"],
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const shortWords = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

export function Ago({ at, before = "" }: { readonly at: string; readonly before?: string }) {
  return (
    <time dateTime={at} title={at}>
      {before}
      {agoText(Date.parse(at))}
    </time>
  );
}

/** The same where a column has little room: `4 mo. ago`. */
export function ShortAgo({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={at}>
      {spoken(Date.parse(at), shortWords)}
    </time>
  );
}

export function agoText(ms: number): string {
  return spoken(ms, words);
}

function spoken(ms: number, format: Intl.RelativeTimeFormat): string {
  const gone = Date.now() - ms;
  const step = STEPS.find(([below]) => Math.abs(gone) < below);
  return step === undefined ? "" : format.format(-Math.round(gone / step[1]), step[2]);
}
