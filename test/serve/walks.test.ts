/** Whoever walks by cursor reads one revision to its end, over real HTTP, while others are published. */
import { afterEach, describe, expect, test } from "vitest";
import { buildCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { createRecent, type Recent } from "../../src/catalog/recent.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { fakeApplication } from "./support/application.ts";
import { NOW } from "./support/catalog.ts";
import { serverOptions } from "./support/server.ts";

const REVISIONS = 8;
const PAGE = 7;

let server: Server | undefined;
let address = "";

afterEach(() => server?.close());

/** Another revision: some models come, some go, every price and every counter is another one. */
function shelfOf(revision: number, counted = revision): Shelf {
  const models = Array.from({ length: 60 + (revision % 5) }, (_, index): ModelEntry => {
    const id = `lab/m${index + (revision % 3)}`;
    const price = String(1 + ((index * 7 + revision * 13) % 50));
    const prices = [{ meter: "input", unit: "token", usd: "0", per_million: price }];
    return {
      id,
      aliases: [],
      counters: { downloads: (index * 31 + counted * 17) % 64 },
      document: { id, name: `r${revision}`, huggingface_metrics: { gated: false } },
      offers: [{ id: `groq/groq/${id}`, document: { gateway: "groq", billing: "metered", prices } }],
    };
  });
  return { catalog: buildCatalog(models, revision, NOW), freshness: new Map() };
}

function bytesOf(shelves: readonly Shelf[]): number {
  return shelves.reduce((sum, { catalog }) => {
    const { image, documents } = catalog.tables.memory;
    return sum + image.byteLength + (documents instanceof SharedArrayBuffer ? documents.byteLength : 0);
  }, 0);
}

async function serve(recent: Recent): Promise<{ publish(shelf: Shelf): void }> {
  let shelf = shelfOf(1);
  recent.remember(shelf);
  const application = {
    ...fakeApplication(),
    shelf: () => shelf,
    earlier: (mark: string) => recent.at(mark),
  };
  server = createServer(application, serverOptions());
  address = await server.listen();
  return {
    publish: (next) => {
      shelf = next;
      recent.remember(next);
    },
  };
}

interface Page {
  readonly status: number;
  readonly data: readonly { readonly id: string; readonly name: string }[];
  readonly total: number;
  readonly revision: number;
  readonly next_cursor?: string;
  readonly start?: string;
}

async function pageAt(path: string): Promise<Page> {
  const answer = await fetch(address + path);
  // The server's own answers, or a problem.
  return { status: answer.status, ...((await answer.json()) as Omit<Page, "status">) };
}

/** The pages of one walk, from the front to its end. */
async function walk(question: string, between: () => void): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let path = `/v1/models?limit=${PAGE}&${question}`;
  for (;;) {
    const page = await pageAt(path);
    expect(page.status).toBe(200);
    pages.push(page);
    if (page.next_cursor === undefined) return pages;
    path = `/v1/models?limit=${PAGE}&${question}&cursor=${page.next_cursor}`;
    between();
  }
}

describe("a walk by cursor", () => {
  test.each([
    "",
    "sort=downloads",
    "sort=input_price",
    "sort=name&order=desc",
    "max_input_price=25&sort=input_price",
  ])(
    "?%s while revisions change: no page is mixed, nothing is missed, nothing comes twice",
    async (question) => {
      const { publish } = await serve(createRecent());
      let revision = 1;
      const publishNext = () => {
        revision += 1;
        if (revision <= REVISIONS) publish(shelfOf(revision));
      };
      const walks = await Promise.all([walk(question, publishNext), walk(question, publishNext)]);
      for (const pages of walks) {
        expect(new Set(pages.map((page) => page.revision)).size).toBe(1);
        const models = pages.flatMap(({ data }) => data);
        expect(new Set(models.map(({ name }) => name)).size).toBe(1);
        expect(models).toHaveLength(pages[0]?.total ?? 0);
        expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
      }
      expect(revision).toBeGreaterThan(REVISIONS);
    },
  );

  test("goes on in one order while counters move and the revision stays", async () => {
    const { publish } = await serve(createRecent());
    let counted = 1;
    const pages = await walk("sort=downloads", () => {
      counted += 1;
      publish(shelfOf(1, counted));
    });
    const ids = pages.flatMap(({ data }) => data.map(({ id }) => id));
    expect(new Set(ids).size).toBe(pages[0]?.total);
    expect(counted).toBeGreaterThan(5);
  });

  test("that is older than what is kept is told where to begin again", async () => {
    const { publish } = await serve(createRecent(1));
    const first = await pageAt(`/v1/models?limit=${PAGE}&sort=downloads`);
    publish(shelfOf(2));
    const gone = await pageAt(`/v1/models?limit=${PAGE}&cursor=${first.next_cursor}&sort=downloads`);
    expect(gone).toMatchObject({
      status: 410,
      type: "urn:modeldex:problem:walk-is-over",
      start: `/v1/models?limit=${PAGE}&sort=downloads`,
    });
    expect(await pageAt(gone.start ?? "")).toMatchObject({ status: 200, revision: 2 });
  });
});

describe("shelves that are kept", () => {
  test("are the last ones, as many as they may be and hold; the one that is out always stays", () => {
    const shelves = [1, 2, 3, 4, 5].map((revision) => shelfOf(revision));
    const recent = createRecent(bytesOf(shelves.slice(2)));
    for (const shelf of shelves) recent.remember(shelf);
    const kept = shelves.filter(({ catalog }) => recent.at(catalog.mark) !== undefined);
    expect(kept.map(({ catalog }) => catalog.revision)).toEqual([3, 4, 5]);
    const tight = createRecent(1);
    for (const shelf of shelves) tight.remember(shelf);
    expect(shelves.filter(({ catalog }) => tight.at(catalog.mark) !== undefined)).toEqual([shelves[4]]);
  });

  test("a catalog that is out again, with newer readings, is kept once and longest", () => {
    const [first, second, third, fourth] = [1, 2, 3, 4].map((revision) => shelfOf(revision));
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    const recent = createRecent(bytesOf([first, third, fourth]));
    for (const shelf of [first, second, third]) recent.remember(shelf);
    const again = { ...first, freshness: new Map([["groq", NOW]]) };
    recent.remember(again);
    recent.remember(fourth);
    expect(recent.at(first.catalog.mark)).toBe(again);
    expect(recent.at(second.catalog.mark)).toBeUndefined();
  });
});
