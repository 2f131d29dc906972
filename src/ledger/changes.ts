/** The log of changes: written with a revision or as a part of the past, and read by time or by number. */
import { sql, type Selectable } from "kysely";
import {
  TOPICS,
  type Cause,
  type Change,
  type ChangeKind,
  type FieldChange,
  type Topic,
} from "../domain/change.ts";
import { storiesGoingOn } from "./going-on.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { assertStorable } from "./storable.ts";

export interface StoredChange extends Change {
  readonly id: number;
  readonly revision: number;
  readonly at: number;
  /** The first change of the story that it goes on with; absent where it begins one. */
  readonly story?: number;
  /** True where an import told it of the past: its time is the upstream's, its revision the one that was out. */
  readonly isImported?: true;
}

export interface ChangeQuery {
  readonly since?: number;
  readonly until?: number;
  /** What comes behind the change with this number, in the order that is asked for. */
  readonly afterId?: number;
  readonly beforeId?: number;
  /** The changes of one story, by the number of its first. */
  readonly story?: number;
  readonly subject?: Change["subject"];
  readonly gateway?: string;
  /** Who made the model. */
  readonly lab?: string;
  readonly model?: string;
  readonly kinds?: readonly ChangeKind[];
  readonly topics?: readonly Topic[];
  readonly causes?: readonly Cause[];
  /** Only what an import told of the past, or only what was news; both without it. */
  readonly imported?: boolean;
  /**
   * `time`: as it happened. `number`: as it was written down, in which what is new always comes last, whenever it happened:
   * whoever sends changes on goes by it. `time` without it.
   */
  readonly by?: "time" | "number";
  /** `asc` without it: the oldest first. */
  readonly order?: "asc" | "desc";
  readonly limit: number;
}

/** Where changes are written down: under which revision, when they happened, and whether they are history or news. */
export interface Occasion {
  readonly revision: number;
  readonly at: number;
  readonly isImported: boolean;
}

export async function insertChanges(
  store: LedgerStore,
  tx: Tx,
  list: readonly Change[],
  { revision, at, isImported }: Occasion,
): Promise<void> {
  await oneAtATime(store, tx);
  const stories = await storiesGoingOn(store, tx, list, at);
  await store.insertRows(
    tx,
    "change",
    list.map((change, index) => ({
      revision,
      at,
      subject: change.subject,
      subject_id: change.subjectId,
      kind: change.kind,
      cause: change.cause,
      gateway: change.gateway ?? null,
      model: change.model ?? null,
      topics: `,${change.topics.join(",")},`,
      fields: JSON.stringify(change.fields),
      story: stories[index] ?? null,
      imported: isImported ? 1 : 0,
    })),
  );
}

/**
 * Until the transaction ends nobody else writes changes, so that they come to be seen in the order of their numbers: whoever sends them
 * on moves past a number once, and would miss a lower one that came later. SQLite has one writer anyway.
 */
async function oneAtATime({ dialect }: LedgerStore, tx: Tx): Promise<void> {
  if (dialect === "postgres") await sql`lock table change in share row exclusive mode`.execute(tx);
}

/** Mistakes of the caller, found before anything is written. */
export function refuseChanges(list: readonly Change[]): void {
  for (const { subjectId, gateway, model } of list) assertStorable(subjectId, gateway, model);
}

export async function changes(store: LedgerStore, query: ChangeQuery): Promise<readonly StoredChange[]> {
  return (await orderedChanges(store, query).execute()).map(changeOf);
}

/** The changes that fit, in their order and up to their limit. */
export function orderedChanges(store: LedgerStore, query: ChangeQuery) {
  const { since, until, afterId, beforeId, story, subject, gateway, lab, model } = query;
  const { kinds, topics, causes, imported, by = "time", order = "asc", limit } = query;
  let rows = store.db.selectFrom("change").selectAll();
  if (since !== undefined) rows = rows.where("at", ">=", since);
  if (since !== undefined && by === "number") rows = rows.where("id", ">=", firstSince(store, since));
  if (until !== undefined) rows = rows.where("at", "<", until);
  if (afterId !== undefined) rows = rows.where(beyond(by, ">", afterId));
  if (beforeId !== undefined) rows = rows.where(beyond(by, "<", beforeId));
  if (story !== undefined) rows = rows.where(sql<boolean>`(id = ${story} or story = ${story})`);
  if (subject !== undefined) rows = rows.where("subject", "=", subject);
  if (gateway !== undefined) rows = rows.where("gateway", "=", gateway);
  // In the order of bytes a slash is followed by a nought: every id that begins with the lab lies between them.
  if (lab !== undefined) rows = rows.where("model", ">=", `${lab}/`).where("model", "<", `${lab}0`);
  if (model !== undefined) rows = rows.where("model", "=", model);
  if (imported !== undefined) rows = rows.where("imported", "=", imported ? 1 : 0);
  if (kinds !== undefined) rows = rows.where(anyOf("kind", kinds));
  if (causes !== undefined) rows = rows.where(anyOf("cause", causes));
  if (topics !== undefined)
    rows = rows.where(({ or, eb }) => or(topics.map((topic) => eb("topics", "like", `%,${topic},%`))));
  const ordered = by === "time" ? rows.orderBy("at", order) : rows;
  return ordered.orderBy("id", order).limit(limit);
}

/** Of two changes at one instant the one that was written down first comes first. A number that no change has stands where the last one below it does, or before all. */
function beyond(by: "time" | "number", side: ">" | "<", id: number) {
  if (by === "number") return sql<boolean>`id ${sql.raw(side)} ${id}`;
  const place = (column: "at" | "id") =>
    sql`coalesce((select ${sql.ref(`p.${column}`)} from change p where p.id <= ${id} order by p.id desc limit 1), 0)`;
  // Value by value: a database that compares with one row of a query reads the whole index.
  return sql<boolean>`(at, id) ${sql.raw(side)} (${place("at")}, ${place("id")})`;
}

/** Where to begin: without this the answer's order would make the database read all of it. */
function firstSince(store: LedgerStore, since: number) {
  return store.db
    .selectFrom("change")
    .select(({ fn }) => fn.min("id").as("first"))
    .where("at", ">=", since);
}

/** No words given: nothing fits, and SQL has no empty list. */
function anyOf(column: "kind" | "cause", words: readonly string[]) {
  return words.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`${sql.ref(column)} in (${sql.join(words)})`;
}

export function changeOf(row: Selectable<Tables["change"]>): StoredChange {
  const words = row.topics.split(",");
  return {
    id: row.id,
    revision: row.revision,
    at: row.at,
    // What `insertChanges` wrote.
    subject: row.subject as Change["subject"],
    subjectId: row.subject_id,
    kind: row.kind as ChangeKind,
    topics: TOPICS.filter((topic) => words.includes(topic)),
    cause: row.cause as Cause,
    ...(row.gateway === null ? {} : { gateway: row.gateway }),
    ...(row.model === null ? {} : { model: row.model }),
    fields: JSON.parse(row.fields) as readonly FieldChange[],
    ...(row.story === null ? {} : { story: row.story }),
    ...(row.imported === 0 ? {} : { isImported: true }),
  };
}
