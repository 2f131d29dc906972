/** Anonymous answers that outlive the process: one small file each, with a hash of what it holds. A damaged one is no answer. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface Kept {
  /** What was saved under this name, or nothing. Never rejects. */
  load(name: string): Promise<KeptAnswer | undefined>;
  /** Never rejects: an answer that cannot be kept was given all the same. */
  save(name: string, answer: KeptAnswer): Promise<void>;
}

export interface KeptAnswer {
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  readonly value: unknown;
}

/** Beyond it the oldest half goes. */
const FILES_MAX = 2_000;
/** A longer answer, a list of thousands, is asked for again by the next process. */
const ANSWER_LENGTH_MAX = 128 * 1024;

/** Keeps nothing: for a program that has no directory of its own. */
export const NOTHING_KEPT: Kept = {
  load: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
};

export function keptIn(directory: string): Kept {
  let saved = 0;
  const fileOf = (name: string) => join(directory, `${digest(name)}.json`);

  async function save(name: string, answer: KeptAnswer): Promise<void> {
    const text = JSON.stringify({ name, ...answer });
    if (text.length > ANSWER_LENGTH_MAX) return;
    const file = fileOf(name);
    saved += 1;
    const aside = `${file}.${process.pid}-${saved}`;
    await mkdir(directory, { recursive: true });
    await writeFile(aside, `${digest(text)}\n${text}`, { mode: 0o600 });
    await rename(aside, file);
    // Now and then, and at the first save of a process.
    if (saved % 100 === 1) await dropOldest(directory);
  }

  return {
    load: async (name) => {
      try {
        return read(name, await readFile(fileOf(name), "utf8"));
      } catch {
        // Not there, or not readable: it is asked for again.
        return undefined;
      }
    },
    save: (name, answer) => save(name, answer).catch(() => undefined),
  };
}

function read(name: string, content: string): KeptAnswer | undefined {
  const [hash, text = ""] = content.split("\n", 2);
  if (hash !== digest(text)) return undefined;
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || Reflect.get(parsed, "name") !== name) return undefined;
  const at: unknown = Reflect.get(parsed, "at");
  return typeof at === "number" ? { at, value: Reflect.get(parsed, "value") } : undefined;
}

async function dropOldest(directory: string): Promise<void> {
  const files = (await readdir(directory)).map((file) => join(directory, file));
  if (files.length <= FILES_MAX) return;
  const aged = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  const oldest = aged.toSorted((a, b) => a.at - b.at).slice(0, files.length >> 1);
  await Promise.all(oldest.map(({ file }) => unlink(file)));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
