/** What was published last, noted beside the saved catalogs: which content of the ledger makes which revision. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Revision } from "../ledger/ledger.ts";
import { movingMark } from "./moving.ts";
import type { Shelving } from "./shelves.ts";

/** The ledger's content, what moves beside it, and the standing of its sources, as one text: the same text makes the same catalogs. */
export async function contentNow({ ledger, standings }: Shelving): Promise<string> {
  const standing = createHash("sha256").update(JSON.stringify([...standings]));
  return `${await ledger.contentMark()} ${await movingMark({ ledger })} ${standing.digest("hex")}`;
}

/** True where this revision was made of this content. A note that cannot be read says nothing. */
export function isImprintOf(shelving: Shelving, content: string, { hash }: Revision): boolean {
  try {
    return readFileSync(fileOf(shelving), "utf8") === textOf(content, hash);
  } catch {
    return false;
  }
}

export function noteImprint(shelving: Shelving, content: string, { hash }: Revision): void {
  writeFileSync(fileOf(shelving), textOf(content, hash));
}

function fileOf({ directory }: Shelving): string {
  return join(directory, "published");
}

function textOf(content: string, hash: string): string {
  return `${content}\n${hash}\n`;
}
