/** Numbers, times, ages and lacks in words. */

const COUNT = new Intl.NumberFormat("en-US");

export function count(number: number | undefined): string {
  return number === undefined ? "" : COUNT.format(number);
}

/** `1 model`, `3 models`. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : several}`;
}

/** `GROQ_API_KEY is not set` as what to do about it: `set GROQ_API_KEY`. */
export function whatToSet(lack: string): string {
  return lack.replace(/^(\w+)(?: or \w+)* is not set$/, "set $1");
}

const AGES = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

/** `3 hours ago`; nothing where it never was. */
export function age(ms: number | undefined): string {
  if (ms === undefined) return "never";
  const largest = AGES.find((each) => ms >= each.ms);
  return largest === undefined ? "just now" : `${counted(Math.floor(ms / largest.ms), largest.unit)} ago`;
}

/** How long something took: `0.3 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** An instant of a document, to the minute: `2026-08-05 12:30`. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}
