/** What goes, what is gone, and how a list of names is checked. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { fakeApplication, type FakeApplication } from "./support/application.ts";
import { HOUR_MS, NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";
import { serverOptions } from "./support/server.ts";

const DAY_MS = 24 * HOUR_MS;
const directory = mkdtempSync(join(tmpdir(), "modeldex-sunset-"));
afterAll(() => rmSync(directory, { recursive: true }));

function on(day: number): string {
  return new Date(NOW + day * DAY_MS).toISOString().replace(".000Z", "Z");
}

function entry(id: string, offers: { readonly [gateway: string]: object }): ModelEntry {
  const gateways = Object.keys(offers);
  return {
    id,
    aliases: [],
    document: { id, object: "model", name: id, offers_count: gateways.length, gateways },
    offers: Object.entries(offers).map(([gateway, facts]) => ({
      id: `${gateway}/${gateway}/${id}`,
      document: {
        id: `${gateway}/${gateway}/${id}`,
        object: "offer",
        gateway,
        provider: gateway,
        native_id: id,
        model: id,
        // A text that looks like a field, and is none.
        description: '"ends_at":"2026-08-06"',
        ...facts,
      },
    })),
  };
}

const MODELS = [
  entry("lab/soon", { groq: { ends_at: on(30), successor: "lab/next" }, xai: {} }),
  entry("lab/late", { groq: { ends_at: on(200) } }),
  entry("lab/called", { xai: { status: "deprecated" } }),
  entry("lab/dated", { groq: { deprecated_at: on(-3), status: "deprecated" } }),
  entry("lab/next", { groq: { status: "live" } }),
];

const REMOVED: StoredChange = {
  id: 9,
  revision: 6,
  at: NOW - DAY_MS,
  subject: "model",
  subjectId: "lab/gone",
  kind: "removed",
  topics: ["availability"],
  cause: "upstream",
  model: "lab/gone",
  fields: [],
};

/** What changed of models that are not offered: the one is gone for good, of the other only the ledger knows that it came back. */
const LIFE: ReadonlyMap<string, readonly StoredChange[]> = new Map([
  [
    "lab/gone",
    [
      { ...REMOVED, id: 7, at: 0, kind: "added" },
      { ...REMOVED, id: 8, subject: "offer", subjectId: "groq/groq/lab/gone", gateway: "groq" },
      REMOVED,
    ],
  ],
  ["lab/back", [REMOVED, { ...REMOVED, id: 10, at: NOW, kind: "returned" }]],
]);

/** Offers that went: of the one model another offer is there, and one of them came back as another model's. */
const LEFT: readonly StoredChange[] = [
  "groq/groq/lab/late-2024",
  "xai/xai/lab/late",
  "xai/xai/lab/called",
].map((subjectId, index) => ({
  ...REMOVED,
  id: 20 + index,
  subject: "offer",
  subjectId,
  gateway: subjectId.slice(0, subjectId.indexOf("/")),
  model: subjectId.endsWith("called") ? "lab/once" : "lab/late",
}));

function application(): FakeApplication {
  const fake = fakeApplication({
    shelf: { catalog: buildCatalog(MODELS, 7, NOW), freshness: new Map() },
    provenance: {
      ...fakeApplication().provenance,
      history: async (offers) =>
        offers.map((id) => ({
          id,
          steps: [{ from: 0, to: NOW - 2 * DAY_MS, facts: {}, cause: "upstream" }],
        })),
      offersAt: async (offers, at) =>
        offers.map((id) => ({
          id,
          gateway: "groq",
          provider: "groq",
          nativeId: "lab/gone",
          facts: { name: `Gone, as of ${at - (NOW - 2 * DAY_MS)}`, successor: "lab/next" },
          attested: "own" as const,
          source: "groq",
          firstSeen: 0,
          lastSeen: at,
          isUnseen: false,
          factsSince: 0,
          hasPast: false,
          cause: "upstream" as const,
          held: [],
          conflicts: [],
        })),
    },
  });
  const ledger: FakeApplication["ledger"] = {
    ...fake.ledger,
    changes: async ({ model, subject, kinds, gateway, order = "asc", limit }) => {
      if (kinds?.join() === "removed")
        return LEFT.filter((change) => [undefined, change.gateway].includes(gateway));
      const its = LIFE.get(model ?? "")?.filter((change) => change.subject === subject) ?? [];
      return (order === "desc" ? its.toReversed() : its).slice(0, limit);
    },
  };
  return Object.assign(fake, { ledger });
}

const served = () => createServer(application(), serverOptions());

describe("deprecations", () => {
  async function idsAt(url: string) {
    const answer = (await served().inject(url)).json();
    return answer.data.map(({ model }: { readonly model: string }) => model);
  }

  test("the soonest come first, those without a date last, and texts that look like fields are none", async () => {
    expect(await idsAt("/v1/deprecations")).toEqual(["lab/dated", "lab/soon", "lab/late", "lab/called"]);
    const answer = (await served().inject("/v1/deprecations?limit=1")).json();
    expect(answer).toMatchObject({ total: 4, has_more: true, data: [{ id: "groq/groq/lab/dated" }] });
    const last = (await served().inject("/v1/deprecations?limit=3&offset=3")).json();
    expect(last).toMatchObject({ total: 4, has_more: false, data: [{ model: "lab/called" }] });
  });

  test("within a time, of a gateway, of a model", async () => {
    expect(await idsAt("/v1/deprecations?within=90d")).toEqual(["lab/dated", "lab/soon", "lab/called"]);
    expect(await idsAt("/v1/deprecations?within=1d&gateway=xai")).toEqual(["lab/called"]);
    expect(await idsAt("/v1/deprecations?model=lab/late")).toEqual(["lab/late"]);
    expect((await served().inject("/v1/deprecations?within=soon")).statusCode).toBe(400);
  });
});

describe("a model that is gone", () => {
  test("answers 410 with what it was, since when, and what is named in its place", async () => {
    const answer = await served().inject("/v1/models/lab/gone");
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
      410,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.json()).toMatchObject({
      type: "urn:modeldex:problem:model-gone",
      model: "lab/gone",
      name: "Gone, as of -1",
      removed_at: on(-1),
      successors: ["lab/next"],
      offers: [{ offer: "groq/groq/lab/gone", until: on(-2) }],
    });
    expect((await served().inject("/v1/models/lab/never")).statusCode).toBe(404);
    expect((await served().inject("/v1/models/lab/back")).statusCode).toBe(404);
  });

  test("is said on the command line", async () => {
    const { code, err } = await type(["show", "lab/gone"], fakeHost(application()));
    expect([code, err]).toEqual([1, expect.stringContaining("in its place is named: lab/next")]);
  });
});

describe("sunset", () => {
  const sunset = (...line: string[]) => type(["sunset", ...line], fakeHost(application()));

  test("something that is about to go is exit code 1, with when and what is named in its place", async () => {
    const file = join(directory, "models.txt");
    writeFileSync(file, "# ours\nlab/soon\nlab/next # stays\n\n");
    const { code, out } = await sunset("--in", file);
    expect(code).toBe(1);
    expect(out).toBe(
      `lab/soon: groq/groq/lab/soon ends ${on(30)}; in its place: lab/next\n2 names: 1 going within 90d, 0 gone, 1 staying, 0 not known\n`,
    );
    expect((await sunset("--in", file, "--within", "2w")).code).toBe(0);
    expect((await sunset("--in", file, "--gateway", "xai", "lab/soon")).out).not.toContain("ends");
  });

  test("what is gone is exit code 1 too", async () => {
    const { code, out } = await sunset("lab/gone");
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(`lab/gone: gone since ${on(-1)}; in its place: lab/next`),
    ]);
  });

  test("so is an offer that is gone, by the id that its gateway gave it, or where its model is asked for there", async () => {
    const gone = (name: string) => `${name}: gone since ${on(-1)}; in its place: lab/next\n`;
    const bare = await sunset("lab/late-2024");
    expect([bare.code, bare.out]).toEqual([1, expect.stringContaining(gone("lab/late-2024"))]);
    const there = await sunset("lab/late", "--gateway", "xai");
    expect([there.code, there.out]).toEqual([1, expect.stringContaining(gone("lab/late"))]);
    expect((await sunset("lab/late")).code).toBe(0);
    expect((await sunset("lab/late-2024", "--gateway", "xai")).code).toBe(3);
    expect((await sunset("lab/once")).code).toBe(3);
  });

  test("a name that nobody knows is said, and is no yes", async () => {
    const { code, out } = await sunset("lab/next", "lab/nexxt");
    expect([code, out]).toEqual([3, expect.stringContaining("lab/nexxt: no model is known by this name")]);
    expect((await sunset("lab/next")).code).toBe(0);
  });

  test("no name, or a file that is not there, is a mistake of whoever typed it", async () => {
    expect((await sunset()).code).toBe(2);
    expect((await sunset("--in", join(directory, "none.txt"))).code).toBe(2);
  });

  test("--json prints the fates, and nothing else", async () => {
    const { out } = await sunset("lab/soon", "lab/gone", "--json");
    expect(JSON.parse(out)).toMatchObject({
      object: "sunset",
      data: [{ named: "lab/soon", state: "going", going: [{ gateway: "groq" }] }, { state: "gone" }],
    });
  });
});
