/** The library: the questions of the API, put by a program. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BadQuestion, openCatalog, sync, type OpenedCatalog, type Settings } from "../src/index.ts";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";

let home: string;
let upstreams: Upstreams;
let settings: Settings;
let catalog: OpenedCatalog;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-library-"));
  upstreams = await startUpstreams();
  upstreams.setBody("api.featherless.ai/v1/models", {
    data: Array.from({ length: 9 }, (_, index) => ({ id: `lab${index % 2}/m${index}`, name: `m${index}` })),
  });
  settings = { MODELDEX_HOME: home, MODELDEX_MIRROR: upstreams.url, MODELDEX_SOURCES: "featherless" };
  await sync({ settings });
  catalog = await openCatalog(settings);
});

afterAll(async () => {
  await upstreams.close();
  rmSync(home, { recursive: true });
});

describe("a question", () => {
  test("takes words as a list or by comma, numbers as numbers or texts, and is answered as over HTTP", () => {
    const asked = catalog.models({ gateway: ["featherless"], lab: ["lab0", "lab1"], limit: 4, sort: "name" });
    expect(asked).toMatchObject({ total: 9, has_more: true, revision: catalog.revision });
    expect(asked.data.map(({ id }) => id)).toEqual(["lab0/m0", "lab1/m1", "lab0/m2", "lab1/m3"]);
    expect(catalog.models({ gateway: "featherless", lab: "lab0,lab1", limit: "4", sort: "name" })).toEqual(
      asked,
    );
    expect(catalog.models().total).toBe(9);
    expect(catalog.offers({ lab: "-lab0", limit: 1 })).toMatchObject({ total: 4, has_more: true });
  });

  test("is walked by its cursor, shown by its fields, and counted by its facets", () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = catalog.models({ limit: 2, cursor, fields: ["id"] });
      for (const document of page.data) {
        expect(Object.keys(document)).toEqual(["id"]);
        ids.push(document.id);
      }
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(9);
    expect(catalog.models({ facets: "lab" }).facets?.lab).toMatchObject({
      values: [
        { value: "lab0", count: 5 },
        { value: "lab1", count: 4 },
      ],
    });
  });

  test.each<[question: object, parameter: string]>([
    [{ lab: "lab7" }, "lab"],
    [{ limit: 0 }, "limit"],
    [{ limit: 1.5 }, "limit"],
    [{ max_input_price: Number.NaN }, "max_input_price"],
    [{ max_input_price: -1 }, "max_input_price"],
    [{ sort: "size" }, "sort"],
    [{ gatewy: "groq" }, "gatewy"],
  ])("%j is refused in the words of the API", (question, parameter) => {
    expect(() => catalog.models(question)).toThrow(BadQuestion);
    expect(() => catalog.models(question)).toThrow(parameter);
  });
});

test("one model is found by any id that it has, and gateways are counted", () => {
  expect(catalog.model("lab0/m2")).toMatchObject({ id: "lab0/m2", offers: [{ gateway: "featherless" }] });
  expect(catalog.model("nobody/nothing")).toBeUndefined();
  expect(catalog.gateways()).toEqual([{ id: "featherless", models: 9, offers: 9 }]);
});
