/** Every source, read whole: as the sync reports it, as the command lists it, and as the API answers. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Document, type Home, type Json, type Run, type Served } from "./program.ts";
import { directory, rowsOf } from "./recorded.ts";

/** Unique rows of the newest recording; rows where some repeat. */
const ROWS: readonly (readonly [source: string, unique: number, rows?: number])[] = [
  ["openrouter", 457],
  ["portkey", 215],
  ["featherless", 15_695, 15_698],
  ["deepinfra", 142],
  ["chutes", 14],
  ["groq", 11],
  ["together", 131],
  ["fireworks", 27],
  ["fireworks-account", 1],
  ["google", 58],
  ["xai", 10],
  ["nebius", 30],
  ["nebius-account", 46],
  ["cerebras", 2],
  ["cerebras-account", 6],
  ["novita", 50],
  ["huggingface-router", 4],
];

/** Gateways that one source alone speaks of: as many offers as unique rows. */
const SINGLE = ["openrouter", "featherless", "deepinfra", "chutes", "groq", "together", "google", "novita"];
const GATEWAYS = [...SINGLE, "xai", "fireworks", "nebius", "cerebras", "huggingface"];

let upstreams: Upstreams;
let home: Home;
let synced: Json;
let served: Served;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  synced = await home.ask(["sync"]);
  served = await home.serve();
});

afterAll(async () => {
  await served.stop();
  await upstreams.close();
  table();
  home.drop();
});

describe("the first sync", () => {
  test.each(ROWS.map(([source, unique, rows]) => [source, unique, rows ?? unique] as const))(
    "%s is complete, whole, and has %i unique rows",
    (source, unique, rows) => {
      expect(runOf(source)).toMatchObject({
        outcome: "complete",
        coverage: { kind: "whole" },
        rows,
        unique,
        rejected: 0,
      });
    },
  );

  test("the data package is complete as well", () => {
    expect(runOf("genai-prices")).toMatchObject({
      outcome: "complete",
      coverage: { kind: "whole" },
      rejected: 0,
    });
  });

  test("nothing is rejected and no word is unknown", async () => {
    for (const kind of ["rejected-item", "unknown-word"])
      expect((await served.get(`/v1/findings?kind=${kind}`)).data).toEqual([]);
  });

  test("nothing has returned, because nothing was there before", async () => {
    expect((await served.get("/v1/changes?kind=returned")).data).toEqual([]);
  });
});

describe("the same on the command line and over HTTP", () => {
  test.each(GATEWAYS)("%s", async (gateway) => {
    const models = await home.ask(["models", "--gateway", gateway, "--limit", "1"]);
    const offers = await home.ask(["offers", "--gateway", gateway, "--limit", "1"]);
    const openModels = await served.get(`/v1/models?gateway=${gateway}&limit=1`);
    const openOffers = await served.get(`/v1/offers?gateway=${gateway}&limit=1`);
    expect([openModels.total, openOffers.total]).toEqual([models.total, offers.total]);
    expect(models.total).toBeGreaterThan(0);
    expect(models.total).toBeLessThanOrEqual(offers.total);
    const counted = (await served.get("/v1/gateways")).data.find(({ id }) => id === gateway);
    expect(counted).toMatchObject({ models: models.total, offers: offers.total });
  });

  test("`all` is every gateway, and everybody sees all but what only the account sees", async () => {
    const offers = await home.ask(["offers", "--gateway", "all", "--limit", "1"]);
    const hidden = await home.ask(["offers", "--gateway", "portkey", "--limit", "1"]);
    const open = await served.get("/v1/offers?gateway=all&limit=1");
    expect(open.total).toBe(offers.total - hidden.total);
    expect(open.total).toBe((await served.get("/v1/offers?limit=1")).total);
  });

  test.each(SINGLE)("%s has as many offers as unique rows", async (gateway) => {
    const unique = ROWS.find(([source]) => source === gateway)?.[1];
    expect((await served.get(`/v1/offers?gateway=${gateway}&limit=1`)).total).toBe(unique);
  });

  test("`hug` is Hugging Face", async () => {
    const hug = await served.get("/v1/models?gateway=hug");
    expect(hug.total).toBe(4);
    expect(hug.data).toEqual((await served.get("/v1/models?gateway=huggingface")).data);
  });

  test("every offer of openrouter is the same at both doors", async () => {
    const over = await served.get("/v1/offers?gateway=openrouter&limit=1000");
    const command = await home.ask(["offers", "--gateway", "openrouter", "--limit", "1000"]);
    expect(command.data.toSorted(byId)).toEqual(over.data.toSorted(byId));
    expect(new Set(over.data.map(({ native_id: id }) => id))).toEqual(
      new Set(rowsOf("openrouter/models-all.2026-08-05.json").map(({ id }) => id)),
    );
  });
});

describe("what only the account sees", () => {
  test("the operator sees portkey's list on the command line", async () => {
    expect((await home.ask(["offers", "--gateway", "portkey", "--limit", "1"])).total).toBe(215);
  });

  test("nobody sees it over HTTP", async () => {
    expect((await served.get("/v1/offers?gateway=portkey")).total).toBe(0);
    expect((await served.get("/v1/models?gateway=portkey")).total).toBe(0);
  });

  test("everybody sees it where the operator shows it", async () => {
    const open = await home.serve({ MODELDEX_SHOW_ACCOUNT: "1" });
    try {
      expect((await open.get("/v1/offers?gateway=portkey&limit=1")).total).toBe(215);
      const models = await home.ask(["models", "--gateway", "portkey", "--limit", "1"]);
      expect((await open.get("/v1/models?gateway=portkey&limit=1")).total).toBe(models.total);
      const all = await home.ask(["models", "--limit", "1"]);
      expect((await open.get("/v1/models?gateway=all&limit=1")).total).toBe(all.total);
    } finally {
      await open.stop();
    }
  });
});

describe("ids that differ only in case", () => {
  const twins = () =>
    [
      ...Map.groupBy(new Set(rowsOf("featherless/models.2026-04-09.json").map(({ id }) => id)), (id) =>
        id.toLowerCase(),
      ),
    ]
      .map(([, ids]) => ids)
      .filter((ids) => ids.length > 1);

  test("there are some, and each stays an offer of its own, of the one model that the Hub knows by both", async () => {
    expect(twins()).not.toEqual([]);
    for (const ids of twins()) {
      const { data } = await served.get(
        `/v1/offers?gateway=featherless&q=${encodeURIComponent(ids[0] ?? "")}`,
      );
      const own = data.filter(({ native_id: native }) => ids.includes(String(native)));
      expect(new Set(own.map(({ native_id: native }) => native))).toEqual(new Set(ids));
      expect(new Set(own.map(({ model }) => model)).size).toBe(1);
    }
  });
});

function byId(a: Document, b: Document): number {
  return a.id < b.id ? -1 : 1;
}

function runOf(source: string): Run | undefined {
  return synced.runs.find((run) => run.source === source);
}

/** What was read, for whoever reads the log. */
function table(): void {
  const versions = home.rows("listing_version");
  console.table(
    Object.fromEntries(
      synced.runs.map((run) => [
        run.source,
        {
          outcome: run.outcome,
          coverage: run.coverage?.kind,
          rows: run["rows"],
          unique: run["unique"],
          offers: run["offers"],
          versions: run["added"],
          rejected: run["rejected"],
        },
      ]),
    ),
  );
  console.log(`${versions} listing versions in the ledger`);
}
