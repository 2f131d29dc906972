/** What the API answers, route by route. */
import { describe, expect, test } from "vitest";
import type { ChangeQuery } from "../../src/ledger/changes.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { HOSTILE, HOUR_MS, NOW } from "./support/catalog.ts";
import { fakeApplication, report } from "./support/application.ts";
import { served, serverOptions } from "./support/server.ts";

const MODEL = "/v1/models/openai/gpt-oss-120b";

describe("models", () => {
  test("a page has the list's envelope, the total and the revision", async () => {
    const answer = await served().inject("/v1/models?limit=2");
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.json()).toMatchObject({ object: "list", total: 3, has_more: true, revision: 7 });
    expect(answer.json().data.map((model: { id: string }) => model.id)).toEqual([
      "openai/gpt-oss-120b",
      "~groq/audio/whisper/large-v3",
    ]);
  });

  test("the last page has no more", async () => {
    const answer = await served().inject("/v1/models?limit=2&offset=2");
    expect(answer.json()).toMatchObject({ total: 3, has_more: false });
    expect(answer.json().data).toHaveLength(1);
  });

  test.each([
    ["gateway=hug", 1],
    ["gateway=huggingface", 1],
    ["gateway=all", 3],
    ["gateway=groq,huggingface", 3],
    ["gateway=huggingface&provider=novita", 1],
    ["gateway=groq&provider=novita", 0],
    ["q=whisper", 1],
    ["q=oss+120B", 1],
    ["q=nothing%20like%20it", 0],
    ["", 3],
  ])("?%s finds %i", async (query, total) => {
    expect((await served().inject(`/v1/models?${query}`)).json().total).toBe(total);
  });

  test("a gateway that a source declares and that offers nothing yet is known", async () => {
    const answer = await served().inject("/v1/models?gateway=xai");
    expect(answer.json()).toMatchObject({ total: 0, data: [] });
  });

  test("one model comes with its offers and when each was last seen", async () => {
    const answer = await served().inject(MODEL);
    expect(answer.json()).toMatchObject({ id: "openai/gpt-oss-120b", object: "model" });
    expect(answer.json().offers.map((offer: { last_seen: string }) => offer.last_seen)).toEqual([
      "2026-08-05T11:00:00Z",
      "2026-08-05T10:00:00Z",
      "2026-08-05T10:00:00Z",
    ]);
  });

  test("slashes inside a name are encoded", async () => {
    const answer = await served().inject("/v1/models/~groq/audio%2Fwhisper%2Flarge-v3");
    expect(answer.json().id).toBe("~groq/audio/whisper/large-v3");
  });

  test("a whole id as one part of the path is found, as OpenAI's clients ask", async () => {
    expect((await served().inject("/v1/models/openai%2Fgpt-oss-120b")).json().id).toBe("openai/gpt-oss-120b");
  });

  test.each(["/v1/models/gpt-oss-120b", "/v1/models/openai/gpt-oss-120b-old"])(
    "the alias %s leads to the id",
    async (url) => {
      const answer = await served().inject(url);
      expect([answer.statusCode, answer.headers.location]).toEqual([308, MODEL]);
    },
  );

  test("a hostile id leads to itself and is answered as JSON that no page runs", async () => {
    const answer = await served().inject(`/v1/models/~groq/${encodeURIComponent(HOSTILE)}`);
    expect(answer.json().id).toBe(`~groq/${HOSTILE}`);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("a model that is not there is a 404 that names what is near", async () => {
    const answer = await served().inject("/v1/models/nobody/gpt-oss-120b");
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ suggestions: ["openai/gpt-oss-120b"] });
  });
});

describe("offers, gateways, sources", () => {
  test.each([
    ["", 5],
    ["gateway=hug", 2],
    ["provider=groq", 4],
    ["model=gpt-oss-120b", 3],
    ["q=whisper", 1],
  ])("/v1/offers?%s finds %i", async (query, total) => {
    expect((await served().inject(`/v1/offers?${query}`)).json().total).toBe(total);
  });

  test("gateways come with their counts and their sources", async () => {
    const answer = await served().inject("/v1/gateways");
    expect(answer.json()).toMatchObject({ total: 2, has_more: false, revision: 7 });
    expect(answer.json().data).toEqual([
      { id: "groq", object: "gateway", models: 3, offers: 3, sources: ["groq"] },
      { id: "huggingface", object: "gateway", models: 1, offers: 2, sources: ["huggingface-router"] },
    ]);
  });

  test("a source says what it declares, how its last run went, what that proves and how old it is", async () => {
    const [groq] = (await served().inject("/v1/sources")).json().data;
    expect(groq).toMatchObject({
      id: "groq",
      credentials: ["GROQ_API_KEY"],
      configured: true,
      coverage: { kind: "whole", evidence: "the only page" },
      age_seconds: 3_600,
      stale: false,
      in_progress: false,
      last_run: { id: 17, outcome: "complete", rows: 11 },
    });
  });

  test("a clock that was set back makes no negative age", async () => {
    const [, router] = (await served().inject("/v1/sources")).json().data;
    expect(router).toMatchObject({ age_seconds: 0, stale: false });
  });

  test("a source that was never read has no age, and nothing of it can be relied on", async () => {
    const [, , xai] = (await served().inject("/v1/sources")).json().data;
    expect(xai).toMatchObject({ configured: false, stale: true, offers: 0 });
    expect(xai).not.toHaveProperty("age_seconds");
    expect(xai).not.toHaveProperty("last_run");
  });

  test("a source that is being read says how far it is", async () => {
    const progress = [
      { kind: "page", source: "groq", rows: 100, pages: 2, bytes: 10, rowsExpected: 457 },
    ] as const;
    const [groq] = (await served({ progress }).inject("/v1/sources")).json().data;
    expect(groq.in_progress).toEqual({ rows: 100, pages: 2, rows_expected: 457 });
  });
});

describe("changes, runs, findings", () => {
  test("changes come the oldest first, with where the next page begins", async () => {
    const first = (await served().inject("/v1/changes?limit=2")).json();
    expect(first).toMatchObject({ has_more: true, next_cursor: "2", revision: 7 });
    expect(first.data[0]).toMatchObject({
      id: 1,
      object: "change",
      at: "2026-08-05T09:00:00Z",
      kind: "changed",
      subject: "offer",
    });
    const second = (await served().inject(`/v1/changes?limit=2&cursor=${first.next_cursor}`)).json();
    expect(second.data.map(({ id }: { id: number }) => id)).toEqual([3]);
    expect(second).not.toHaveProperty("next_cursor");
  });

  test("every filter reaches the ledger, an alias as the model's id", async () => {
    const server = served();
    await server.inject(
      "/v1/changes?since=1d&until=2026-08-05&kind=added,changed&topic=price&cause=upstream&gateway=hug&model=gpt-oss-120b",
    );
    expect(server.application.askedChanges).toEqual([
      {
        since: Date.UTC(2026, 7, 4, 12),
        until: Date.UTC(2026, 7, 5),
        kinds: ["added", "changed"],
        topics: ["price"],
        causes: ["upstream"],
        gateway: "huggingface",
        model: "openai/gpt-oss-120b",
        order: "asc",
        limit: 101,
      },
    ]);
  });

  test.each(["/v1/changes", "/v1/stories", "/v1/models/openai/gpt-oss-120b/history"])(
    "%s is refused where it would end before it begins",
    async (url) => {
      for (const range of ["since=1d&until=2d", "since=2026-08-01&until=2026-08-01"]) {
        const answer = await served().inject(`${url}?${range}`);
        expect([answer.statusCode, answer.json().parameter]).toEqual([400, "until"]);
      }
      expect((await served().inject(`${url}?since=2d&until=1d`)).statusCode).toBe(200);
    },
  );

  test("a model that nothing is known of is refused with what is near it; of one that is gone there are changes", async () => {
    const fake = fakeApplication();
    const changes = async (query: ChangeQuery) =>
      query.model === "lab/unheard-of" ? [] : await fake.ledger.changes(query);
    const server = createServer({ ...fake, ledger: { ...fake.ledger, changes } }, serverOptions());
    for (const path of ["changes", "stories", "feed.atom", "feed.json", "events"]) {
      const answer = await server.inject(`/v1/${path}?model=lab/unheard-of`);
      expect([answer.statusCode, answer.json().parameter]).toEqual([400, "model"]);
    }
    const near = (await server.inject("/v1/changes?model=lab/unheard-of")).json().detail;
    expect(near).toBe('no model has the id "lab/unheard-of"');
    expect((await server.inject("/v1/changes?model=lab/gone")).statusCode).toBe(200);
  });

  test("the latest first: the cursor leads to the older ones", async () => {
    const server = served();
    const idsOf = (answer: { readonly data: readonly { readonly id: number }[] }) =>
      answer.data.map(({ id }) => id);
    const first = (await server.inject("/v1/changes?order=desc&limit=2")).json();
    expect(idsOf(first)).toEqual([3, 2]);
    expect(idsOf((await server.inject(`/v1/changes?order=desc&cursor=${first.next_cursor}`)).json())).toEqual(
      [1],
    );
    expect(idsOf((await server.inject("/v1/changes?order=desc&after=1")).json())).toEqual([3, 2]);
  });

  test("a model's history: its offers step by step, those that are gone too, and its counters", async () => {
    const asked: string[][] = [];
    const fake = fakeApplication();
    const provenance = {
      ...fake.provenance,
      history: async (offers: readonly string[]) => {
        asked.push([...offers]);
        const prices = [{ meter: "input", unit: "token", usd: "0.0000001" }] as const;
        const step = { facts: { prices }, cause: "upstream" } as const;
        return [
          {
            id: offers[0] ?? "",
            steps: [
              { from: 0, to: NOW - HOUR_MS, ...step },
              { from: NOW - HOUR_MS, ...step },
            ],
          },
        ];
      },
    };
    const [change] = await fake.ledger.changes({ limit: 1 });
    const gone =
      change === undefined ? [] : [change, { ...change, subjectId: "xai/xai/openai/gpt-oss-120b" }];
    const ledger = { ...fake.ledger, changes: async () => gone };
    const server = createServer({ ...fake, provenance, ledger }, serverOptions());
    const answer = (await server.inject("/v1/models/openai/gpt-oss-120b/history?since=2h")).json();
    expect(asked[0]).toEqual([
      "groq/groq/openai/gpt-oss-120b",
      "huggingface/groq/openai/gpt-oss-120b",
      "huggingface/novita/openai/gpt-oss-120b",
      "xai/xai/openai/gpt-oss-120b",
    ]);
    expect(answer).toMatchObject({
      model: "openai/gpt-oss-120b",
      offers: [
        {
          offer: "groq/groq/openai/gpt-oss-120b",
          steps: [{ prices: [{ per_million: "0.1" }] }, { from: "2026-08-05T11:00:00Z", cause: "upstream" }],
          speed: {
            first_token_latency_ms: 210.5,
            tokens_per_second: 480,
            source: "groq",
            observed_at: "2026-08-05T11:00:00Z",
          },
        },
      ],
      metrics: [{ at: "2026-08-05T11:00:00Z", downloads: 12, likes: 3 }],
    });
    const late = (await server.inject("/v1/models/openai/gpt-oss-120b/history?since=30m")).json();
    expect([late.offers[0].steps.length, late.metrics.length]).toEqual([1, 0]);
    // At the very moment at which the one ends and the other begins.
    for (const [range, from] of [
      ["since=1h", "2026-08-05T11:00:00Z"],
      ["until=1h", "1970-01-01T00:00:00Z"],
    ]) {
      const at = (await server.inject(`/v1/models/openai/gpt-oss-120b/history?${range}`)).json();
      expect(at.offers[0].steps.map((step: { readonly from: string }) => step.from)).toEqual([from]);
    }
    const moved = await server.inject("/v1/models/openai/gpt-oss-120b-old/history?since=2h");
    expect([moved.statusCode, moved.headers["location"]]).toEqual([
      308,
      "/v1/models/openai/gpt-oss-120b/history?since=2h",
    ]);
    expect((await server.inject("/v1/models/openai/gpt-oss-120b/history?gateway=grok")).statusCode).toBe(400);
  });

  test("runs come the newest first, without their details", async () => {
    const answer = (await served().inject("/v1/runs?limit=1")).json();
    expect(answer).toMatchObject({ has_more: true });
    expect(answer.data).toEqual([
      expect.objectContaining({ id: 17, source: "groq", ignored: 0, recorded_at: "2026-08-05T11:00:00Z" }),
    ]);
  });

  test("findings say what, where, and since when", async () => {
    const answer = (await served().inject("/v1/findings?source=groq&kind=unknown-word")).json();
    expect(answer.data[0]).toMatchObject({
      subject: "task:sing",
      first_seen: "2026-08-05T11:00:00Z",
      runs: 2,
    });
  });
});

describe("before the first revision", () => {
  test.each(["/v1/models", "/v1/models/a/b", "/v1/offers", "/v1/gateways", "/readyz"])(
    "%s is a 503 that says when to ask again",
    async (url) => {
      const answer = await served({ shelf: undefined }).inject(url);
      expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "5"]);
      expect(answer.json().type).toBe("urn:modeldex:problem:not-ready");
    },
  );

  test.each(["/healthz", "/v1/sources", "/v1/changes"])("%s answers", async (url) => {
    expect((await served({ shelf: undefined }).inject(url)).statusCode).toBe(200);
  });
});

describe("health", () => {
  test("the process is up, and ready with what it serves", async () => {
    expect((await served().inject("/healthz")).json()).toEqual({ status: "up", version: "0.0.0-test" });
    expect((await served().inject("/readyz?probe=1")).json()).toEqual({
      status: "ready",
      revision: 7,
      models: 3,
      offers: 5,
    });
  });
});

describe("commands", () => {
  const headers = { authorization: "Bearer the right key" };

  test("sync reads the sources that are named and answers with the report of each run", async () => {
    const server = served({ reports: [report("groq", { runId: 21, ignored: { "no id": 2 } })] });
    const answer = await server.inject({
      method: "POST",
      url: "/v1/admin/sync",
      headers,
      payload: { sources: ["groq"] },
    });
    expect(server.application.synced).toEqual([["groq"]]);
    expect(answer.json()).toMatchObject({
      revision: 7,
      runs: [{ run: 21, source: "groq", outcome: "complete", ignored: 2 }],
    });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("sync without a body reads all", async () => {
    const server = served();
    await server.inject({ method: "POST", url: "/v1/admin/sync", headers });
    expect(server.application.synced).toEqual([[]]);
  });

  test("accept applies what a run held; a run that held nothing is a 404", async () => {
    const post = (run: number) =>
      served().inject({ method: "POST", url: "/v1/admin/accept", headers, payload: { run } });
    expect((await post(17)).json()).toEqual({ revision: 8, run: 17, removed: 9, prices: 1 });
    expect((await post(18)).statusCode).toBe(404);
  });

  test.each([
    ["/v1/admin/sync", { sources: "groq" }],
    ["/v1/admin/sync", { source: ["groq"] }],
    ["/v1/admin/sync", []],
    ["/v1/admin/accept", {}],
    ["/v1/admin/accept", { run: "17; drop table" }],
  ])("%s refuses the body %j and says what it takes", async (url, payload) => {
    const answer = await served().inject({ method: "POST", url, headers, payload });
    expect([answer.statusCode, answer.json().type]).toEqual([400, "urn:modeldex:problem:bad-body"]);
  });

  test("an unknown source is a 400 in the application's words", async () => {
    const answer = await served().inject({
      method: "POST",
      url: "/v1/admin/sync",
      headers,
      payload: { sources: ["nope"] },
    });
    expect([answer.statusCode, answer.json().detail]).toEqual([400, "no source is called nope"]);
  });
});

describe("resolve", () => {
  const ask = (query: string) => served().inject(`/v1/resolve?${query}`);

  test("any id leads to its model, with the rule and the evidence", async () => {
    const answer = await ask("id=openai/gpt-oss-120b-old");
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        object: "resolution",
        id: "openai/gpt-oss-120b-old",
        model: "openai/gpt-oss-120b",
        understood: "alias",
        rule: "alias",
        evidence: "the model has this id too",
        offers: expect.arrayContaining(["groq/groq/openai/gpt-oss-120b"]),
        revision: 7,
      },
    ]);
  });

  test("the founding name of a gateway is known here, too", async () => {
    expect((await ask("id=openai/gpt-oss-120b&gateway=hug")).json().offers).toHaveLength(2);
    expect((await ask("id=openai/gpt-oss-120b&gateway=all")).json().offers).toHaveLength(3);
  });

  test("an id that nobody has is a 404 with ids near it", async () => {
    const answer = await ask("id=someone/gpt-oss");
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({
      type: "urn:modeldex:problem:no-such-model",
      suggestions: ["openai/gpt-oss-120b"],
    });
  });

  test("a misspelt id is near those that share its first words", async () => {
    expect((await ask("id=gpt-oss-l20b")).json().suggestions).toEqual(["openai/gpt-oss-120b"]);
  });

  test.each(["", "id=", "id=a&gateway=nobody", "gateway=groq"])("?%s is a 400", async (query) => {
    expect((await ask(query)).statusCode).toBe(400);
  });
});
