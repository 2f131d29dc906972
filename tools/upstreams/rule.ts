/** Rules that say which requests something is for: the fault switch and the given bodies are lists of them. */

import type { RecordedRequest } from "./exchange.ts";

/** What is not given matches everything. */
export interface Match {
  readonly host?: string;
  readonly path?: string | RegExp;
  /** Counted over the requests for this host and path since the rule was set, from 1: only this one, */
  readonly nth?: number;
  /** or from this one on, */
  readonly from?: number;
  /** or up to this one. */
  readonly until?: number;
}

export interface Rules<Effect> {
  /** `match` may be short: `"api.example.com/v1/models"` or `"api.example.com"`. */
  add(match: Match | string, effect: Effect): void;
  /** The effect on this request, of the rule added last where several match. Every rule counts it. */
  take(request: RecordedRequest): Effect | undefined;
  clear(): void;
}

interface Rule<Effect> {
  readonly match: Match;
  readonly effect: Effect;
  seen: number;
}

export function newRules<Effect>(): Rules<Effect> {
  let rules: Rule<Effect>[] = [];
  return {
    add: (match, effect) => rules.unshift({ match: toMatch(match), effect, seen: 0 }),
    take(request) {
      const about = rules.filter((rule) => isAbout(rule.match, request));
      for (const rule of about) rule.seen += 1;
      return about.find((rule) => includesCount(rule.match, rule.seen))?.effect;
    },
    clear: () => {
      rules = [];
    },
  };
}

function toMatch(match: Match | string): Match {
  if (typeof match !== "string") return match;
  const slash = match.indexOf("/");
  return slash < 0 ? { host: match } : { host: match.slice(0, slash), path: match.slice(slash) };
}

function isAbout(match: Match, request: RecordedRequest): boolean {
  if (match.host !== undefined && match.host !== request.host) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? match.path === request.path : match.path.test(request.path);
}

function includesCount(match: Match, count: number): boolean {
  if (match.nth !== undefined) return count === match.nth;
  return count >= (match.from ?? 1) && count <= (match.until ?? Infinity);
}
