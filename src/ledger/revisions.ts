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
import { holdFence } from "./leases.ts";
import type { Lease, Revision, StoredChange } from "./ledger.ts";
import { noteModelIds, type OfferModel } from "./model-ids.ts";
import type { LedgerStore, Tables } from "./schema.ts";
import { assertStorable } from "./storable.ts";

export interface ChangeQuery {
  readonly since?: number;
  readonly until?: number;
  readonly afterId?: number;
  readonly subject?: Change["subject"];
  readonly gateway?: string;
  readonly model?: string;
  readonly kinds?: readonly ChangeKind[];
  readonly topics?: readonly Topic[];
  readonly causes?: readonly Cause[];
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
    await store.insertRows(
      tx,
      "change",
      list.map((change) => ({
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
      })),
    );
    return { number, ...revision };
  });
}

export async function changes(store: LedgerStore, query: ChangeQuery): Promise<readonly StoredChange[]> {
  const { since, until, afterId, subject, gateway, model, kinds, topics, causes, limit } = query;
  let rows = store.db.selectFrom("change").selectAll();
  if (since !== undefined) rows = rows.where("at", ">=", since).where("id", ">=", firstSince(store, since));
  if (until !== undefined) rows = rows.where("at", "<", until);
  if (afterId !== undefined) rows = rows.where("id", ">", afterId);
  if (subject !== undefined) rows = rows.where("subject", "=", subject);
  if (gateway !== undefined) rows = rows.where("gateway", "=", gateway);
  if (model !== undefined) rows = rows.where("model", "=", model);
  if (kinds !== undefined) rows = rows.where(anyOf("kind", kinds));
  if (causes !== undefined) rows = rows.where(anyOf("cause", causes));
  if (topics !== undefined)
    rows = rows.where(({ or, eb }) => or(topics.map((topic) => eb("topics", "like", `%,${topic},%`))));
  return (await rows.orderBy("id").limit(limit).execute()).map(changeOf);
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

function changeOf(row: Selectable<Tables["change"]>): StoredChange {
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
  };
}
