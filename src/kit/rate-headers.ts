/** What an upstream says about when it may be asked again: `Retry-After` and the rate headers, in all their spellings. */

type Headers = { readonly [name: string]: string };

/** How long to wait, in milliseconds, or nothing where the header says nothing that makes sense. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  if (!/[a-z]{3}/i.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What is left of a quota. */
export interface Quota {
  readonly remaining: number;
  /** The quota's size, where it is stated. */
  readonly limit?: number;
  /** When it is full again, in milliseconds since 1970. */
  readonly resetAt: number;
}

/** Every quota that the headers state; the tightest decides. */
export function quotasOf(headers: Headers, now: number): readonly Quota[] {
  return [...structuredQuotas(headers, now), ...plainQuotas(headers, now)];
}

/** `RateLimit: "api";r=0;t=55` with `RateLimit-Policy: "api";q=500;w=300` (IETF draft; the Hugging Face Hub). */
function structuredQuotas(headers: Headers, now: number): readonly Quota[] {
  const policy = parameters(headers["ratelimit-policy"]);
  const stated = headers["ratelimit"] ?? "";
  // The earlier draft separates the parts of ONE quota with commas, today's separates quotas.
  const parts = /\bremaining\s*=/i.test(stated) ? [stated] : stated.split(",");
  return parts.flatMap((part) => {
    const { r, t, remaining, reset, limit } = { ...parameters(part), ...legacy(part) };
    const left = r ?? remaining;
    const seconds = t ?? reset;
    if (left === undefined || seconds === undefined) return [];
    const size = limit ?? policy["q"];
    return [
      { remaining: left, resetAt: now + seconds * 1_000, ...(size === undefined ? {} : { limit: size }) },
    ];
  });
}

/** `RateLimit-Remaining`, `X-RateLimit-Remaining`, `X-RateLimit-Remaining-Requests` and their `Limit` and `Reset`. */
function plainQuotas(headers: Headers, now: number): readonly Quota[] {
  const spellings = [
    ["ratelimit-", ""],
    ["x-ratelimit-", ""],
    ["x-ratelimit-", "-requests"],
  ] as const;
  return spellings.flatMap(([before, after]) => {
    const remaining = count(headers[`${before}remaining${after}`]);
    const resetAt = instantOf(headers[`${before}reset${after}`], now);
    if (remaining === undefined || resetAt === undefined) return [];
    const limit = count(headers[`${before}limit${after}`]);
    return [{ remaining, resetAt, ...(limit === undefined ? {} : { limit }) }];
  });
}

/** Seconds from now, seconds or milliseconds since 1970, a date, or a duration such as `1m26.4s`. */
function instantOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) {
    if (value < 0) return undefined;
    return value > 1e11 ? value : value > 1e8 ? value * 1_000 : now + value * 1_000;
  }
  const duration = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?$/.exec(text.trim());
  if (duration !== null && text.trim() !== "") {
    const [hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = duration
      .slice(1)
      .map((part) => Number(part ?? 0));
    return now + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}

function count(text: string | undefined): number | undefined {
  const match = /^\s*(\d+)/.exec(text ?? "");
  return match === null ? undefined : Number(match[1]);
}

function parameters(text: string | undefined): { readonly [name: string]: number | undefined } {
  return Object.fromEntries(
    [...(text ?? "").matchAll(/;\s*([a-z]+)\s*=\s*(\d+(?:\.\d+)?)/gi)].map(([, name = "", value]) => [
      name.toLowerCase(),
      Number(value),
    ]),
  );
}

/** `limit=100, remaining=50, reset=5`. */
function legacy(text: string): { readonly [name: string]: number | undefined } {
  return Object.fromEntries(
    [...text.matchAll(/\b(limit|remaining|reset)\s*=\s*(\d+)/gi)].map(([, name = "", value]) => [
      name.toLowerCase(),
      Number(value),
    ]),
  );
}
