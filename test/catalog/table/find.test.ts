/** What a text finds, said by examples. */
import { describe, expect, test } from "vitest";
import { fold, wordsOf } from "../../../src/catalog/table/fold.ts";
import { listOf } from "../../../src/catalog/table/row-set.ts";
import type { Table, TableRow } from "../../../src/catalog/table/table.ts";
import { worldOf } from "./worlds.ts";

/** The ids that a text finds, the best first. */
function found(table: Table, text: string): readonly string[] | undefined {
  const match = table.find(text);
  return match === undefined ? undefined : Array.from(match.page(match.rows, { limit: 100 }), table.idAt);
}

function tableOf(...rows: readonly (string | TableRow)[]): Table {
  return worldOf(rows.map((row) => (typeof row === "string" ? { id: row } : row))).fast.models;
}

describe("a text", () => {
  test.each([
    ["ＦＵＬＬ Width", "full width"],
    ["Cafe\u0301", "café"],
    ["ﬁne-Tuned", "fine-tuned"],
    ["ΑΒΓ", "αβγ"],
    ["モデル", "モデル"],
  ])("%s is folded to %s", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test("is split on everything but letters, marks, digits and dots", () => {
    expect(wordsOf("meta-llama/llama_3.3 70b+हिन्दी:v1.5")).toEqual([
      "meta",
      "llama",
      "llama",
      "3.3",
      "70b",
      "हिन्दी",
      "v1.5",
    ]);
  });

  test("finds rows by words, beginnings and fragments, in every script", () => {
    const table = tableOf(
      "meta-llama/Llama-3.3-70B-Instruct",
      "lab/ＦＵＬＬ",
      "lab/Über-Modell",
      "実験/日本語モデル",
    );
    expect(found(table, "llama 3.3 70b")).toEqual(["meta-llama/Llama-3.3-70B-Instruct"]);
    expect(found(table, "struct")).toEqual(["meta-llama/Llama-3.3-70B-Instruct"]);
    expect(found(table, "full")).toEqual(["lab/ＦＵＬＬ"]);
    expect(found(table, "u\u0308BER-mod")).toEqual(["lab/Über-Modell"]);
    expect(found(table, "本語")).toEqual(["実験/日本語モデル"]);
    expect(found(table, "語")).toEqual(["実験/日本語モデル"]);
    expect(found(table, "ü")).toEqual(["lab/Über-Modell"]);
    expect(found(table, "l")).toHaveLength(3);
  });

  test("with a hyphen finds the rows that have all its words", () => {
    const table = tableOf("Qwen/Qwen3-Coder-30B", "Qwen/Qwen3-32B", "lab/coder");
    expect(found(table, "qwen3-coder")).toEqual(["Qwen/Qwen3-Coder-30B"]);
  });

  test("finds by names, labs and tags too", () => {
    const table = tableOf({ id: "a/b", names: ["Pretty Name"], texts: ["gguf", "Some Lab"] }, "c/d");
    for (const text of ["gguf", "some lab", "pretty", "b some"]) expect(found(table, text)).toEqual(["a/b"]);
  });

  test("that is blank asks nothing, and one without a word finds nothing", () => {
    const table = tableOf("a/b");
    expect([found(table, " "), found(table, "\t"), found(table, "-"), found(table, "😀")]).toEqual([
      undefined,
      undefined,
      [],
      [],
    ]);
  });

  test("finds its own id first, then names, then beginnings, then fragments, then the most downloaded", () => {
    const table = tableOf(
      { id: "lab/xcoder", numbers: { downloads: 9_000 } },
      { id: "lab/coder-big", numbers: { downloads: 50 } },
      { id: "lab/coders", numbers: { downloads: 60 } },
      { id: "lab/named", names: ["Coder"], numbers: { downloads: 2 } },
      { id: "other/coder", numbers: { downloads: 1 } },
      { id: "coder", numbers: { downloads: 0 } },
    );
    const order = ["coder", "lab/named", "other/coder", "lab/coders", "lab/coder-big", "lab/xcoder"];
    expect(found(table, "Coder")).toEqual(order);
    const match = table.find("coder");
    if (match === undefined) throw new Error("nothing was asked");
    for (const [at, id] of order.entries()) {
      const rest = match.page(match.rows, { limit: 100, after: table.rowOf(id) ?? -1 });
      expect(Array.from(rest, table.idAt)).toEqual(order.slice(at + 1));
    }
  });
});

describe("counts of values", () => {
  test("that are equal stand by value, though the first has more rows in the whole table", () => {
    const rows = Array.from({ length: 9_000 }, (_, row) => ({
      id: `${row}`,
      words: { lab: row % 3 === 0 ? "a" : "b" },
    }));
    const { models } = worldOf(rows).fast;
    const lab = models.words("lab");
    // All of `a`, and as many of `b`.
    const some = Uint32Array.from(
      [...Array(9_000).keys()].filter((row) => {
        const number = Number(models.idAt(row));
        return number % 3 === 0 || number % 3 === 1;
      }),
    );
    expect(lab.counts(listOf(9_000, some), 1)).toEqual([{ value: "a", count: 3_000 }]);
  });
});
