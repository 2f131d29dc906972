/** What only sockets show: limits on what arrives, an orderly end, a reader that goes away. */
import { createConnection, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Route } from "../../src/serve/http/route.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { fakeApplication } from "./support/application.ts";
import { serverOptions } from "./support/server.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** A route that answers when the test says so. */
function slowly(until: Promise<void>, onAsked: () => void): Route {
  return {
    method: "GET",
    path: "/slow",
    policy: "public",
    summary: "",
    parameters: undefined,
    document: z.looseObject({}),
    example: "/slow",
    answer: async () => {
      onAsked();
      await until;
      return { kind: "momentary", bytes: Buffer.from('{"done":true}') };
    },
  };
}

async function listening(options = serverOptions(), routes?: readonly Route[]): Promise<number> {
  server = createServer(fakeApplication(), options, routes);
  return Number(new URL(await server.listen()).port);
}

/** Sends this and says what came back until the connection ended. */
function say(port: number, text: string): { readonly socket: Socket; readonly heard: Promise<string> } {
  const socket = createConnection({ port, host: "127.0.0.1" });
  const { promise, resolve } = Promise.withResolvers<string>();
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.on("error", () => undefined);
  socket.on("close", () => resolve(Buffer.concat(parts).toString()));
  socket.write(text);
  return { socket, heard: promise };
}

describe("an end in order", () => {
  test("what is under way is answered, and nothing new is taken", async () => {
    const asked = Promise.withResolvers<void>();
    const until = Promise.withResolvers<void>();
    const port = await listening(serverOptions(), [slowly(until.promise, asked.resolve)]);
    const { heard } = say(port, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    await asked.promise;
    const closed = server?.close();
    until.resolve();
    expect(await heard).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\{"done":true\}$/);
    await closed;
    expect(await say(port, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").heard).toBe("");
  });

  test("what does not end in time is ended", async () => {
    const asked = Promise.withResolvers<void>();
    const grace = new AbortController();
    const options = serverOptions();
    const port = await listening({ ...options, clock: { ...options.clock, deadline: () => grace.signal } }, [
      slowly(new Promise(() => undefined), asked.resolve),
    ]);
    const { heard } = say(port, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    await asked.promise;
    const closed = server?.close();
    grace.abort();
    expect(await heard).toBe("");
    await closed;
  });
});

describe("limits", () => {
  test.each([
    ["headers that are too large", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["no HTTP at all", "hello\r\n\r\n", 400],
    [
      "two lengths",
      "POST /v1/cost HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
    ],
    [
      "a length and chunks",
      "POST /v1/cost HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    [
      "a bare line feed in a header",
      "GET / HTTP/1.1\r\nHost: a\r\nX: a\n\nGET /v1/models HTTP/1.1\r\n\r\n",
      400,
    ],
    ["no host", "GET /healthz HTTP/1.1\r\n\r\n", 400],
  ])("%s: a problem, and the connection ends", async (_what, text, status) => {
    const port = await listening();
    const { heard, socket } = say(port, text);
    const said = await heard;
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    socket.destroy();
  });

  test("an address that is too long, and a body that is too large", async () => {
    const port = await listening();
    const origin = `http://127.0.0.1:${port}`;
    expect((await fetch(`${origin}/v1/models?q=${"a".repeat(9_000)}`)).status).toBe(414);
    const body = JSON.stringify({ more: "x".repeat(70_000) });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${origin}/v1/cost`, { method: "POST", body, headers })).status).toBe(413);
  });
});

test("a reader that goes away in the middle of a stream is no mistake of ours", async () => {
  const mistakes: string[] = [];
  const port = await listening(serverOptions(mistakes));
  const { socket, heard } = say(
    port,
    "GET /v1/models HTTP/1.1\r\nHost: a\r\nAccept: application/x-ndjson\r\n\r\n",
  );
  socket.once("data", () => socket.destroy());
  await heard;
  expect(mistakes).toEqual([]);
});
