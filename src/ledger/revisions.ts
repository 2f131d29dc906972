/** Revisions and the changes that each brought, in one transaction. */
import { sql, type Selectable } from "kysely";
import {
  TOPICS,
  type Cause,
  type Change,
  type ChangeKind,
  type FieldChange,
  type Topic,
} from "../domain/change.ts";
import { nextNumber } from "./counters.ts";
import { storiesGoingOn } from "./going-on.ts";
import { holdFence } from "./leases.ts";
import { noteModelIds, type OfferModel } from "./model-ids.ts";
import type { Lease, Revision, StoredChange } from "./ledger.ts";
import type { LedgerStore, Tables } from "./schema.ts";
import { assertStorable } from "./storable.ts";

export interface ChangeQuery {
  readonly since?: number;
  readonly until?: number;
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
  /** `asc` without it: the oldest first. */
  readonly order?: "asc" | "desc";
  readonly limit: number;
}

export async function latestRevision(store: LedgerStore): Promise<Revision | undefined> {
  const row = await store.db
    .selectFrom("revision")
    .selectAll()
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { number, hash, models, offers } = row;
  return {
    number,
    hash,
    createdAt: row.created_at,
    knownAt: row.known_at,
    runId: row.run_id,
    models,
    offers,
  };
}

/** Throws `LeaseLost` where the lease was taken over: nothing is written then. */
export async function commitRevision(
  store: LedgerStore,
  revision: Omit<Revision, "number">,
  list: readonly Change[],
  lease: Lease,
  offerModels: readonly OfferModel[],
): Promise<Revision> {
  for (const { subjectId, gateway, model } of list) assertStorable(subjectId, gateway, model);
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const number = await nextNumber(tx, "revision");
    const { hash, createdAt, knownAt, runId, models, offers } = revision;
    await tx
      .insertInto("revision")
      .values({ number, hash, created_at: createdAt, known_at: knownAt, run_id: runId, models, offers })
      .execute();
    await noteModelIds(store, tx, number, offerModels);
    const stories = await storiesGoingOn(store, tx, list, createdAt);
    await store.insertRows(
      tx,
      "change",
      list.map((change, index) => ({
        revision: number,
        at: createdAt,
        subject: change.subject,
        subject_id: change.subjectId,
        kind: change.kind,
        cause: change.cause,
        gateway: change.gateway ?? null,
        model: change.model ?? null,
        topics: `,${change.topics.join(",")},`,
        fields: JSON.stringify(change.fields),
        story: stories[index] ?? null,
      })),
    );
    return { number, ...revision };
  });
}

export async function changes(store: LedgerStore, query: ChangeQuery): Promise<readonly StoredChange[]> {
  return (await orderedChanges(store, query).execute()).map(changeOf);
}

/** The changes that fit, in their order and up to their limit. */
export function orderedChanges(store: LedgerStore, query: ChangeQuery) {
  const { since, until, afterId, beforeId, story, subject, gateway, lab, model } = query;
  const { kinds, topics, causes, order = "asc", limit } = query;
  let rows = store.db.selectFrom("change").selectAll();
  if (since !== undefined) rows = rows.where("at", ">=", since).where("id", ">=", firstSince(store, since));
  if (until !== undefined) rows = rows.where("at", "<", until);
  if (afterId !== undefined) rows = rows.where("id", ">", afterId);
  if (beforeId !== undefined) rows = rows.where("id", "<", beforeId);
  if (story !== undefined) rows = rows.where(sql<boolean>`(id = ${story} or story = ${story})`);
  if (subject !== undefined) rows = rows.where("subject", "=", subject);
  if (gateway !== undefined) rows = rows.where("gateway", "=", gateway);
  // In the order of bytes a slash is followed by a nought: every id that begins with the lab lies between them.
  if (lab !== undefined) rows = rows.where("model", ">=", `${lab}/`).where("model", "<", `${lab}0`);
  if (model !== undefined) rows = rows.where("model", "=", model);
  if (kinds !== undefined) rows = rows.where(anyOf("kind", kinds));
  if (causes !== undefined) rows = rows.where(anyOf("cause", causes));
  if (topics !== undefined)
    rows = rows.where(({ or, eb }) => or(topics.map((topic) => eb("topics", "like", `%,${topic},%`))));
  return rows.orderBy("id", order).limit(limit);
}

/** Where to begin: numbers grow with time, and without this the answer's order would make the database read all of it. */
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
    // What `commitRevision` wrote.
    subject: row.subject as Change["subject"],
    subjectId: row.subject_id,
    kind: row.kind as ChangeKind,
    topics: TOPICS.filter((topic) => words.includes(topic)),
    cause: row.cause as Cause,
    ...(row.gateway === null ? {} : { gateway: row.gateway }),
    ...(row.model === null ? {} : { model: row.model }),
    fields: JSON.parse(row.fields) as readonly FieldChange[],
    ...(row.story === null ? {} : { story: row.story }),
  };
}
