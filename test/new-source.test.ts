/** The stopwatch: an invented upstream is added in a copy of the repository, with the tools and the guide alone. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../tools/check-source/repository.ts";
import { startUpstreams } from "../tools/upstreams/server.ts";
import { PAGINGS } from "../tools/new-source/paging-word.ts";

const COPIED = [
  "src",
  "tools",
  "test",
  "fixtures",
  "docs",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
  ".oxlintrc.json",
  ".oxfmtrc.json",
];
const LINES_MAX = 60;
/** Each source is held to at least so many sentences of the contract. */
const CONTRACT_TESTS = 6;
const SLOW_MS = 180_000;

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "modeldex-new-source-"));
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("a new source, before anything is filled in", () => {
  const kinds = Object.keys(PAGINGS).map((kind) => [`skeleton-${kind}`, "--paging", kind]);
  const sources = [
    ...kinds,
    ["skeleton-array", "--items", ""],
    ["skeleton-deep", "--items", "result.models", "--auth", "DEEP_API_KEY", "--price", "usdPerToken"],
    ["skeleton-query", "--url", "https://query.example/models?per-page=7&all=yes"],
    ["groq-skeleton", "--price", "tenThousandthsPerMillionTokens"],
  ];

  test(
    "is read, checked, formatted and documented as it stands",
    async () => {
      for (const args of sources) expect(await tool("new-source", args)).toMatchObject({ code: 0, err: "" });

      const files = sources.map(([id]) => `src/sources/${id}.ts`);
      expect(await run("oxfmt", ["--check", "src/sources/index.ts", ...files])).toMatchObject({ code: 0 });
      expect(await run("oxlint", ["--deny-warnings", ...files])).toMatchObject({ code: 0 });
      expect(await typesOf(files)).toMatchObject({ code: 0 });
      expect(await contractOf("skeleton")).toBeGreaterThanOrEqual(sources.length * CONTRACT_TESTS);
      expect(await run("node", ["tools/docs.ts"])).toMatchObject({ code: 0, out: "" });
    },
    SLOW_MS,
  );

  test("stands in the registry in the order of its file's name, and its entry beside its kin or last", () => {
    const registry = readFileSync(join(copy, "src/sources/index.ts"), "utf8");
    const imports = [...registry.matchAll(/from "(\.\/[\w-]+\.ts)"/g)].map(([, file]) => file);
    expect(imports).toEqual(imports.toSorted((a = "", b = "") => (a < b ? -1 : 1)));
    const entries = [...registry.matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);
    expect(entries[entries.indexOf("groqSkeleton") - 1]).toBe("groq");
    expect(entries.at(-1)).toBe("skeletonQuery");
  });
});

test.each([
  [["groq"], "src/sources/groq.ts is already there"],
  [["Acme"], "Acme is no id"],
  [["acme_cloud"], "acme_cloud is no id"],
  [["../acme"], "../acme is no id"],
  [["9acme"], "9acme is no id"],
  [["import"], "import is no id"],
  [["cerebras-acc-ount", "more"], "name one source"],
  [[], "name one source"],
  [["acme-x", "--paging", "scroll"], "--paging scroll is none of single"],
  [["acme-x", "--price", "usd"], "--price usd is none of usdPerToken"],
  [["acme-x", "--url", "http://acme.example/models"], "is no https address"],
  [["acme-x", "--auth", "key"], "--auth key is no name"],
  [["acme-x", "--items", "", "--paging", "cursor"], "a bare array has no place"],
  [["acme-x", "--colour", "red"], "--colour"],
])("%j is refused in one line, and nothing is written", async (args, why) => {
  const before = readFileSync(join(copy, "src/sources/index.ts"), "utf8");
  const { code, out, err } = await tool("new-source", args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(why);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(readFileSync(join(copy, "src/sources/index.ts"), "utf8")).toBe(before);
});

/** Pages by number with a stated count of them, US cents for a thousand tokens, and aliases. */
const ACME_BODY = `{
  "models": [
    {
      "slug": "acme-large-2",
      "display_name": "Acme Large 2",
      "aliases": ["acme-large", "acme-large-latest"],
      "released": "2026-03-01",
      "context_window": 200000,
      "max_output": 16384,
      "features": ["tools", "vision"],
      "retired": false,
      "rates": { "prompt": 0.3, "completion": 1.5, "cached_prompt": 0.03 }
    },
    { "slug": "acme-old", "aliases": [], "retired": true, "rates": { "prompt": 0, "completion": 0 } }
  ],
  "page": 1,
  "total_pages": 1,
  "total_count": 2
}
`;

/** What its author writes over the skeleton, by the line that it stands for. */
const ACME_EDITS: readonly (readonly [skeleton: RegExp, written: string])[] = [
  [/one line on what is special about this list/, "numbered pages; each row names the aliases that call it"],
  [/\{ Amount, .* \}/, "{ Amount, Count, Flag, fromIso, Id, stated, Text, used, WordList, yes }"],
  [/\/\/ One item.*\n/, ""],
  [
    /( {2}id: Id,\n)[^]*?(?=\}\);)/,
    `  slug: Id,
  display_name: Text,
  aliases: WordList,
  released: Text,
  context_window: Count,
  max_output: Count,
  features: WordList,
  retired: Flag,
  rates: z.object({ prompt: Amount, completion: Amount, cached_prompt: Amount }).nullish(),
`,
  ],
  [/ {2}\/\/ The upstream's own.*\n.*/, '  docs: "https://docs.acme.example/list-models",'],
  [/( {2}items: "models",\n)/, '$1  itemId: "slug",\n  total: "total_count",\n'],
  [
    / {6}\/\/ Exactly as[^]*?(?= {4}\},\n {2}\],)/,
    `      nativeId: model.slug,
      provider: "acme",
      name: stated(model.display_name),
      aliases: stated(model.aliases),
      createdAt: fromIso(model.released),
      contextTokens: stated(model.context_window),
      outputTokensMax: stated(model.max_output),
      capabilities: yes(model.features),
      prices: unlessAllZero(
        prices({
          input: centsPerThousandTokens(model.rates?.prompt),
          output: centsPerThousandTokens(model.rates?.completion),
          cache_read: centsPerThousandTokens(used(model.rates?.cached_prompt)),
        }),
      ),
      status: model.retired === true ? "inactive" : undefined,
      call: openaiChat(BASE_URL, model.slug),
`,
  ],
];

describe("an invented upstream, added with the guide alone", () => {
  const file = "src/sources/acme.ts";
  const fixture = "fixtures/acme/models.json";

  test(
    `takes at most ${LINES_MAX} lines in two files by hand, and no change to the framework`,
    async () => {
      const started = ["acme", "--items", "models", "--auth", "ACME_API_KEY", "--paging", "page-number"];
      expect(await tool("new-source", [...started, "--price", "centsPerThousandTokens"])).toMatchObject({
        code: 0,
      });
      const skeletons = [read(file), read(fixture)].map((text) => new Set(text.split("\n")));

      write(fixture, ACME_BODY);
      write(
        file,
        ACME_EDITS.reduce((text, [before, after]) => text.replace(before, after), read(file)),
      );
      expect(await tool("check-source", ["acme"])).toMatchObject({ code: 1 });
      expect(await tool("check-source", ["acme", "--write-golden"])).toMatchObject({ code: 0, err: "" });

      const written = [read(file), read(fixture)].flatMap((text, index) =>
        text.split("\n").filter((line) => skeletons[index]?.has(line) !== true),
      );
      expect(written.length).toBeLessThanOrEqual(LINES_MAX);
      expect(read(file).trimEnd().split("\n").length).toBeLessThanOrEqual(LINES_MAX);
      expect(await run("oxfmt", ["--check", file])).toMatchObject({ code: 0 });
      expect(await run("oxlint", ["--deny-warnings", file])).toMatchObject({ code: 0 });
      expect(await typesOf([file])).toMatchObject({ code: 0 });
      expect(await contractOf("acme")).toBeGreaterThanOrEqual(CONTRACT_TESTS);
      expect(await run("node", ["tools/docs.ts"])).toMatchObject({ code: 0 });
    },
    SLOW_MS,
  );

  test("its golden result says cents for a thousand tokens as dollars for one, and keeps the aliases", () => {
    expect(JSON.parse(read("fixtures/acme/golden.json"))).toMatchObject([
      {
        nativeId: "acme-large-2",
        facts: {
          aliases: ["acme-large", "acme-large-latest"],
          capabilities: { tools: true, vision: true },
          prices: [
            { meter: "input", unit: "token", usd: "0.000003" },
            { meter: "output", unit: "token", usd: "0.000015" },
            { meter: "cache_read", unit: "token", usd: "0.0000003" },
          ],
        },
      },
      { nativeId: "acme-old", facts: { billing: "unknown", status: "inactive" } },
    ]);
  });

  test("reads two pages of a mirror, and proves that they are all", async () => {
    const upstreams = await startUpstreams();
    const list = Array.from({ length: 4 }, (_, index) => ({ slug: `acme-${index}`, region: "eu" }));
    upstreams.setBody("api.acme.example/v1/models", ({ query }) => {
      const page = Number(query.get("page"));
      return { value: { models: list.slice(2 * page - 2, 2 * page), total_pages: 2, total_count: 4 } };
    });
    const { out, code } = await tool("check-source", ["acme", "--mirror", upstreams.url, "--json"]);
    await upstreams.close();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      answers: [
        {
          outcome: "complete",
          coverage: "whole: the list ended after 2 pages, 4 of 4 stated",
          rows: 4,
          offers: 4,
        },
      ],
      unread: [{ path: "region", types: "string", share: 1, example: "eu" }],
      drift: expect.arrayContaining([expect.objectContaining({ subject: "region", isRead: false })]),
    });
  });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function tool(name: "new-source" | "check-source", args: readonly string[]): Promise<Ran> {
  return run("node", [`tools/${name}.ts`, ...args]);
}

/** How many sentences of the contract hold for the sources whose id holds this; none where one does not. */
async function contractOf(id: string): Promise<number> {
  const pattern = `^(\\w+-)?${id}(-\\w+)* `;
  const { out } = await run("vitest", ["run", "test/sources.test.ts", "--testNamePattern", pattern]);
  return Number(/^(\d+) passed, 0 failed$/m.exec(out)?.[1] ?? 0);
}

/** The compiler over these files alone. */
function typesOf(files: readonly string[]): Promise<Ran> {
  write("tsconfig.new.json", JSON.stringify({ extends: "./tsconfig.json", include: files }));
  return run("tsc", ["-p", "tsconfig.new.json"]);
}

/** Runs a program of the copy there, with nothing of this process's environment but the way to programs. */
function run(program: string, args: readonly string[]): Promise<Ran> {
  const path = `${join(copy, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
  const [file, all] =
    program === "node" ? [process.execPath, args] : [join(copy, "node_modules/.bin", program), args];
  return new Promise((resolve) => {
    execFile(
      file,
      all,
      { cwd: copy, env: { PATH: path, HOME: copy, NO_COLOR: "1" }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 1, out, err }),
    );
  });
}

function read(file: string): string {
  return readFileSync(join(copy, file), "utf8");
}

function write(file: string, text: string): void {
  writeFileSync(join(copy, file), text);
}
