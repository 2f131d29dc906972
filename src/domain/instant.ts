/** A date as people and upstreams write it. */

/** A date, or a date with a time; a time without a zone is UTC, as every time here is. */
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970 UTC, or nothing where the text is no ISO date or date-time. */
export function readDate(text: string): number | undefined {
  if (!ISO.test(text)) return undefined;
  const zoned = !text.includes("T") || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms;
}
