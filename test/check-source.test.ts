/** What check-source says of an answer: on an invented source, on every source's own fixture, and at the command line. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createColors } from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { prices, usdPerMillionTokens } from "../src/domain/price.ts";
import { noAuth } from "../src/kit/auth.ts";
import { singlePage } from "../src/kit/paging.ts";
import { defineSource } from "../src/kit/source.ts";
import { Amount, Id, stated, Text, WordList, yes } from "../src/kit/wire.ts";
import { SOURCES } from "../src/sources/index.ts";
import { answerOf, fixtureBodies, readBodyFile } from "../tools/check-source/body.ts";
import { checkSource, type Check } from "../tools/check-source/check.ts";
import { indexText, parseIndex, withEntry } from "../tools/check-source/fixture-index.ts";
import { goldenText } from "../tools/check-source/golden.ts";
import { sourceLines } from "../tools/check-source/lines.ts";
import { checkPage } from "../tools/check-source/page.ts";
import { INDEX, ROOT } from "../tools/check-source/repository.ts";

const heron = defineSource({
  id: "heron",
  title: "Heron",
  docs: "https://heron.example/docs",
  gateway: "heron",
  authority: "own",
  baseUrl: "https://api.heron.example/v1",
  auth: noAuth,
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: z.object({
    id: Id,
    name: Text,
    features: WordList,
    extra: z.unknown().optional(),
    pricing: z.object({ input: Amount }).nullish(),
  }),
  ignore: ({ id }) => (id.startsWith("router/") ? "a router is no model" : undefined),
  listings: ({ id, name, features, extra, pricing }) => [
    {
      nativeId: id,
      provider: "heron",
      name: stated(name),
      capabilities: yes(features),
      license:
        typeof extra === "object" && extra !== null && "license" in extra ? String(extra.license) : undefined,
      prices: prices({ input: usdPerMillionTokens(pricing?.input) }),
    },
  ],
});

const FIXTURE = [
  { id: "a", name: "A", features: ["tools"], pricing: { input: 1 }, extra: { license: "mit", other: 1 } },
  { id: "b", name: "B", features: ["tools"], pricing: { input: 3 }, owner: { name: "Heron Lab" } },
  { id: "c", name: "C", features: ["tools"], pricing: { input: 9 }, owner: { name: "Heron Lab" } },
];

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "modeldex-check-source-"));
  place("fixtures/heron/models.json", JSON.stringify({ data: FIXTURE }));
  place("fixtures/heron/golden.json", goldenText(heron, FIXTURE));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("an answer", () => {
  test("that is the fixture is fine, and drifts from nothing", () => {
    const check = fixtureCheck();
    expect(check).toMatchObject({
      isFine: true,
      golden: { state: "holds" },
      answers: [{ outcome: "complete", rows: 3, unique: 3, offers: 3, rejected: 0 }],
    });
    expect(check.drift).toBeUndefined();
  });

  test("shows how full each field is, and which are never filled", () => {
    const { fields, neverFilled } = checkOf([...FIXTURE, { id: "d" }]);
    expect(fields).toContainEqual({ field: "name", share: 0.75, example: "A" });
    expect(fields).toContainEqual({ field: "license", share: 0.25, example: "mit" });
    expect(neverFilled).toContain("contextTokens");
    expect(neverFilled).not.toContain("name");
  });

  test("shows what is on the wire and not read, of a branch its root alone", () => {
    const paths = fixtureCheck().unread.map(({ path }) => path);
    expect(paths).toEqual(["extra.other", "owner"]);
    expect(fixtureCheck().unread).toContainEqual({
      path: "owner",
      types: "object",
      share: 0.667,
      example: { name: "Heron Lab" },
    });
  });

  test("shows rejected items with their pointer, and is not fine", () => {
    const check = checkOf([
      ...FIXTURE,
      ...FIXTURE.map(({ id }) => ({ id: `${id}2` })),
      { id: "d", pricing: { input: "1,5" } },
    ]);
    expect(check.rejected).toMatchObject([{ subject: "d", pointer: "/data/6/pricing/input" }]);
    expect(check).toMatchObject({ isFine: false, answers: [{ outcome: "complete", rejected: 1 }] });
  });

  test("with more rejected than a run believes is rejected", () => {
    expect(checkOf([{ id: 1 }, { id: "a" }]).answers).toMatchObject([
      { outcome: "rejected", error: expect.stringContaining("1 of 2") },
    ]);
  });

  test("shows why items are left out, and words that nobody knows", () => {
    const check = checkOf([...FIXTURE, { id: "router/auto" }, { id: "d", features: ["flying"] }]);
    expect(check.ignored).toEqual({ "a router is no model": 1 });
    expect(check.unknownWords).toMatchObject([{ subject: "capability:flying" }]);
  });

  test("shows its drift against the fixture, what the source reads first", () => {
    const drifted = FIXTURE.map(({ id, name }) => ({ id, name, features: "tools", new: { deep: 1 } }));
    const check = checkOf(drifted);
    expect(check.drift?.map(({ subject, isRead }) => [subject, isRead])).toEqual([
      ["features", true],
      ["pricing", true],
      ["new", false],
    ]);
  });

  test("shows three prices for a human eye: the cheapest, one from the middle, the dearest", () => {
    const items = [
      ...FIXTURE,
      { id: "free", pricing: { input: 0 } },
      { id: "e", pricing: { input: 300_000 } },
    ];
    expect(checkOf(items).prices).toEqual([
      { offer: "heron/heron/a", prices: "input $1.00" },
      { offer: "heron/heron/b", prices: "input $3.00" },
      { offer: "heron/heron/e", prices: "input $300000.00" },
    ]);
  });

  test("that is nothing is not fine", () => {
    expect(checkOf([]).isFine).toBe(false);
  });

  test.each([
    ["<html>", "rejected"],
    ["{", "rejected"],
    ['{"error":{"message":"no"}}', "rejected"],
    ['{"data":{}}', "rejected"],
  ])("%s is no list, and says why", (body, outcome) => {
    place("body.json", body);
    const answer = readBodyFile(heron, join(root, "body.json"), "body.json");
    expect(answer).toMatchObject({ outcome, rows: 0, error: expect.stringMatching(/./) });
  });
});

describe("the golden result", () => {
  test("that is another one is shown at its first line, and is not fine", () => {
    place("fixtures/heron/golden.json", goldenText(heron, FIXTURE).replace('"name": "A"', '"name": "Z"'));
    expect(fixtureCheck()).toMatchObject({
      isFine: false,
      golden: { state: "differs", at: { golden: '"name": "Z",', now: '"name": "A",' } },
    });
    place("fixtures/heron/golden.json", goldenText(heron, FIXTURE));
  });

  test("that is absent is not fine", () => {
    expect(
      checkSource({ ...heron, id: "egret" }, [answerOf(heron, FIXTURE, "x")], { root, isFixture: true }),
    ).toMatchObject({ isFine: false, golden: { state: "absent" } });
  });
});

test("nothing that an upstream wrote reaches the terminal as a control character", () => {
  const evil = "\u001b[2J\u202e\u0007";
  const check = checkOf([
    { id: "a", name: evil, features: [evil], [`${evil}key`]: evil, pricing: { input: 1 } },
    { id: `b${evil}`, pricing: { input: evil } },
  ]);
  const page = checkPage({ ...check, title: evil }, screen);
  expect(page).toContain("\\u{1b}");
  expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each(SOURCES.map((source) => [source.id, source] as const))(
  "%s is fine on its fixture",
  (id, source) => {
    const answers = fixtureBodies(ROOT, id).map((body) => readBodyFile(source, join(ROOT, body), body));
    expect(answers.length).toBeGreaterThan(0);
    const check = checkSource(source, answers, { root: ROOT, isFixture: true });
    expect(check).toMatchObject({ rejected: [], unknownWords: [], golden: { state: "holds" }, isFine: true });
    expect(checkPage(check, screen)).toContain("golden result: holds");
  },
);

test("the index of fixtures is written as it stands", () => {
  const text = readFileSync(join(ROOT, INDEX), "utf8");
  const entries = parseIndex(text);
  expect(indexText(entries)).toBe(text);
  const [first] = entries;
  const added = { file: "zz/models.json", source: "zz", url: "https://zz.example", rows: 1 };
  expect(withEntry(entries, added).at(-1)).toBe(added);
  expect(withEntry(entries, { ...added, file: "0/models.json" })[1]).toBe(first);
});

test("the lines of every source are counted, and the median is at most what a source should have", () => {
  const { files, median } = sourceLines(ROOT);
  const names = readdirSync(join(ROOT, "src/sources")).filter((name) => !/^(_|index\.ts$)/.test(name));
  expect(files.map(({ source }) => `${source}.ts`).toSorted()).toEqual(names.toSorted());
  expect(median).toBeLessThanOrEqual(80);
});

describe("the command", () => {
  test.each([
    [[], "name one source"],
    [["nobody"], "there is no source nobody"],
    [["groq", "xai"], "name one source"],
    [["groq", "--file", "/nowhere.json"], "there is no file"],
    [["groq", "--live", "--mirror", "http://127.0.0.1:9"], "give one of"],
    [["groq", "--mirror", "groq"], "is no address"],
    [["groq", "--colour"], "--colour"],
  ])("%j is a mistake of whoever typed it: one line, exit code 2", async (args, why) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(why);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  test("prints the page of a source and exits with 0 where all is fine, 1 where a file is not", async () => {
    const fine = await run(["cerebras"]);
    expect(fine).toMatchObject({ code: 0, err: "" });
    expect(fine.out).toContain("never filled:");
    place("cerebras.json", JSON.stringify({ data: [{ id: "" }] }));
    expect(await run(["cerebras", "--file", join(root, "cerebras.json")])).toMatchObject({ code: 1 });
  });

  test("prints one object with --json, and the lines of sources with --lines", async () => {
    expect(JSON.parse((await run(["cerebras", "--json"])).out)).toMatchObject({
      source: "cerebras",
      isFine: true,
    });
    expect((await run(["--lines"])).out).toMatch(
      /^\d+ sources, median [\d.]+ lines, the longest is [\w-]+$/m,
    );
  });

  test("says that a source without its credential is skipped, and asks nobody", async () => {
    const { code, out } = await run(["groq", "--live", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      answers: [{ outcome: "skipped", error: "GROQ_API_KEY is not set" }],
    });
  });
});

const screen = {
  isTerminal: false,
  columns: Infinity,
  rows: Infinity,
  colours: createColors(false),
  write: () => undefined,
};

function checkOf(items: readonly unknown[]): Check {
  return checkSource(heron, [answerOf(heron, items, "answer")], { root, isFixture: false });
}

function fixtureCheck(): Check {
  const answers = fixtureBodies(root, "heron").map((body) => readBodyFile(heron, join(root, body), body));
  return checkSource(heron, answers, { root, isFixture: true });
}

function place(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** In an empty environment, and a directory without a `.env` file. */
function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const tool = join(ROOT, "tools/check-source.ts");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tool, ...args],
      { cwd: root, env: { HOME: root, NO_COLOR: "1" } },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out, err }),
    );
  });
}
