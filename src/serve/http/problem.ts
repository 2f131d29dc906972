/** What went wrong, as RFC 9457 problem details; there is no other way out. */
import type { FastifyReply } from "fastify";
import { BadName } from "../../check/names.ts";
import { withoutTokens } from "../../domain/text.ts";
import { TooManyThen, UnknownName } from "../application.ts";
import { NoSuchModel } from "./answers/model.ts";
import { BadQuestion } from "./answers/question.ts";
import { NotReady } from "./answers/revision.ts";
import { ModelGone } from "./answers/tombstone.ts";
import { WalkIsOver } from "./answers/walk.ts";

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";
/** After this many seconds it is worth asking again for a first revision. */
const RETRY_AFTER_SECONDS = 5;

export const PROBLEMS = {
  "unknown-parameter": { status: 400, title: "No such parameter" },
  "bad-value": { status: 400, title: "A parameter has a value that is not allowed" },
  "bad-encoding": { status: 400, title: "The address is not percent-encoded UTF-8" },
  "bad-request": { status: 400, title: "The request cannot be read" },
  "bad-body": { status: 400, title: "The body is not what this route takes" },
  "unknown-name": { status: 400, title: "The question names something that is not there" },
  "key-required": { status: 401, title: "The admin key is missing or wrong" },
  "token-required": { status: 401, title: "The question is about a token, and there is none" },
  "token-refused": { status: 401, title: "Hugging Face refuses the token" },
  "sign-in-refused": { status: 400, title: "Hugging Face refuses the sign-in" },
  "admin-off": { status: 403, title: "No admin key is set, so the admin routes are off" },
  "sign-in-off": { status: 403, title: "No client id is set, so nobody can sign in" },
  "other-page": { status: 403, title: "Another web page may not ask this" },
  "no-such-route": { status: 404, title: "No such address" },
  "no-such-model": { status: 404, title: "No such model" },
  "no-such-override": { status: 404, title: "No such override" },
  "no-such-watch": { status: 404, title: "No such watch" },
  "no-such-run": { status: 404, title: "No such run" },
  "model-gone": { status: 410, title: "Nobody offers the model any more" },
  "walk-is-over": { status: 410, title: "The revision of this cursor is gone" },
  "method-not-allowed": { status: 405, title: "This address takes other methods" },
  "request-timeout": { status: 408, title: "The request did not arrive in time" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "url-too-long": { status: 414, title: "The address is too long" },
  "unsupported-body": { status: 415, title: "The body is not JSON" },
  "too-many-requests": { status: 429, title: "You ask more than one client may" },
  "headers-too-large": { status: 431, title: "The request's headers are too large" },
  internal: { status: 500, title: "This is our mistake" },
  "no-answer": { status: 502, title: "Hugging Face gives no answer" },
  "too-many-moments": { status: 503, title: "Too many moments of the past are asked for at once" },
  "too-many-readers": { status: 503, title: "Too many read events at once" },
  "not-ready": { status: 503, title: "There is nothing to answer from yet" },
} as const satisfies { readonly [code: string]: { readonly status: number; readonly title: string } };
export type ProblemCode = keyof typeof PROBLEMS;

interface About {
  /** Further members of the document: what a program can act on. */
  readonly members?: { readonly [name: string]: unknown };
  readonly headers?: { readonly [name: string]: string };
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly members: NonNullable<About["members"]>;
  readonly headers: NonNullable<About["headers"]>;

  constructor(code: ProblemCode, detail: string, { members = {}, headers = {} }: About = {}) {
    // What was wrong is often repeated, and may be a token in the wrong place.
    super(withoutTokens(detail));
    this.name = "Problem";
    this.code = code;
    this.members = members;
    this.headers = headers;
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(PROBLEMS[problem.code].status)
    .headers({ "content-type": PROBLEM_TYPE, "cache-control": "no-store", ...problem.headers })
    .send(problemBody(problem));
}

export function problemBody(problem: Problem): Buffer {
  const { status, title } = PROBLEMS[problem.code];
  const document = {
    type: `urn:modeldex:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    ...problem.members,
  };
  return Buffer.from(`${JSON.stringify(document)}\n`);
}

/** What an error is to the caller; one that nobody foresaw is ours, and its message stays at home. */
export function problemOf(error: unknown, url = "/"): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof BadQuestion) {
    return new Problem(error.fault, error.message, {
      members: { parameter: error.parameter, known: error.known, guess: error.guess },
    });
  }
  if (error instanceof NoSuchModel) {
    return new Problem("no-such-model", error.message, { members: { suggestions: error.suggestions } });
  }
  if (error instanceof ModelGone)
    return new Problem("model-gone", error.message, { members: { ...error.tombstone } });
  if (error instanceof BadName)
    return new Problem("bad-value", error.message, { members: { parameter: error.what } });
  if (error instanceof TooManyThen)
    return new Problem("too-many-moments", error.message, {
      headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
    });
  if (error instanceof UnknownName) return new Problem("unknown-name", error.message);
  if (error instanceof WalkIsOver)
    return new Problem("walk-is-over", error.message, {
      members: { parameter: "cursor", start: withoutCursor(url) },
    });
  if (error instanceof NotReady) {
    return new Problem("not-ready", error.message, {
      headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
    });
  }
  return frameworkProblem(error) ?? new Problem("internal", "the server's log says what happened");
}

/** Where the walk begins: the same question without its cursor. */
function withoutCursor(url: string): string {
  const [path = "/", asked = ""] = url.split("?", 2);
  const others = asked.split("&").filter((part) => part !== "" && !part.startsWith("cursor="));
  return others.length === 0 ? path : `${path}?${others.join("&")}`;
}

/** What Fastify refuses before a route sees it, by its own codes. */
const FRAMEWORK: { readonly [code: string]: readonly [ProblemCode, string] } = {
  FST_ERR_BAD_URL: ["bad-encoding", "the path is no percent-encoded UTF-8"],
  FST_ERR_MAX_PARAM_LENGTH: ["url-too-long", "a part of the path is longer than any id"],
  FST_ERR_CTP_BODY_TOO_LARGE: ["body-too-large", "the body is larger than the limit"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported-body", "send application/json"],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["bad-body", "the body is announced as JSON and is empty"],
};

function frameworkProblem(error: unknown): Problem | undefined {
  const { code, statusCode } = (typeof error === "object" && error !== null ? error : {}) as {
    code?: unknown;
    statusCode?: unknown;
  };
  const known = typeof code === "string" && Object.hasOwn(FRAMEWORK, code) ? FRAMEWORK[code] : undefined;
  if (known !== undefined) return new Problem(...known);
  return statusCode === 400 ? new Problem("bad-body", "the body is not JSON") : undefined;
}
