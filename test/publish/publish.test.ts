import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { contentsOf, textOf } from "../catalog/contents.ts";
import { tell } from "../../src/notify/story.ts";
import { publish } from "../../src/publish/publish.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { idsOf, metered, MINUTE_MS, model, openHouse, type House } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const A = metered("lab/a", "0.000001");
const B = metered("lab/b", "0.000002");
const C = metered("lab/c", "0.000003");

async function changes() {
  return house.ledger.changes({ limit: 1_000 });
}

describe("a revision", () => {
  test("is minted when the content differs, and not when it is the same", async () => {
    await house.says("groq", [A, B]);
    const first = await house.publish();
    await house.says("groq", [B, A]);
    const again = await house.publish();
    await house.says("groq", [A]);
    const third = await house.publish();
    expect([first, again, third].map(({ revision, isNew }) => [revision.number, isNew])).toEqual([
      [1, true],
      [1, false],
      [2, true],
    ]);
    expect(again.public.hash).toBe(first.public.hash);
    expect(again.public.createdAt).toBe(first.public.createdAt);
    expect(readdirSync(house.publishing.directory).toSorted()).toEqual([
      "operator.catalog",
      "public.catalog",
      "published",
    ]);
  });

  test("is not made again while the ledger holds the same, unless its file is gone or damaged", async () => {
    await house.says("groq", [A, B]);
    const first = await house.publish();
    await house.says("groq", [B, A]);
    let readings = 0;
    const { ledger } = house.publishing;
    const counting = {
      ...ledger,
      openListings: () => {
        readings += 1;
        return ledger.openListings();
      },
    };
    const again = () => publish({ ...house.publishing, ledger: counting });
    expect(await again()).toMatchObject({ isNew: false, revision: first.revision });
    expect(readings).toBe(0);
    writeFileSync(join(house.publishing.directory, "public.catalog"), "torn");
    expect((await again()).public.hash).toBe(first.public.hash);
    expect(readings).toBe(1);
    rmSync(join(house.publishing.directory, "published"));
    await again();
    expect(readings).toBe(2);
    await again();
    expect(readings).toBe(2);
  });

  test("is the same whatever the order in which the sources were read", async () => {
    const other = await openHouse();
    await house.says("groq", [A, B]);
    await house.says("together", [C, A]);
    other.runtime.advance(-2 * MINUTE_MS);
    for (const [source, list] of [
      ["together", [A, C]],
      ["groq", [B, A]],
    ] as const) {
      other.runtime.jump(house.runtime.now() - other.runtime.now() - MINUTE_MS);
      await other.says(source, list);
    }
    const [one, two] = [await house.publish(), await other.publish()];
    await other.close();
    const text = (catalog: Catalog) =>
      textOf(catalog).replaceAll(/"(first_seen|updated_at|created)":[^,}]+/g, "");
    expect(text(two.public)).toBe(text(one.public));
  });

  test("whose files are gone is made anew from the ledger, byte for byte, even when the ledger went on", async () => {
    await house.says("groq", [A, B]);
    const { public: published } = await house.publish();
    rmSync(house.publishing.directory, { recursive: true });
    await house.says("groq", [A, C]);
    const rebuilt = await currentShelf(house.publishing, "public");
    expect(rebuilt === undefined ? undefined : contentsOf(rebuilt)).toEqual(contentsOf(published));
    expect([rebuilt?.revision, rebuilt?.hash]).toEqual([1, published.hash]);
    await house.publish();
    expect((await changes()).map(({ kind, subjectId }) => `${kind} ${subjectId}`).toSorted()).toEqual([
      "added groq/unstated/lab/c",
      "added lab/c",
      "removed groq/unstated/lab/b",
      "removed lab/b",
    ]);
  });

  test("whose content was out before is served under its own number", async () => {
    await house.says("groq", [A]);
    await house.publish();
    const path = join(house.publishing.directory, "public.catalog");
    const saved = readFileSync(path);
    for (const list of [[A, B], [A]]) {
      await house.says("groq", list);
      await house.publish();
    }
    writeFileSync(path, saved);
    expect((await currentShelf(house.publishing, "public"))?.revision).toBe(3);
  });

  test("before the first there is none", async () => {
    expect(await currentShelf(house.publishing, "public")).toBeUndefined();
    const empty = await house.publish();
    expect([empty.revision.number, idsOf(empty.public)]).toEqual([1, []]);
  });
});

describe("changes", () => {
  test("the first revision has none", async () => {
    await house.says("groq", [A]);
    expect((await house.publish()).changes).toBe(0);
    expect(await changes()).toEqual([]);
  });

  test("a changed offer says which fields, and what they are about", async () => {
    await house.says("groq", [A, B]);
    await house.publish();
    await house.says("groq", [metered("lab/a", "0.000005", { contextTokens: 8 }), B]);
    await house.publish();
    const [offer] = await changes();
    expect(offer).toMatchObject({
      subject: "offer",
      subjectId: "groq/unstated/lab/a",
      kind: "changed",
      cause: "upstream",
      topics: ["price", "dearer", "limits"],
      gateway: "groq",
      model: "lab/a",
      revision: 2,
    });
    expect(offer?.fields.map(({ field }) => field)).toEqual(["context_tokens", "prices"]);
  });

  test("an offer goes, and returns", async () => {
    await house.says("groq", [A, B]);
    await house.publish();
    await house.says("groq", [A]);
    await house.publish();
    await house.says("groq", [A, B]);
    await house.publish();
    const offers = (await changes()).filter(({ subject }) => subject === "offer");
    expect(offers.map(({ kind, subjectId }) => `${kind} ${subjectId}`)).toEqual([
      "removed groq/unstated/lab/b",
      "returned groq/unstated/lab/b",
    ]);
  });

  test("a price that flaps is one story of its offer and one of its model; so is an offer that goes and returns", async () => {
    for (const usd of ["0.000001", "0.000002", "0.000001", "0.000003", "0.000001"]) {
      await house.says("groq", [metered("lab/a", usd), B]);
      await house.publish();
    }
    for (const list of [[A], [A, B]]) {
      await house.says("groq", list);
      await house.publish();
    }
    const told = (await house.ledger.stories({ limit: 99 })).flatMap((its) => tell(its) ?? []);
    expect(new Set(told.map(({ subjectId, kind, count }) => [subjectId, kind, count].join(" ")))).toEqual(
      new Set([
        "groq/unstated/lab/a changed 4",
        "groq/unstated/lab/b returned 2",
        "lab/a changed 4",
        "lab/b returned 2",
      ]),
    );
    const [move] = told.find(({ subjectId }) => subjectId === "groq/unstated/lab/a")?.fields ?? [];
    expect(move).toMatchObject({
      field: "prices",
      count: 4,
      before: [{ usd: "0.000001" }],
      after: [{ usd: "0.000001" }],
      range: [{ meter: "input", unit: "token", min: "0.000001", max: "0.000003" }],
    });
  });

  test("an offer and a model that we ask for no more are gone for that reason", async () => {
    await house.says("groq", [A, B]);
    await house.publish();
    await house.says("groq", [A], { cause: "scope" });
    await house.publish();
    expect((await changes()).map(({ kind, subjectId, cause }) => [kind, subjectId, cause])).toEqual([
      ["removed", "groq/unstated/lab/b", "scope"],
      ["removed", "lab/b", "scope"],
    ]);
  });

  test("a source's first run asks a new question; later it is the upstream that changes", async () => {
    await house.says("groq", [A]);
    await house.publish();
    await house.says("together", [C]);
    await house.publish();
    await house.says("together", [C, B]);
    await house.publish();
    expect(
      (await changes())
        .filter(({ subject }) => subject === "offer")
        .map(({ subjectId, cause }) => [subjectId, cause]),
    ).toEqual([
      ["together/unstated/lab/c", "scope"],
      ["together/unstated/lab/b", "upstream"],
    ]);
  });

  test("a model moves for the reason of the offers that moved, not of those that are as they were", async () => {
    await house.says("groq", [metered("lab/a", "0.000003")]);
    await house.says("groq", [metered("lab/a", "0.000002")]);
    await house.publish();
    // Nobody made it cheaper: it is the first time that this list is read.
    await house.says("together", [metered("lab/a", "0.000001")]);
    await house.publish();
    await house.says("groq", [B]);
    await house.publish();
    const told = (await changes()).filter(({ subjectId }) => subjectId === "lab/a");
    expect(told.map(({ kind, topics, cause }) => [kind, topics.includes("cheaper"), cause])).toEqual([
      ["changed", true, "scope"],
      ["changed", false, "upstream"],
    ]);
  });
});

describe("who sees what", () => {
  test("what only the operator's key shows is in his catalog alone, and in no change", async () => {
    const mine = model("tuned/mine", { visibility: "account" });
    await house.says("groq", [A]);
    await house.publish();
    await house.says("groq", [A, mine]);
    const shown = await house.publish();
    expect(idsOf(shown.public)).toEqual(["groq/unstated/lab/a"]);
    expect(idsOf(shown.operator)).toEqual(["groq/unstated/lab/a", "groq/unstated/tuned/mine"]);
    expect(JSON.stringify(contentsOf(shown.public))).not.toContain("mine");
    await house.says("groq", [A]);
    await house.publish();
    expect(await changes()).toEqual([]);
  });

  test("what only a third party attests ends when the gateway's own list is whole without it", async () => {
    await house.says("genai-prices", [
      { ...A, gateway: "groq" },
      { ...C, gateway: "groq" },
    ]);
    const third = await house.publish();
    expect(textOf(third.public)).toContain('"attested":"third-party"');
    await house.says("groq", [A], { isWhole: false });
    expect(idsOf((await house.publish()).public)).toEqual(["groq/unstated/lab/a", "groq/unstated/lab/c"]);
    await house.says("groq", [A]);
    const own = await house.publish();
    expect(idsOf(own.public)).toEqual(["groq/unstated/lab/a"]);
    expect(textOf(own.public)).not.toContain("third-party");
  });
});
