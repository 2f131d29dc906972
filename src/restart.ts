/** What a serving program notes for its next start: which saved catalog is out, and how fresh it is. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Shelf } from "./catalog/catalog.ts";
import { loadCatalog } from "./catalog/saved.ts";
import type { Config } from "./config.ts";
import type { Audience } from "./publish/shelves.ts";
import type { SourceCard } from "./serve/application.ts";

const Note = z.object({
  /** Of the ledger that it was made from: another ledger makes another catalog. */
  ledger: z.string(),
  revision: z.number(),
  hash: z.string(),
  /** When each source was last read. */
  seen: z.record(z.string(), z.number()),
  /** The sources as they were declared and set; what is set now replaces them as soon as it is read. */
  cards: z.array(z.custom<SourceCard>((card) => typeof card === "object" && card !== null)),
});
type Note = z.infer<typeof Note>;

/** What was out when the program last ran. */
export interface LastTime {
  readonly shelf: Shelf;
  readonly cards: readonly SourceCard[];
}

/** Nothing where the note or the catalog does not fit. */
export function lastTime(config: Config, audience: Audience): LastTime | undefined {
  const note = readNote(config, audience);
  if (note === undefined || note.ledger !== ledgerOf(config)) return undefined;
  const catalog = loadCatalog(join(directoryOf(config), `${audience}.catalog`));
  if (typeof catalog === "string" || catalog.hash !== note.hash) return undefined;
  const shelf: Shelf = {
    catalog: { ...catalog, revision: note.revision },
    freshness: new Map(Object.entries(note.seen)),
  };
  return { shelf, cards: note.cards };
}

/** Written beside and renamed: a reader finds the old note or the new one. */
export function noteForNextTime(
  config: Config,
  audience: Audience,
  { shelf: { catalog, freshness }, cards }: LastTime,
): void {
  const { revision, hash } = catalog;
  const note: Note = {
    ledger: ledgerOf(config),
    revision,
    hash,
    seen: Object.fromEntries(freshness),
    cards: [...cards],
  };
  const path = fileOf(config, audience);
  mkdirSync(directoryOf(config), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(note));
  renameSync(`${path}.new`, path);
}

function readNote(config: Config, audience: Audience): Note | undefined {
  try {
    return Note.safeParse(JSON.parse(readFileSync(fileOf(config, audience), "utf8"))).data;
  } catch {
    // Never written, or not whole: the ledger is read instead.
    return undefined;
  }
}

/** Not the address itself: it may hold a password. */
function ledgerOf({ database }: Config): string {
  return createHash("sha256").update(database).digest("hex");
}

function directoryOf({ home }: Config): string {
  return join(home, "catalog");
}

function fileOf(config: Config, audience: Audience): string {
  return join(directoryOf(config), `${audience}.restart.json`);
}
