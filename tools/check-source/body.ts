/** Answers that lie in files: the bodies of a fixture folder, or one that somebody saved. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ERRORS, WorldError } from "../../src/domain/errors.ts";
import type { Outcome } from "../../src/domain/run.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { itemsOf, parsePage } from "../../src/kit/parse.ts";
import type { Source } from "../../src/kit/source.ts";
import { SnapshotBuilder } from "../../src/sync/snapshot.ts";
import type { Answer } from "./answer.ts";
import { fixtureFolder } from "./repository.ts";

/** The names of a source's fixture bodies; the golden result is none. */
export function fixtureBodies(root: string, id: string): readonly string[] {
  const folder = join(root, fixtureFolder(id));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "golden.json")
    .toSorted()
    .map((name) => `${fixtureFolder(id)}/${name}`);
}

/** Reads a body as the framework reads a page, but for the network: what is no list is refused with its reason. */
export function readBodyFile(source: Source, path: string, name: string): Answer {
  try {
    return answerOf(source, itemsIn(source, path), name);
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    return { ...answerOf(source, [], name), outcome: ERRORS[error.code].outcome, error: error.message };
  }
}

/** The items of a body; `.gz` files are unpacked. Throws a `WorldError` for what is no list. */
export function itemsIn(source: Source, path: string): readonly unknown[] {
  const packed = readFileSync(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(packed, { maxOutputLength: LIMITS.bodyBytesMax }) : packed;
  return itemsOfPage(source, bytes);
}

/** What a package yields is kept in its fixture as a bare array. */
export function itemsOfPage(source: Source, bytes: Uint8Array): readonly unknown[] {
  const body = parsePage(bytes, undefined, LIMITS);
  return itemsOf(body, source.kind === "web" ? source : { items: "" });
}

/** What a source makes of items, wherever they come from. */
export function answerOf(source: Source, items: readonly unknown[], name: string): Answer {
  const builder = new SnapshotBuilder(source);
  builder.add(name, items, source.kind === "web" ? source.items : "");
  const snapshot = builder.finish();
  const { rows, unique, rejected, listings } = snapshot;
  const isBelieved = rejected <= rows * LIMITS.rejectedShareMax;
  const outcome: Outcome = isBelieved ? "complete" : "rejected";
  return {
    name,
    outcome,
    ...(isBelieved ? {} : { error: `${ERRORS["too-many-rejected"].means}: ${rejected} of ${rows}` }),
    rows,
    unique,
    offers: listings.size,
    rejected,
    snapshot,
    items,
  };
}
