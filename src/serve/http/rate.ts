/** How much one client may ask: a steady pace with a burst, one number a client, within a bound of memory. */

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface Allowance {
  readonly isAllowed: boolean;
  /** How many requests may follow at once. */
  readonly remaining: number;
  /** Until all may be asked again. */
  readonly resetMs: number;
  /** Until one may be asked; 0 where this one was. */
  readonly retryMs: number;
}

export type Limiter = (client: string, nowMs: number) => Allowance;

/** Who asked longest ago is forgotten first, which is to his advantage. */
const CLIENTS_MAX = 100_000;
/** What floating point may lose in a sum of costs, as a share of one. */
const ROUNDING = 1e-6;

/** The generic cell rate algorithm: a client's number is the moment at which everything that he asked is paid for. */
export function createLimiter({ requests, windowMs }: RateLimit, clientsMax = CLIENTS_MAX): Limiter {
  const paidAt = new Map<string, number>();
  const costMs = windowMs / requests;

  return (client, nowMs) => {
    const before = Math.max(paidAt.get(client) ?? nowMs, nowMs);
    const after = before + costMs;
    const isAllowed = after - nowMs <= windowMs + costMs * ROUNDING;
    const owedMs = (isAllowed ? after : before) - nowMs;
    if (isAllowed) {
      paidAt.delete(client);
      paidAt.set(client, after);
      forget(nowMs);
    }
    return {
      isAllowed,
      remaining: Math.max(0, Math.floor((windowMs - owedMs) / costMs + ROUNDING)),
      resetMs: owedMs,
      retryMs: isAllowed ? 0 : after - nowMs - windowMs,
    };
  };

  function forget(nowMs: number): void {
    for (const [client, at] of paidAt) {
      if (at > nowMs && paidAt.size <= clientsMax) return;
      paidAt.delete(client);
    }
  }
}

/** As draft-ietf-httpapi-ratelimit-headers writes it: the policy, and what is left of it. */
export function rateHeaders(
  { requests, windowMs }: RateLimit,
  { remaining, resetMs }: Allowance,
): { readonly [name: string]: string } {
  return {
    "ratelimit-policy": `"client";q=${requests};w=${seconds(windowMs)}`,
    ratelimit: `"client";r=${remaining};t=${seconds(resetMs)}`,
  };
}

export function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
