/** The golden result: the listings of a fixture's main body as one file, which a change of the source shows up in. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Listing } from "../../src/domain/listing.ts";
import { mapItem } from "../../src/kit/map.ts";
import type { Source } from "../../src/kit/source.ts";
import { goldenFile } from "./repository.ts";

export interface Golden {
  readonly file: string;
  readonly state: "holds" | "differs" | "absent";
  /** The first line that differs, as it is there and as it would be. */
  readonly at?: { readonly line: number; readonly golden: string; readonly now: string };
}

/** The listings in the order of the items, as `golden.json` holds them. */
export function goldenText(source: Source, items: readonly unknown[]): string {
  const listings: readonly Listing[] = items.flatMap((item) => {
    const mapped = mapItem(source, item, "/0");
    return mapped.kind === "listed" ? mapped.listings : [];
  });
  return `${JSON.stringify(listings, null, 2)}\n`;
}

export function compareGolden(root: string, id: string, text: string): Golden {
  const file = goldenFile(id);
  const path = join(root, file);
  if (!existsSync(path)) return { file, state: "absent" };
  const golden = readFileSync(path, "utf8");
  if (golden === text) return { file, state: "holds" };
  const [before, now] = [golden.split("\n"), text.split("\n")];
  const line = before.findIndex((each, index) => each !== now[index]);
  const at = line === -1 ? before.length : line;
  return {
    file,
    state: "differs",
    at: { line: at + 1, golden: (before[at] ?? "").trim(), now: (now[at] ?? "").trim() },
  };
}
