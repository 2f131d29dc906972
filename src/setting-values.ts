/** What settings may be: from the text that somebody wrote to a value, or to nothing where it is not one of the allowed. */

const RATE_REQUESTS_MAX = 1_000_000;
const DURATION_MAX_MS = 365 * 24 * 60 * 60 * 1000;
const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const UNIT_BYTES = { MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 } as const;
export const FALLBACK_MODELS_MAX = 20;
export const CLIENT_ID_LENGTH_MAX = 255;

export function text(value: string): string {
  return value;
}

export function onOrOff(value: string): boolean | undefined {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  return /^(0|false|no|off)$/i.test(value) ? false : undefined;
}

/** A bare number is not allowed: nobody remembers whether it would be seconds or milliseconds. */
export function duration(value: string): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Math.round(Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  return ms > 0 && ms <= DURATION_MAX_MS ? ms : undefined;
}

/** `600/1m`; a bare unit is one of it: `20/s`. */
export function rateLimit(
  value: string,
): { readonly requests: number; readonly windowMs: number } | undefined {
  const [count = "", per = ""] = value.split("/", 2).map((part) => part.trim());
  const windowMs = duration(/^\d/.test(per) ? per : `1${per}`);
  const requests = /^\d{1,7}$/.test(count) ? Number(count) : 0;
  if (windowMs === undefined || requests < 1 || requests > RATE_REQUESTS_MAX) return undefined;
  return { requests, windowMs };
}

/** Ages may be longer than durations: a year is young. */
export function age(value: string): number | undefined {
  if (value === "forever") return Infinity;
  const [, days] = /^([1-9]\d{0,4})d$/.exec(value) ?? [];
  return days === undefined ? undefined : Number(days) * UNIT_MS.d;
}

export function size(value: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})(MB|GB|TB)$/.exec(value) ?? [];
  return unit === undefined ? undefined : Number(count) * UNIT_BYTES[unit as keyof typeof UNIT_BYTES];
}

export function sourceIds(value: string): readonly string[] | undefined {
  const ids = value.split(",").map((id) => id.trim());
  return ids.every((id) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) ? [...new Set(ids)] : undefined;
}

export function modelIds(value: string): readonly string[] | undefined {
  const ids = value.split(",").map((id) => id.trim());
  const isGood = ids.length <= FALLBACK_MODELS_MAX && ids.every((id) => /^\w[\w.-]*\/\w[\w.-]*$/.test(id));
  return isGood ? [...new Set(ids)] : undefined;
}

/** RFC 6749, appendix A.1, without the space: a word of any signs that one can see. */
export function clientId(value: string): string | undefined {
  return value.length <= CLIENT_ID_LENGTH_MAX && /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}

/** Without the slash at its end, so that a path can follow. */
export function address(value: string): string | undefined {
  if (!isWebUrl(value)) return undefined;
  const { username, password, search, hash } = new URL(value);
  return username || password || search || hash ? undefined : value.replace(/\/+$/, "");
}

export function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

export function isSecureOrLocal(value: string): boolean {
  if (!isWebUrl(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
