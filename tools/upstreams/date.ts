/** Dates as recordings carry them: a day, a month or a year, written so that they compare as strings. */

const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** `2026-08-05`, `2026-08` or `2026`, and a day that the calendar has. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const parsed = new Date(`${text}${text.length === 10 ? "T00:00:00Z" : ""}`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The value of a `Date` header for it: midnight UTC of that day, or of the first day of the month or year. */
export function toHttpDate(text: string): string {
  return new Date(text).toUTCString();
}
