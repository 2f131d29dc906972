/** Imports and second looks as the command line tells of them. */
import { describe, expect, test } from "vitest";
import { emptyReport, type Outcome } from "../../src/domain/run.ts";
import type { SourceImport } from "../../src/domain/imported.ts";
import { run } from "../../src/serve/cli/program.ts";
import type { ImportOptions, ImportResult, Past, RereadOptions, RereadResult } from "../../src/serve/past.ts";
import { fakeHost } from "../serve/support/host.ts";
import { instantOf } from "./recordings.ts";

const answer = (day: number, outcome: Outcome, more = {}) => ({
  at: instantOf(day),
  files: [`${day}.json`],
  report: { ...emptyReport("alpha", outcome), ...more, runId: day },
});
const broken = answer(2, "rejected", { error: { code: "html", message: "an HTML page\u001b[2J" } as const });

const importedOf = (imports: readonly SourceImport[]): ImportResult => ({
  imports,
  leftOut: [{ file: "x.json", why: "it has no date" }],
  changes: 12,
  revision: 7,
});

async function type(
  line: readonly string[],
  result: { readonly imported?: ImportResult; readonly reread?: RereadResult },
) {
  const host = fakeHost();
  const seen: (ImportOptions | RereadOptions)[] = [];
  let isClosed = false;
  const past: Past = {
    importRecordings: async (_directory, options) => {
      seen.push(options);
      return result.imported ?? importedOf([]);
    },
    reread: async (options) => {
      seen.push(options);
      return result.reread ?? { sources: [], revision: 7 };
    },
    close: async () => {
      isClosed = true;
    },
  };
  const code = await run({ ...host, open: { ...host.open, past: async () => past } }, line);
  expect(isClosed).toBe(true);
  return { code, out: host.out.text(), err: host.err.text(), seen };
}

describe("an import", () => {
  test.each([
    ["all believed", [{ source: "alpha", answers: [answer(1, "complete"), answer(2, "held")] }], 0],
    ["some rejected", [{ source: "alpha", answers: [answer(1, "complete"), broken] }], 3],
    ["all rejected", [{ source: "alpha", answers: [broken] }], 1],
    ["all known", [{ source: "alpha", answers: [{ at: 0, files: ["a"], why: "known" as const }] }], 0],
    ["a source that is being read", [{ source: "alpha", answers: [], note: "it is being read" }], 3],
    ["nothing that a source could read", [], 1],
  ])("%s", async (_what, imports, code) => {
    expect((await type(["import", "d"], { imported: importedOf(imports) })).code).toBe(code);
  });

  test("names what was rejected and what was left out, harmlessly", async () => {
    const { out } = await type(["import", "d"], {
      imported: importedOf([{ source: "alpha", answers: [broken] }]),
    });
    expect(out).toContain("alpha: 2.json: an HTML page\\u{1b}[2J");
    expect(out).toContain("left out, it has no date: x.json");
    expect(out).toContain("revision 7");
    expect(out).not.toContain("\u001b");
  });

  test("takes sources by comma, and plans where it is only to be tried", async () => {
    const { seen, out } = await type(["import", "d", "--source", "a, b", "--dry-run"], {});
    expect(seen).toMatchObject([{ sources: ["a", "b"], mode: "plan" }]);
    expect(out).toContain("nothing was read");
  });

  test("with --json tells of every answer", async () => {
    const imported = importedOf([{ source: "alpha", answers: [answer(1, "complete", { added: 2 })] }]);
    const { out } = await type(["import", "d", "--json"], { imported });
    expect(JSON.parse(out)).toMatchObject({
      object: "import",
      dry_run: false,
      sources: [
        {
          source: "alpha",
          answers: [{ at: "2026-07-01T00:00:00.000Z", files: ["1.json"], run: { id: 1, added: 2 } }],
        },
      ],
      left_out: [{ file: "x.json", why: "it has no date" }],
    });
  });
});

describe("a second look", () => {
  const differences = [1, 2, 3].map((day) => ({
    gateway: "g",
    provider: "p",
    nativeId: `m${day}`,
    at: instantOf(day),
    kind: "changed" as const,
    fields: [{ field: "name", before: "a", after: "A" }],
  }));
  const reread = { sources: [{ source: "alpha", answers: 9, unreadable: 0, differences }], revision: 7 };

  test("lists as much as is asked for, and counts all", async () => {
    const { out, code } = await type(["reread", "--limit", "2"], { reread });
    expect(out).toContain("2026-07-01 changed g/p/m1  name: a → A");
    expect(out).not.toContain("m3");
    expect(out).toContain("… and 1 other");
    expect(out).toMatch(/alpha +9 +3 +name 3/);
    expect(code).toBe(0);
  });

  test("shows, unless it is to apply", async () => {
    expect((await type(["reread", "alpha"], { reread })).seen).toMatchObject([
      { sources: ["alpha"], mode: "show" },
    ]);
    const applied = await type(["reread", "--apply"], { reread });
    expect(applied.seen).toMatchObject([{ mode: "apply" }]);
    expect(applied.out).toContain("3 differences recorded as a correction; revision 7");
  });

  test("with --json is bounded, and says so", async () => {
    const { out } = await type(["reread", "--json", "--limit", "1"], { reread });
    expect(JSON.parse(out)).toMatchObject({
      object: "reread",
      applied: false,
      sources: [{ changed: 3, fields: { name: 3 }, differences: [{ offer: "g/p/m1" }], has_more: true }],
    });
  });
});
