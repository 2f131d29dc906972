/** What goes wrong over HTTP: every answer is a problem that says what to do, and none is a 5xx. */
import { MODEL_PARAMETERS } from "../../src/catalog/parameters.ts";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { PROBLEMS } from "../../src/serve/http/problem.ts";
import { served } from "./support/server.ts";

async function problemAt(url: string) {
  const answer = await served().inject(url);
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(answer.headers["access-control-allow-origin"]).toBe("*");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  const problem = answer.json();
  const code = String(problem.type).replace("urn:modeldex:problem:", "");
  expect(problem.status).toBe(answer.statusCode);
  expect(PROBLEMS).toHaveProperty([code]);
  return { ...problem, code };
}

describe("a question that is put wrongly", () => {
  test.each([
    ["/v1/models?gatewy=groq", "unknown-parameter", "gateway"],
    ["/v1/models?Limit=3", "unknown-parameter", "limit"],
    ["/v1/offers?modle=x", "unknown-parameter", "model"],
    ["/v1/changes?sinc=7d", "unknown-parameter", "since"],
    ["/v1/models?gateway=grok", "unknown-name", "groq"],
    ["/v1/models?gateway=groq,hugingface", "unknown-name", "huggingface"],
    ["/v1/offers?provider=novitta", "unknown-name", "novita"],
    ["/v1/runs?source=grog", "unknown-name", "groq"],
  ])("%s: %s, did you mean %s", async (url, code, guess) => {
    expect(await problemAt(url)).toMatchObject({ status: 400, code, guess });
  });

  test("an unknown parameter is told which there are", async () => {
    expect(await problemAt("/v1/models?gatewy=groq")).toMatchObject({
      parameter: "gatewy",
      known: expect.arrayContaining([...MODEL_PARAMETERS.map(({ name }) => name), "as_of", "known_at"]),
      guess: "gateway",
      detail: expect.stringContaining('no parameter is called "gatewy"; did you mean "gateway"? Known: q, '),
    });
  });

  test("an unknown gateway is told which there are, of the catalog and of the sources", async () => {
    expect(await problemAt("/v1/models?gateway=zzzzzz")).toMatchObject({
      known: ["groq", "huggingface", "xai"],
    });
  });

  test("a route without parameters says so", async () => {
    expect((await problemAt("/v1/gateways?q=x")).detail).toContain("There are none here");
  });

  test.each([
    ["/v1/models?limit=0", "limit", "1 to 1000"],
    ["/v1/models?limit=1001", "limit", "1 to 1000"],
    ["/v1/models?limit=abc", "limit", "1 to 1000"],
    ["/v1/models?limit=", "limit", "1 to 1000"],
    ["/v1/models?limit=1.5", "limit", "1 to 1000"],
    ["/v1/models?offset=-1", "offset", "pass over"],
    [`/v1/models?q=${"x".repeat(201)}`, "q", "200"],
    ["/v1/models?limit=1&limit=2", "limit", "twice"],
    ["/v1/changes?since=yesterday", "since", "ISO date"],
    ["/v1/changes?since=2026-13-45", "since", "ISO date"],
    ["/v1/changes?kind=chnged", "kind", 'did you mean \\"changed\\"'],
    ["/v1/changes?topic=weather", "topic", "price"],
    ["/v1/findings?kind=x", "kind", "unknown-word"],
    ["/v1/offers?model=nobody", "model", "nobody"],
  ])("%s names the parameter and what is allowed", async (url, parameter, says) => {
    const problem = await problemAt(url);
    expect(problem).toMatchObject({ status: 400, parameter });
    expect(JSON.stringify(problem.detail)).toContain(says);
  });

  test.each([
    "/v1/models?q=%E0%A4%A",
    "/v1/models?q=%ED%A0%80",
    "/v1/models?%ff=1",
    "/v1/models/a/%E0%A4%A",
    "/v1/models/%",
  ])("%s is no percent-encoded UTF-8", async (url) => {
    expect(await problemAt(url)).toMatchObject({ status: 400, code: "bad-encoding" });
  });
});

describe("an address that is not there", () => {
  test.each([
    "/nowhere",
    "/v1",
    "/v1/nothing",
    "/v2/models",
    "/v1/models/",
    "//",
    "/v1/models/a/b/c",
    "/../../etc/passwd",
  ])("%s", async (url) => {
    expect((await problemAt(url)).status).toBe(404);
  });

  test("a model's name with raw slashes is told how to write them", async () => {
    expect((await problemAt("/v1/models/~groq/audio/whisper")).detail).toContain("%2F");
  });

  test.each([
    ["POST", "/v1/models", "GET, HEAD, OPTIONS"],
    ["DELETE", "/v1/models/openai/gpt-oss-120b", "GET, HEAD, OPTIONS"],
    ["GET", "/v1/admin/sync", "POST"],
    ["OPTIONS", "/v1/admin/sync", "POST"],
  ] as const)("%s %s names the methods that it takes", async (method, url, allow) => {
    const answer = await served().inject({ method, url });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
  });

  test("a path that is too long is a 414, wherever it is too long", async () => {
    expect((await problemAt(`/v1/models/a/${"x".repeat(6_200)}`)).status).toBe(414);
    expect((await problemAt(`/v1/models?q=${"x".repeat(9_000)}`)).status).toBe(414);
  });
});

describe("a body that is no command", () => {
  const headers = { authorization: "Bearer the right key" };

  test.each([
    ["application/json", "{", 400],
    ["application/json", "", 400],
    ["application/json", '{"__proto__":{"sources":["groq"]}}', 400],
    ["text/plain", "sources=groq", 415],
    ["application/x-www-form-urlencoded", "sources=groq", 415],
    ["application/json", `{"sources":["${"x".repeat(70_000)}"]}`, 413],
  ])("%s %.40s: %i", async (type, payload, status) => {
    const answer = await served().inject({
      method: "POST",
      url: "/v1/admin/sync",
      headers: { ...headers, "content-type": type },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});

describe("hostile questions are harmless", () => {
  const strings = [
    "'; DROP TABLE models; --",
    '"*" AND NEAR(',
    "__proto__",
    "constructor",
    "\u0000",
    "\u202e\u200b\u001b[2J",
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "((((((((((((((((((((a+)+)+)+)+)+",
    "\ud7ff\ue000\u{10ffff}",
    "%00%ff%2F",
    "🦙".repeat(50),
  ];
  const places = [
    "/v1/models?q=",
    "/v1/models?gateway=",
    "/v1/offers?model=",
    "/v1/offers?provider=",
    "/v1/changes?model=",
    "/v1/changes?since=",
    "/v1/runs?source=",
    "/v1/models/x/",
    "/v1/models/",
  ];

  test.each(places)("%s", async (place) => {
    const server = served();
    for (const text of strings) {
      const answer = await server.inject(`${place}${encodeURIComponent(text)}`);
      expect({ text, isOurFault: answer.statusCode >= 500 }).toEqual({ text, isOurFault: false });
      expect(answer.json()).toBeTypeOf("object");
    }
    expect(server.mistakes).toEqual([]);
  });

  test("a parameter called __proto__ is an unknown parameter", async () => {
    expect(await problemAt("/v1/models?__proto__=x")).toMatchObject({ code: "unknown-parameter" });
  });
});

describe("our own mistakes", () => {
  test("are told to the operator, and to the caller only that there was one", async () => {
    const server = served({ health: () => Promise.reject(new Error("database password is hunter2")) });
    const answer = await server.inject("/v1/sources");
    expect([answer.statusCode, answer.json().type]).toEqual([500, "urn:modeldex:problem:internal"]);
    expect(answer.body).not.toContain("hunter2");
    expect(server.mistakes).toEqual(["GET /v1/sources: Error: database password is hunter2"]);
  });
});

describe("over a real socket", () => {
  test("a page arrives, what is no HTTP gets a problem, and closing ends it", async () => {
    const server = served();
    const address = new URL(await server.listen());
    const page = await fetch(new URL("/v1/models?limit=1", address));
    expect(await page.json()).toMatchObject({ total: 3 });
    const { status, headers, length } = await fetch(new URL("/v1/models", address), { method: "HEAD" }).then(
      async (answer) => ({
        status: answer.status,
        headers: answer.headers,
        length: (await answer.arrayBuffer()).byteLength,
      }),
    );
    expect([status, length, Number(headers.get("content-length")) > 100]).toEqual([200, 0, true]);

    expect(await raw(address, "HELLO\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 400 .*application\/problem\+json.*urn:modeldex:problem:bad-request/s,
    );
    const large = `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(20_000)}\r\n\r\n`;
    expect(await raw(address, large)).toMatch(/^HTTP\/1\.1 431 /);

    await server.close();
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  });
});

async function raw(address: URL, text: string): Promise<string> {
  const socket = connect(Number(address.port), address.hostname);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.write(text);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}
