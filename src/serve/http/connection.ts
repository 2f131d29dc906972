/** What never became a request: too large headers, silence, no HTTP at all. It is answered as a problem, and the connection ends. */
import type { Socket } from "node:net";
import { Problem, PROBLEM_TYPE, PROBLEMS, problemBody, type ProblemCode } from "./problem.ts";

const CODES: { readonly [code: string]: readonly [ProblemCode, string] } = {
  HPE_HEADER_OVERFLOW: ["headers-too-large", "address and headers together are larger than the limit"],
  ERR_HTTP_REQUEST_TIMEOUT: ["request-timeout", "send it again"],
};

export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const known = Object.hasOwn(CODES, error.code ?? "") ? CODES[error.code ?? ""] : undefined;
  const problem = new Problem(
    ...(known ?? (["bad-request", "it is not HTTP as this server speaks it"] as const)),
  );
  const { status, title } = PROBLEMS[problem.code];
  const body = problemBody(problem);
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${body.length}`,
    "X-Content-Type-Options: nosniff",
    "Connection: close",
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}
