/** Answers that come late, piecemeal or not at all. They hold the connection until the caller gives up. */

import type { Exchange } from "../../tools/upstreams/exchange.ts";
import { fault } from "./fault.ts";

const A_SECOND_MS = 1000;

export const latencyFaults = [
  fault("never answers", () => {}),
  fault("stalls before the headers", ({ response }) => {
    // The status line begins and stays unfinished, which is not the same as silence.
    response.socket?.write("HTTP/1.1 200 OK\r\ncontent-type: appl");
  }),
  fault("stalls after the headers", (exchange) => {
    begin(exchange);
  }),
  fault("stalls in mid-body", (exchange) => {
    begin(exchange);
    exchange.response.write(half(exchange));
  }),
  fault("sends one byte a second", (exchange) => {
    begin(exchange);
    const { response, answer } = exchange;
    let sent = 0;
    const timer = setInterval(() => {
      response.write(answer.body.subarray(sent, sent + 1));
      sent += 1;
      if (sent >= answer.body.length) response.end();
    }, A_SECOND_MS);
    response.once("close", () => clearInterval(timer));
  }),
  fault("closes without an answer", ({ response }) => {
    response.destroy();
  }),
  fault("closes after the headers", (exchange) => {
    begin(exchange);
    setImmediate(() => exchange.response.destroy());
  }),
  fault("never reads and never answers", ({ incoming }) => {
    incoming.socket.pause();
  }),
] as const;

function begin({ response, answer }: Exchange): void {
  response.writeHead(answer.status, { ...answer.headers, "content-length": String(answer.body.length) });
  response.flushHeaders();
}

function half({ answer }: Exchange): Buffer {
  return answer.body.subarray(0, Math.floor(answer.body.length / 2));
}
