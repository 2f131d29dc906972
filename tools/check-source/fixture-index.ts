/** `fixtures/index.json`: which file stands for which answer, one line each, in the order of the files' names. */
import * as z from "zod";

const Entry = z.looseObject({
  file: z.string(),
  source: z.string(),
  url: z.string(),
  recordedAt: z.string().nullish(),
  rows: z.number(),
});
export type Entry = z.infer<typeof Entry>;

/** Throws where the text is no index. */
export function parseIndex(text: string): readonly Entry[] {
  return z.array(Entry).parse(JSON.parse(text));
}

export function indexText(entries: readonly Entry[]): string {
  return `[\n${entries.map((entry) => `  ${lineOf(entry)}`).join(",\n")}\n]\n`;
}

/** The index with one more entry in its place; the others stay as they stand. */
export function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const after = entries.findIndex(({ file }) => file > entry.file);
  return after === -1 ? [...entries, entry] : entries.toSpliced(after, 0, entry);
}

/** `{"file": "acme/models.json", "rows": 1}` */
function lineOf(entry: Entry): string {
  const fields = Object.entries(entry).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{${fields.join(", ")}}`;
}
