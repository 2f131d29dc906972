/** GET one page of one source: paced, authenticated, retried within a budget, bounded; the only place that touches the network. */
import { EnvHttpProxyAgent, request, type Dispatcher } from "undici";
import { ERRORS, WorldError, type ErrorCode } from "../domain/errors.ts";
import { halved } from "./address.ts";
import type { Credential } from "./auth.ts";
import { ACCEPT_ENCODING, cancel, readBody } from "./body.ts";
import type { Limits } from "./limits.ts";
import { createPacer, paceOf, type Gate } from "./pace.ts";
import type { Place } from "./place.ts";
import { retryAfterMs } from "./rate-headers.ts";
import type { Runtime } from "./runtime.ts";
import type { WebSource } from "./source.ts";
import type { Post, Transport, WireAnswer, WireRequest } from "./transport.ts";

/** Who asks, in every request. */
export const USER_AGENT = "modeldex";

export interface ClientOptions {
  readonly transport: Transport;
  readonly runtime: Runtime;
  readonly limits: Limits;
  readonly place: Place;
  readonly credential?: Credential;
  readonly quotaShare: number;
  /** Shared with whoever asks the same origin at the same time. */
  readonly gate?: Gate;
  readonly signal: AbortSignal;
  onWait(ms: number, why: string): void;
}

export interface Page {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  /** Absent: the upstream says that nothing changed since the validators that were sent. */
  readonly bytes?: Uint8Array;
}

export interface PageOptions {
  /** `If-None-Match` and the like. */
  readonly conditions?: { readonly [name: string]: string };
  /** Called as soon as the headers of a good answer are here, before its body. */
  onHeaders?(headers: Page["headers"]): void;
}

export interface Client {
  page(url: URL, options?: PageOptions): Promise<Page>;
  readonly counts: { readonly requests: number; readonly retries: number; readonly bytes: number };
  /** When the upstream's quota is full again, where its answers used it up. */
  notBefore(): number | undefined;
}

/** A client for one run of one source. */
export function createClient(source: WebSource, options: ClientOptions): Client {
  const { limits, runtime, place } = options;
  const pacer = createPacer(paceOf(source.pace, options.credential !== undefined), options);
  const counts = { requests: 0, retries: 0, bytes: 0 };
  const headers = {
    ...source.headers,
    accept: "application/json",
    "accept-encoding": ACCEPT_ENCODING,
    "user-agent": USER_AGENT,
  };

  return { page, counts, notBefore: pacer.notBefore };

  async function page(wanted: URL, pageOptions: PageOptions = {}): Promise<Page> {
    let url = wanted;
    for (let attempt = 0; ; attempt += 1) {
      const failure = await attemptPage(url, pageOptions).then(
        (answer) => ({ answer }),
        (error: unknown) => asWorldError(error, "unreachable"),
      );
      if ("answer" in failure) return failure.answer;
      const budget = limits.retriesPerRunMax + counts.requests / 10;
      if (options.signal.aborted) throw stopped(options.signal);
      if (!ERRORS[failure.code].retry || attempt >= limits.retriesPerPageMax || counts.retries >= budget)
        throw failure;
      counts.retries += 1;
      await waitBefore(attempt, failure);
      // The page may be too much for the upstream.
      if (failure.code === "upstream-error" || failure.code === "timeout")
        url = halved(url, source.paging) ?? url;
    }
  }

  async function attemptPage(url: URL, { conditions, onHeaders }: PageOptions): Promise<Page> {
    await pacer.turn(options.signal);
    const signal = AbortSignal.any([options.signal, runtime.deadline(limits.attemptMs)]);
    const answer = await followed(place.asked(url), { ...headers, ...conditions }, signal);
    pacer.observe(answer.headers);
    if (answer.status === 304 && conditions !== undefined) {
      await cancel(answer);
      return { url, headers: answer.headers };
    }
    if (answer.status !== 200) {
      await cancel(answer);
      const now = runtime.now();
      const error = statusError(answer, now, limits);
      // Said to one page, meant for all: a page asked for ahead must not come sooner.
      if (error.notBefore !== undefined) pacer.stayAway(error.notBefore - now);
      throw error;
    }
    onHeaders?.(answer.headers);
    const bytes = await readBody(answer, limits, signal).catch((error: unknown) => {
      throw asWorldError(error, "body-cut");
    });
    counts.bytes += bytes.length;
    await nextLeft();
    return { url, headers: answer.headers, bytes };
  }

  /** Redirects are followed within the origin, and nowhere else: the credential stays at home. */
  async function followed(
    asked: URL,
    sent: { readonly [name: string]: string },
    signal: AbortSignal,
  ): Promise<WireAnswer> {
    let url = asked;
    const seen = new Set([asked.href]);
    for (let redirects = 0; ; redirects += 1) {
      counts.requests += 1;
      const proven = { ...sent, ...credentialHeaders(source, options, url) };
      const answer = await untilAborted(options.transport({ url, headers: proven, signal }), signal);
      const location = answer.headers["location"];
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      await cancel(answer);
      if (redirects >= limits.redirectsMax)
        throw new WorldError("redirect-refused", `more than ${limits.redirectsMax} redirects`);
      url = redirectTarget(location, url);
      if (seen.has(url.href)) throw new WorldError("redirect-refused", "it leads in a circle");
      seen.add(url.href);
    }
  }

  function redirectTarget(location: string, from: URL): URL {
    try {
      return place.asked(new URL(location, from));
    } catch {
      throw new WorldError(
        "redirect-refused",
        `from ${from.origin} to ${URL.canParse(location, from.href) ? new URL(location, from).origin : "no address"}`,
      );
    }
  }

  async function waitBefore(attempt: number, failure: WorldError): Promise<void> {
    const jittered = runtime.random() * Math.min(limits.backoffMaxMs, limits.backoffMs * 2 ** attempt);
    const told = failure.notBefore === undefined ? 0 : failure.notBefore - runtime.now();
    const ms = Math.max(jittered, told);
    if (ms > limits.waitMaxMs) throw new WorldError("wait-too-long", failure.message, failure.notBefore);
    if (ms > 1_000) options.onWait(ms, failure.message);
    await runtime.sleep(ms, options.signal).catch(() => {
      throw stopped(options.signal);
    });
  }
}

/** The network itself. `proxy` is `HTTPS_PROXY`, for https alone; hosts in `noProxy` are asked directly. */
export function httpTransport(settings: { readonly proxy?: string; readonly noProxy?: string }): {
  readonly transport: Transport;
  readonly post: Post;
  close(): Promise<void>;
} {
  // "" is no proxy: undici would otherwise read the environment, which config.ts alone does.
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: "",
    httpsProxy: settings.proxy ?? "",
    noProxy: settings.noProxy ?? "",
  });
  return {
    close: () => dispatcher.close(),
    transport: (asked) => exchange(asked, { method: "GET" }),
    post: ({ body, ...asked }) => exchange(asked, { method: "POST", body }),
  };

  /** No redirect is followed: whoever asks decides about each. */
  async function exchange(
    { url, headers, signal }: WireRequest,
    sent: { readonly method: "GET" } | { readonly method: "POST"; readonly body: string },
  ): Promise<WireAnswer> {
    // The deadline of the attempt is the signal's; undici's own would only add a second truth.
    const answer = await request(url, {
      ...sent,
      headers,
      signal,
      dispatcher,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    answer.body.on("error", () => undefined);
    return { status: answer.statusCode, headers: joined(answer.headers), body: answer.body };
  }
}

/**
 * A request made meanwhile, for the page after this one, leaves before this page is worked on: a connection that has just
 * become free takes its next request up one turn of the event loop later.
 */
function nextLeft(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function joined(headers: Dispatcher.ResponseData["headers"]): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

/** A credential goes where the place says; a signature to the upstream's own origin alone, for no other could check it. */
function credentialHeaders(
  { auth }: WebSource,
  { credential, place, runtime }: ClientOptions,
  url: URL,
): { readonly [name: string]: string } {
  if (credential === undefined || !place.takesCredential || auth.header === "") return {};
  if (typeof credential === "string") return { [auth.header]: auth.prefix + credential };
  return place.elsewhere ? {} : credential(url, runtime.now());
}

/** 401 is no 404 is no 503: each says something else about what to do next. */
function statusError(answer: WireAnswer, now: number, limits: Limits): WorldError {
  const { status, headers } = answer;
  const told = retryAfterMs(headers["retry-after"], now);
  const later = told === undefined ? undefined : now + Math.ceil(Math.min(told, limits.stayAwayMaxMs));
  const notBefore = status === 429 || status >= 500 ? later : undefined;
  const detail = `status ${status}`;
  const error = (code: ErrorCode) => new WorldError(code, detail, notBefore, status);
  if (status === 429) return error("rate-limited");
  if (status >= 500) return error("upstream-error");
  if (status === 401 || status === 403) return error("unauthorized");
  if (status === 404 || status === 410) return error("not-found");
  return error("bad-status");
}

/** Whatever broke below, as a code from the table: `otherwise` says what breaks at this point where nothing else is known. */
function asWorldError(error: unknown, otherwise: "unreachable" | "body-cut"): WorldError {
  if (error instanceof WorldError) return error;
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (name === "TimeoutError") return new WorldError("timeout", "no complete answer in time");
  return new WorldError(otherwise, (code || message).slice(0, 200));
}

/** The run itself is over: its time is up, or somebody stopped it. */
function stopped(signal: AbortSignal): WorldError {
  const { reason } = signal;
  return reason instanceof Error && reason.name === "TimeoutError"
    ? new WorldError("run-timeout", "what was read until then is kept")
    : new WorldError("aborted", "stopped");
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    aborted.catch(() => undefined);
    promise.catch(() => undefined);
  }
}
