/** What comes again byte for byte is answered again byte for byte; nothing that only looks so is. */
import { createConnection, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { ADMIN_KEY, fakeApplication, type Fake } from "./support/application.ts";
import { NOW, smallShelf } from "./support/catalog.ts";
import { serverOptions } from "./support/server.ts";

let server: Server | undefined;
let line: Line | undefined;
afterEach(async () => {
  line?.socket.destroy();
  await server?.close();
});

interface Line {
  readonly socket: Socket;
  /** Sends a piece as it is, and waits until it has left. */
  send(piece: string): Promise<void>;
  /** The next whole answer. */
  answer(): Promise<{ readonly head: string; readonly body: string }>;
  /** What has come and is no whole answer. */
  rest(): string;
}

async function listening(fake: Fake = {}, application = fakeApplication(fake)): Promise<number> {
  server = createServer(application, serverOptions());
  return Number(new URL(await server.listen()).port);
}

async function open(port: number): Promise<Line> {
  const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
  let heard = "";
  let wake: () => void = () => undefined;
  socket.on("data", (piece: Buffer) => {
    heard += piece.toString("latin1");
    wake();
  });
  socket.on("error", () => undefined);
  socket.on("close", () => wake());
  await new Promise<void>((resolve) => {
    socket.once("connect", () => resolve());
  });
  line = {
    socket,
    rest: () => heard,
    send: (piece) => new Promise((resolve) => void socket.write(piece, "latin1", () => resolve())),
    answer: async () => {
      for (;;) {
        const end = heard.indexOf("\r\n\r\n");
        const head = heard.slice(0, Math.max(end, 0));
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        const size = end + 4 + length;
        if (end >= 0 && heard.length >= size) {
          const body = heard.slice(end + 4, size);
          heard = heard.slice(size);
          return { head, body };
        }
        if (socket.destroyed) throw new Error(`the connection ended after ${JSON.stringify(heard)}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
  return line;
}

/** Time for whatever would come of it. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

function question(path: string, ...headers: readonly string[]): string {
  return `${[`GET ${path} HTTP/1.1`, "Host: a", ...headers].join("\r\n")}\r\n\r\n`;
}

/** Asks until it is known by its bytes. */
async function learn(asked: Line, text: string) {
  const answers = [];
  for (let time = 0; time < 4; time += 1) {
    await asked.send(text);
    answers.push(await asked.answer());
  }
  return answers;
}

async function requestsCounted(asked: Line): Promise<number> {
  await asked.send(question("/metrics"));
  const { body } = await asked.answer();
  const counts = [...body.matchAll(/requests_total\{[^}]*route="\/v1\/models"[^}]*\} (\d+)/g)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

describe("a question that comes again", () => {
  test.each([
    ["a page", question("/v1/models?limit=2")],
    ["a page in a coding", question("/v1/offers", "Accept-Encoding: br")],
    ["one model", question("/v1/models/openai/gpt-oss-120b")],
    ["an ambiguity", question("/v1/resolve?id=openai/gpt-oss-120b")],
    ["what the caller has", question("/v1/models", "If-None-Match: *")],
  ])("%s is answered with the same bytes", async (_what, text) => {
    const asked = await open(await listening());
    await learn(asked, question("/v1/models"));
    const answers = await learn(asked, text);
    const [first] = answers;
    // The order of headers is nobody's business.
    const sorted = ({ head, body }: { readonly head: string; readonly body: string }) => ({
      head: head
        .toLowerCase()
        .split("\r\n")
        .filter((each) => !each.startsWith("date:"))
        .toSorted(),
      body,
    });
    // Its date is by the clock of the test, as the parser's is not: it was recognised.
    expect(answers.at(-1)?.head).toContain(`date: ${new Date(NOW).toUTCString()}`);
    for (const answer of answers) expect(sorted(answer)).toEqual(first === undefined ? {} : sorted(first));
  });

  test("is counted like every other", async () => {
    const asked = await open(await listening());
    await learn(asked, question("/v1/models"));
    expect(await requestsCounted(asked)).toBe(4);
  });

  test("is answered out of the revision that is out, from the moment at which it is", async () => {
    let shelf: Shelf = smallShelf(7);
    const application = { ...fakeApplication(), shelf: () => shelf };
    const asked = await open(await listening({}, application));
    await learn(asked, question("/v1/models"));
    shelf = smallShelf(8);
    for (let time = 0; time < 4; time += 1) {
      await asked.send(question("/v1/models"));
      expect(JSON.parse((await asked.answer()).body)).toMatchObject({ revision: 8 });
    }
  });

  test("several in one piece are answered in their order", async () => {
    const asked = await open(await listening());
    const [one, two] = [question("/v1/models?limit=1"), question("/v1/offers?limit=1")];
    await learn(asked, one);
    await learn(asked, two);
    await asked.send(one + two + one);
    const objects = [await asked.answer(), await asked.answer(), await asked.answer()].map(
      ({ body }) => (JSON.parse(body) as { data: { object: string }[] }).data[0]?.object,
    );
    expect(objects).toEqual(["model", "offer", "model"]);
  });

  test("while another is being answered, waits for its turn", async () => {
    const asked = await open(await listening());
    const text = question("/v1/models?limit=1");
    await learn(asked, text);
    await asked.send(question("/v1/sources"));
    await asked.send(text);
    expect(JSON.parse((await asked.answer()).body)).toMatchObject({
      data: [{ object: "source" }, {}, {}, {}],
    });
    expect(JSON.parse((await asked.answer()).body)).toMatchObject({ data: [{ object: "model" }] });
  });
});

describe("what only looks like a question", () => {
  const text = question("/v1/models?limit=1");

  test("a body with its bytes, in a piece of its own, is a body", async () => {
    const asked = await open(await listening());
    await learn(asked, text);
    await asked.send(
      `POST /v1/admin/sync HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n`,
    );
    await quiet();
    await asked.send(text);
    expect((await asked.answer()).head).toMatch(/^HTTP\/1\.1 401 /);
    await quiet();
    expect(asked.rest()).toBe("");
  });

  test("a chunk with its bytes is a chunk", async () => {
    const asked = await open(await listening());
    await learn(asked, text);
    await asked.send(
      `POST /v1/cost HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n`,
    );
    await quiet();
    await asked.send(text);
    await asked.send("\r\n0\r\n\r\n");
    expect((await asked.answer()).head).toMatch(/^HTTP\/1\.1 400 /);
    await quiet();
    expect(asked.rest()).toBe("");
  });

  test("the end of a head that came in two pieces is no question of its own", async () => {
    const asked = await open(await listening());
    await learn(asked, text);
    await asked.send("GET /v1/sources HTTP/1.1\r\nHost: a\r\nX-Half: ");
    await quiet();
    await asked.send(text);
    expect(JSON.parse((await asked.answer()).body)).toMatchObject({
      data: [{ object: "source" }, {}, {}, {}],
    });
    await quiet();
    expect(asked.rest()).toBe("");
  });

  test("after half a question in the same piece as a whole one, nothing is recognised any more", async () => {
    const asked = await open(await listening());
    await learn(asked, text);
    await asked.send(`${text}GET /v1/sources HTTP/1.1\r\nHost: a\r\nX-Half: `);
    await asked.answer();
    await quiet();
    await asked.send(text);
    expect(JSON.parse((await asked.answer()).body)).toMatchObject({
      data: [{ object: "source" }, {}, {}, {}],
    });
  });
});

describe("what is never recognised", () => {
  test("a question with a key, which decides what is seen", async () => {
    const operatorShelf = smallShelf(9);
    const port = await listening({ operatorShelf });
    const asked = await open(port);
    const withKey = question("/v1/models", `Authorization: Bearer ${ADMIN_KEY}`);
    for (const { body } of await learn(asked, withKey))
      expect(JSON.parse(body)).toMatchObject({ revision: 9 });
    for (const { body } of await learn(asked, question("/v1/models")))
      expect(JSON.parse(body)).toMatchObject({ revision: 7 });
    for (const { body } of await learn(asked, withKey))
      expect(JSON.parse(body)).toMatchObject({ revision: 9 });
  });

  test("any question, where each client's are counted", async () => {
    const asked = await open(await listening({ rateLimit: { requests: 5, windowMs: 60_000 } }));
    const heads = (await learn(asked, question("/v1/models"))).map(({ head }) => /r=(\d)/.exec(head)?.[1]);
    expect(heads).toEqual(["4", "3", "2", "1"]);
  });

  test("a question that wants the connection to end: it ends", async () => {
    const port = await listening();
    await learn(await open(port), question("/v1/models"));
    const last = await open(port);
    await last.send(question("/v1/models", "Connection: close"));
    expect((await last.answer()).head).toMatch(/connection: close/i);
  });
});
