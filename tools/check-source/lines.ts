/** How long the files of sources are: the median is what adding one costs. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Lines {
  readonly files: readonly { readonly source: string; readonly lines: number }[];
  readonly median: number;
  readonly longest: string;
}

/** The shortest first. The registry, and what several sources share, are no sources. */
export function sourceLines(root: string): Lines {
  const folder = join(root, "src/sources");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && name !== "index.ts" && !name.startsWith("_"))
    .map((name) => ({ source: name.replace(/\.ts$/, ""), lines: linesOf(join(folder, name)) }))
    .toSorted((a, b) => a.lines - b.lines || (a.source < b.source ? -1 : 1));
  const middle = (files.length - 1) / 2;
  const around = [files[Math.floor(middle)]?.lines ?? 0, files[Math.ceil(middle)]?.lines ?? 0] as const;
  return { files, median: (around[0] + around[1]) / 2, longest: files.at(-1)?.source ?? "" };
}

export function linesPage({ files, median, longest }: Lines): string {
  const lines = files.map(({ source, lines: count }) => `${String(count).padStart(5)}  ${source}\n`).join("");
  return `${lines}\n${files.length} sources, median ${median} lines, the longest is ${longest}\n`;
}

function linesOf(path: string): number {
  return readFileSync(path, "utf8").trimEnd().split("\n").length;
}
