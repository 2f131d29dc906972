/** Feeds as a reader of feeds reads them, and events through a connection that breaks. */
import Parser from "rss-parser";
import { afterEach, describe, expect, test } from "vitest";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import type { ChangeQuery } from "../../src/ledger/changes.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { fakeApplication } from "./support/application.ts";
import { HOSTILE, NOW, smallShelf } from "./support/catalog.ts";
import { served, serverOptions } from "./support/server.ts";

const HOST = { host: "models.example:8080" };

describe("feeds", () => {
  test("a reader of feeds reads Atom: one entry for each story, the hostile one as text", async () => {
    const answer = await served().inject({ url: "/v1/feed.atom?topic=limits", headers: HOST });
    expect(answer.headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
    const feed = await new Parser().parseString(answer.body);
    expect(feed.title).toBe("modeldex: all models: limits");
    expect(feed.feedUrl).toBe("http://models.example:8080/v1/feed.atom?topic=limits");
    expect(feed.items.map(({ id, link, isoDate }) => [id, link, isoDate])).toEqual(
      [3, 2, 1].map((id) => [
        `http://models.example:8080/v1/changes?story=${id}`,
        `http://models.example:8080/v1/changes?story=${id}`,
        new Date(NOW - (4 - id) * 3_600_000).toISOString(),
      ]),
    );
    expect(feed.items[0]?.title).toBe("groq/groq/openai/gpt-oss-120b: context_tokens 8192 → 131072");
    // No way of writing a control character is allowed in XML.
    const text = HOSTILE.replaceAll(/\p{Cc}(?<![\u007f-\u009f])/gu, "");
    expect(feed.items[1]?.title).toContain(text);
  });

  test("a JSON Feed says the same", async () => {
    const answer = await served().inject({ url: "/v1/feed.json?lab=openai", headers: HOST });
    expect(answer.headers["content-type"]).toBe("application/feed+json; charset=utf-8");
    expect(answer.json()).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: "modeldex: openai",
      feed_url: "http://models.example:8080/v1/feed.json?lab=openai",
      items: [{ id: "http://models.example:8080/v1/changes?story=3", tags: ["limits"] }, {}, {}],
    });
  });

  test("without a cause only what upstreams did is told; all is told on request", async () => {
    const asked: unknown[] = [];
    const fake = fakeApplication();
    const ledger = {
      ...fake.ledger,
      stories: async (query: object) => {
        asked.push(query);
        return [];
      },
    };
    const server = createServer({ ...fake, ledger }, serverOptions());
    for (const question of ["", "?cause=all", "?cause=rules,override&gateway=hug"])
      expect((await server.inject(`/v1/feed.json${question}`)).statusCode).toBe(200);
    expect(asked).toEqual([
      { causes: ["upstream"], imported: false, limit: 50 },
      { imported: false, limit: 50 },
      { causes: ["rules", "override"], gateway: "huggingface", imported: false, limit: 50 },
    ]);
  });

  test("a host that is no host is not repeated", async () => {
    const answer = await served().inject({ url: "/v1/feed.json", headers: { host: "a.example/<script>" } });
    expect(answer.json()["feed_url"]).toBe("http://127.0.0.1:0/v1/feed.json");
  });

  test("an unknown lab is refused with a guess", async () => {
    const fake = fakeApplication();
    const ledger = { ...fake.ledger, changes: async () => [] };
    const answer = await createServer({ ...fake, ledger }, serverOptions()).inject("/v1/feed.atom?lab=opnai");
    expect([answer.statusCode, answer.json().guess]).toEqual([400, "openai"]);
  });
});

describe("events", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  /** A server whose ledger grows by hand, and whose looks come as fast as they can. */
  async function living() {
    const changes: StoredChange[] = [];
    let revision = 1;
    const fake = fakeApplication();
    const application = {
      ...fake,
      shelf: () => smallShelf(revision),
      ledger: {
        ...fake.ledger,
        changes: async ({ afterId = 0, order = "asc", by, imported, topics, limit }: ChangeQuery) => {
          const ordered = by === "number" ? changes : changes.toSorted((a, b) => a.at - b.at);
          const fitting = ordered.filter(
            (change) =>
              change.id > afterId &&
              (imported ?? change.isImported === true) === (change.isImported === true) &&
              (topics?.some((topic) => change.topics.includes(topic)) ?? true),
          );
          return (order === "desc" ? fitting.toReversed() : fitting).slice(0, limit);
        },
      },
    };
    let time = 0;
    const clock = {
      now: () => NOW,
      monotonic: () => (time += 1_000),
      deadline: (ms: number) => AbortSignal.timeout(Math.min(ms, ms > 600 ? 60_000 : 2)),
    };
    const server: Server = createServer(application, { ...serverOptions(), clock });
    const address = await server.listen();
    closing.push(server.close);
    const publish = (count: number, topic: StoredChange["topics"][number] = "price") => {
      revision += 1;
      for (let index = 0; index < count; index += 1)
        changes.push({
          id: changes.length + 1,
          revision,
          at: NOW,
          subject: "offer",
          subjectId: "groq/groq/a",
          kind: "changed",
          topics: [topic],
          cause: "upstream",
          fields: [],
        });
    };
    /** What an import tells comes last by number, and happened before all else. */
    const tellPast = (count: number) => {
      const from = changes.length;
      publish(count);
      for (const change of changes.splice(from)) changes.push({ ...change, at: NOW - 1, isImported: true });
    };
    return { address, publish, tellPast, server };
  }

  interface Reader {
    readonly ids: number[];
    readonly text: () => string;
    until(isEnough: () => boolean): Promise<void>;
    leave(): Promise<void>;
  }

  async function read(address: string, lastEventId?: number, question = ""): Promise<Reader> {
    const leaving = new AbortController();
    const answer = await fetch(`${address}/v1/events${question}`, {
      signal: leaving.signal,
      headers: lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) },
    });
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const stream = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const ids: number[] = [];
    let text = "";
    let rest = "";
    return {
      ids,
      text: () => text,
      until: async (isEnough) => {
        while (!isEnough()) {
          const part = await stream?.read();
          if (part === undefined || part.done) throw new Error("the stream ended");
          text += part.value;
          const messages = (rest + part.value).split("\n\n");
          rest = messages.pop() ?? "";
          for (const message of messages) {
            const [, id] = /^id: (\d+)\nevent: change\ndata: \{/.exec(message) ?? [];
            if (id !== undefined) ids.push(Number(id));
          }
        }
      },
      leave: async () => {
        leaving.abort();
        await stream?.cancel().catch(() => undefined);
      },
    };
  }

  test("through a connection that breaks nothing is missed and nothing comes twice", async () => {
    const { address, publish } = await living();
    publish(3);
    const first = await read(address);
    await first.until(() => first.text().includes("id: 3"));
    publish(2);
    await first.until(() => first.ids.length === 2);
    await first.leave();
    publish(700);
    const second = await read(address, first.ids.at(-1));
    await second.until(() => second.ids.length >= 700);
    publish(1);
    await second.until(() => second.ids.length >= 701);
    await second.leave();
    expect([...first.ids, ...second.ids]).toEqual(Array.from({ length: 703 }, (_, index) => 4 + index));
  });

  test("what an import tells of the past is passed over, and what comes after it is not", async () => {
    const { address, publish, tellPast } = await living();
    publish(2);
    tellPast(600);
    const first = await read(address, 1);
    await first.until(() => first.ids.length === 1);
    publish(1);
    await first.until(() => first.ids.length === 2);
    await first.leave();
    tellPast(3);
    // Who begins now begins behind all of it.
    const second = await read(address);
    await second.until(() => second.text().includes("id: 606"));
    publish(1);
    await second.until(() => second.ids.length === 1);
    await second.leave();
    expect([first.ids, second.ids]).toEqual([[2, 603], [607]]);
  });

  test("only what is asked for comes, from the beginning that `since` names, with heartbeats in the quiet", async () => {
    const { address, publish } = await living();
    publish(1, "price");
    publish(1, "limits");
    publish(1, "price");
    const reader = await read(address, undefined, "?topic=price&since=30d");
    await reader.until(() => reader.ids.length === 2 && reader.text().includes(": still here"));
    await reader.leave();
    expect(reader.ids).toEqual([1, 3]);
  });

  test("without a cause only what upstreams did is told; all is told on request", async () => {
    const fake = fakeApplication();
    const asked: unknown[] = [];
    const ledger = {
      ...fake.ledger,
      changes: async (query: ChangeQuery) => {
        if (query.order === undefined) asked.push(query.causes);
        return [];
      },
    };
    const server = createServer({ ...fake, ledger }, serverOptions());
    closing.push(server.close);
    const address = await server.listen();
    for (const [question, causes] of [
      ["", ["upstream"]],
      ["?cause=all", undefined],
      ["?cause=rules", ["rules"]],
    ] as const) {
      const reader = await read(address, undefined, question);
      await reader.until(() => reader.text().includes("retry:"));
      while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await reader.leave();
      expect(new Set(asked.splice(0))).toEqual(new Set([causes]));
    }
  });

  test("who comes back from a ledger that is longer than this one begins at its end", async () => {
    const { address, publish } = await living();
    publish(2);
    const reader = await read(address, 99);
    await reader.until(() => reader.text().includes("id: 2"));
    publish(1);
    await reader.until(() => reader.ids.length === 1);
    await reader.leave();
    expect(reader.ids).toEqual([3]);
  });

  test("a Last-Event-ID that is none is refused", async () => {
    const answer = await served().inject({ url: "/v1/events", headers: { "last-event-id": "x" } });
    expect([answer.statusCode, answer.json().parameter]).toEqual([400, "Last-Event-ID"]);
  });

  test("the server closes though somebody reads", async () => {
    const { address, server } = await living();
    const reader = await read(address);
    await reader.until(() => reader.text().includes("retry:"));
    await server.close();
    await expect(reader.until(() => false)).rejects.toThrow("the stream ended");
  });
});
