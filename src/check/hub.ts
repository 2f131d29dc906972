/** One question to the Hub while a caller waits: one GET, no retry, bounded in time, bytes, redirects and number. */
import { WorldError } from "../domain/errors.ts";
import { ACCEPT_ENCODING, cancel, readBody } from "../kit/body.ts";
import { USER_AGENT } from "../kit/client.ts";
import { LIMITS } from "../kit/limits.ts";
import { linkHeader } from "../kit/paging.ts";
import { parsePage } from "../kit/parse.ts";
import type { Place } from "../kit/place.ts";
import { quotasOf, retryAfterMs } from "../kit/rate-headers.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Transport, WireAnswer } from "../kit/transport.ts";
import { createBudget } from "./budget.ts";

/** The Hub as every place knows it. */
export const HUB_URL = "https://huggingface.co";

/** What a caller may be made to wait. */
export const DEADLINE_MS = 10_000;
/** Of the anonymous quota of 500 in five minutes, a sync takes 80 % at most: this is the rest. */
const ANONYMOUS_MAX = 100;
/** Requests with callers' tokens, which count for the callers; refused ones count for this machine. */
const WITH_TOKENS_MAX = 500;
const WINDOW_MS = 300_000;
/** At once. */
const ASKS_MAX = 64;
const HUB_LIMITS = { ...LIMITS, bodyBytesMax: 8 * 1024 * 1024 };
/** However long the Hub asks for silence, we look again after this. */
export const SILENCE_MAX_MS = 300_000;

export interface HubOptions {
  readonly transport: Transport;
  readonly runtime: Runtime;
  /** Where the Hub is asked, and whether a credential goes there. */
  readonly place: Place;
}

export interface Question {
  /** Below `/api`, each part encoded here: `["models", "openai", "gpt-oss-120b"]`. */
  readonly path: readonly string[];
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly token?: string;
  /** A renamed model leads to its new name; nothing else may lead anywhere. */
  readonly mayBeRenamed?: boolean;
}

/** An answer of whatever status, or why there is none. */
export type HubAnswer =
  | {
      readonly status: number;
      readonly headers: { readonly [name: string]: string };
      /** Parsed; absent where it is no JSON. */
      readonly body?: unknown;
      /** What asks for the next page of a list, where there is one. */
      readonly next?: NonNullable<Question["query"]>;
    }
  | Silence;

export interface Silence {
  readonly status?: undefined;
  /** In our own words: an upstream's could repeat the token. */
  readonly why: string;
  readonly retryAfterMs?: number;
}

export interface Hub {
  /** Never rejects for what the world does. */
  ask(question: Question): Promise<HubAnswer>;
  /** False where the operator's settings keep credentials from the address that is asked. */
  readonly takesTokens: boolean;
}

export function createHub({ transport, runtime, place }: HubOptions): Hub {
  const anonymous = createBudget(runtime, ANONYMOUS_MAX, WINDOW_MS);
  const withTokens = createBudget(runtime, WITH_TOKENS_MAX, WINDOW_MS);
  let open = 0;

  return { ask, takesTokens: place.takesCredential };

  async function ask(question: Question): Promise<HubAnswer> {
    if (question.token !== undefined && !place.takesCredential) return { why: NO_TOKENS_THERE };
    if (open >= ASKS_MAX) return { why: "too many checks are under way; ask again in a moment" };
    const waitMs = (question.token === undefined ? anonymous : withTokens).take();
    if (waitMs > 0)
      return { why: "our own share of the Hub's quota is used up for now", retryAfterMs: waitMs };
    open += 1;
    try {
      return await answerTo(question, runtime.deadline(DEADLINE_MS));
    } catch (error) {
      return { why: whyOf(error) };
    } finally {
      open -= 1;
    }
  }

  async function answerTo(question: Question, signal: AbortSignal): Promise<HubAnswer> {
    const answer = await followed(question, signal);
    const now = runtime.now();
    if (answer.status === 429 || answer.status === 408 || answer.status >= 500) {
      await cancel(answer);
      const told = retryAfterMs(answer.headers["retry-after"], now) ?? quotaMs(answer, now);
      return {
        why: WHY[answer.status] ?? `the Hub has trouble (status ${answer.status})`,
        ...(told === undefined ? {} : { retryAfterMs: Math.min(told, SILENCE_MAX_MS) }),
      };
    }
    const bytes = await readBody(answer, HUB_LIMITS, signal);
    const { status, headers } = answer;
    try {
      const body = parsePage(bytes, headers["content-type"], HUB_LIMITS);
      const next = nextOf(question, headers, place);
      return { status, headers, body, ...(next === undefined ? {} : { next }) };
    } catch (error) {
      // A refusal says what it says by its status; a page in place of an answer says nothing.
      if (status === 200) throw error;
      return { status, headers };
    }
  }

  async function followed(question: Question, signal: AbortSignal): Promise<WireAnswer> {
    let url = addressOf(question, place);
    const { search } = url;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await transport({ url, headers: headersOf(question), signal });
      const location = answer.headers["location"];
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      await cancel(answer);
      if (question.mayBeRenamed !== true || redirects >= HUB_LIMITS.redirectsMax)
        throw new WorldError("redirect-refused", "the Hub sends us elsewhere");
      url = renamedTo(location, url, place);
      url.search = search;
    }
  }
}

const LINKS = linkHeader();

const NO_TOKENS_THERE =
  "the Hub is asked at another address, and no token is sent there: the operator allows it with " +
  "MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE=1, or for a mirror with MODELDEX_MIRROR_CREDENTIALS=1";

const WHY: { readonly [status: number]: string } = {
  429: "the Hub answers 429: too many requests",
  408: "the Hub answers 408: it did not wait for us",
};

function headersOf({ token }: Question): { readonly [name: string]: string } {
  return {
    accept: "application/json",
    "accept-encoding": ACCEPT_ENCODING,
    "user-agent": USER_AGENT,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Throws where the parts make another path than they say: a part is never a step up. */
function addressOf({ path, query = [] }: Question, place: Place): URL {
  const below = path.map(encodeURIComponent).join("/");
  const own = new URL(`${HUB_URL}/api/${below}`);
  if (own.pathname !== `/api/${below}`) throw new WorldError("origin-refused", "no such path at the Hub");
  for (const [name, value] of query) own.searchParams.append(name, value);
  return place.asked(own);
}

/** The question that `Link` names, to be asked as it stands; a `WorldError` where it leads anywhere but on in the same list. */
function nextOf(question: Question, headers: WireAnswer["headers"], place: Place): Question["query"] {
  const asked = addressOf(question, place);
  const link = LINKS.nextFromHeaders?.(asked, headers);
  if (link === undefined) return undefined;
  const next = place.asked(link);
  if (next.pathname !== asked.pathname)
    throw new WorldError("redirect-refused", "the list goes on elsewhere");
  return [...next.searchParams];
}

/** A model's address at the same origin, or a `WorldError`. */
function renamedTo(location: string, from: URL, place: Place): URL {
  const models = place.asked(new URL(`${HUB_URL}/api/models/`)).pathname;
  const refused = new WorldError("redirect-refused", "it leads away from the Hub's models");
  const target = URL.parse(location, from.href);
  if (target === null) throw refused;
  const url = place.asked(target);
  const id = url.pathname.startsWith(models) ? url.pathname.slice(models.length) : "";
  if (!/^[\w.-]+(?:\/[\w.-]+)?$/.test(id)) throw refused;
  return new URL(url);
}

function quotaMs(answer: WireAnswer, now: number): number | undefined {
  const empty = quotasOf(answer.headers, now).filter(({ remaining }) => remaining === 0);
  // One second more: the header counts whole ones.
  return empty.length === 0 ? undefined : Math.max(...empty.map(({ resetAt }) => resetAt)) - now + 1_000;
}

/** By code and kind alone: messages of below may hold anything. */
export function whyOf(error: unknown): string {
  if (error instanceof WorldError) {
    if (error.code === "redirect-refused" || error.code === "origin-refused")
      return "the Hub leads to an address that is not its own; it was not asked";
    return `the Hub's answer cannot be read (${error.code})`;
  }
  if (error instanceof Error && error.name === "TimeoutError")
    return `the Hub did not answer within ${DEADLINE_MS / 1_000} seconds`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[A-Z_]{3,40}$/.test(code) ? `the Hub cannot be reached (${code})` : "the Hub cannot be reached";
}
