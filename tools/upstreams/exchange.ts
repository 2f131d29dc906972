/** What passes between the mirror and its callers: the request, the answer, and what may go wrong with it. */

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

/** A request as it would have reached the upstream, kept in order of arrival. */
export interface RecordedRequest {
  readonly method: string;
  /** The path and query as asked at the mirror. */
  readonly url: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export interface Answer {
  readonly status: number;
  /** Lower-case names. `date` only where the upstream's date is known. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where it comes from, for the log line. */
  readonly origin: string;
}

export interface Exchange {
  readonly request: RecordedRequest;
  /** What would have been sent. */
  readonly answer: Answer;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

/** One way in which an answer goes wrong, applied in place of sending it. */
export interface Fault {
  readonly name: string;
  apply(exchange: Exchange): void | Promise<void>;
}

/** A body in place of a recording: bytes, text, a value to be written as JSON, or a function of the request. */
export type Body = Buffer | string | object | ((request: RecordedRequest) => Reply);

/** What a body function returns; `value` is written as JSON where `body` is not given. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly value?: unknown;
}
