/**
 * Watches and what was sent to them. The log of changes is the outbox: a change is there for every watch in the transaction that
 * mints its revision, and a watch moves past it in the transaction that notes that it was received.
 */
import { sql, type Generated, type Selectable, type UpdateObject } from "kysely";
import type { Delivery, Watch, Wish } from "../domain/watch.ts";
import type { ColumnTypes } from "../store/migrate.ts";
import type { Lease } from "./ledger.ts";
import { holdFence } from "./leases.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { assertStorable } from "./storable.ts";

/** Of one watch; what is older is forgotten. */
export const LOG_DELIVERIES_MAX = 1_000;
/** Nobody waits for longer: a moment beyond it was noted by a clock that jumped. */
const WAIT_MS_MAX = 4 * 86_400_000;

export interface WatchTables {
  readonly watch: {
    readonly id: Generated<number>;
    readonly url: string;
    readonly wish: string;
    readonly secret: string;
    readonly created_at: number;
    readonly position: number;
    readonly failures: Generated<number>;
    readonly failing_since: Generated<number | null>;
    readonly next_at: Generated<number | null>;
    readonly paused_at: Generated<number | null>;
    readonly paused_why: Generated<string | null>;
  };
  readonly delivery: {
    readonly id: Generated<number>;
    readonly watch: number;
    readonly message: string;
    readonly kind: string;
    readonly changes: number;
    readonly revision: number | null;
    readonly attempt: number;
    readonly at: number;
    readonly ms: number;
    readonly status: number | null;
    readonly error: string | null;
  };
}

/** What an attempt means for its watch. */
export type Aftermath =
  | { readonly kind: "received"; readonly position: number }
  | { readonly kind: "again"; readonly nextAt: number }
  | { readonly kind: "paused"; readonly why: string };

export interface NewWatch {
  readonly url: string;
  readonly wish: Wish;
  /** What messages are signed with, as the receiver has it. */
  readonly secret: string;
  readonly createdAt: number;
}

export interface WatchLedger {
  /** In the order in which they were added. */
  list(): Promise<readonly Watch[]>;
  one(id: number): Promise<Watch | undefined>;
  secretOf(id: number): Promise<string | undefined>;
  /** Those that may have something to send now. */
  due(now: number): Promise<readonly Watch[]>;
  /** It is told what changes from now on. */
  add(watch: NewWatch): Promise<Watch>;
  /** With its log. False where there is none of this number. */
  remove(id: number): Promise<boolean>;
  /** It goes on where it stopped, at once. */
  resume(id: number): Promise<boolean>;
  /** Nothing up to here is wished for. Throws `LeaseLost`. */
  pass(id: number, position: number, lease: Lease): Promise<void>;
  /** What was sent, and what that means, in one transaction; nothing of a watch that is gone. Throws `LeaseLost`. */
  note(delivery: Omit<Delivery, "id">, aftermath: Aftermath, lease: Lease): Promise<void>;
  /** A test means nothing for its watch. */
  noteTest(delivery: Omit<Delivery, "id">): Promise<void>;
  /** The latest first. */
  log(id: number, limit: number): Promise<readonly Delivery[]>;
}

/** What the ledger is to watches. */
export interface Watched {
  readonly watches: WatchLedger;
}

export function watchTables({ id, int, text, table }: ColumnTypes): readonly string[] {
  return [
    `create table watch (id ${id}, url ${text} not null, wish ${text} not null, secret ${text} not null, created_at ${int} not null,
      position ${int} not null, failures ${int} not null default 0, failing_since ${int}, next_at ${int}, paused_at ${int}, paused_why ${text}) ${table}`,
    `create table delivery (id ${id}, watch ${int} not null, message ${text} not null, kind ${text} not null check (kind in ('changes', 'test')),
      changes ${int} not null, revision ${int}, attempt ${int} not null, at ${int} not null, ms ${int} not null, status ${int}, error ${text}) ${table}`,
    `create index delivery_by_watch on delivery (watch, id)`,
  ];
}

export function watchLedger(store: LedgerStore): WatchLedger {
  const { db } = store;
  return {
    list: async () => (await db.selectFrom("watch").selectAll().orderBy("id").execute()).map(watchOf),
    one: async (id) => {
      const row = await db.selectFrom("watch").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : watchOf(row);
    },
    secretOf: async (id) =>
      (await db.selectFrom("watch").select("secret").where("id", "=", id).executeTakeFirst())?.secret,
    due: async (now) => {
      const rows = await db
        .selectFrom("watch")
        .selectAll()
        .where("paused_at", "is", null)
        .where(sql<boolean>`(next_at is null or next_at <= ${now} or next_at > ${now + WAIT_MS_MAX})`)
        .where("position", "<", newestChange(db))
        .orderBy("id")
        .execute();
      return rows.map(watchOf);
    },
    add: (watch) => add(store, watch),
    remove: (id) =>
      store.write(async (tx) => {
        await tx.deleteFrom("delivery").where("watch", "=", id).execute();
        const { numDeletedRows } = await tx
          .deleteFrom("watch")
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        return numDeletedRows === 1n;
      }),
    resume: (id) => store.write((tx) => isSet(tx, id, AT_ONCE)),
    pass: (id, position, lease) =>
      store.write(async (tx) => {
        await holdFence(store, tx, lease);
        await isSet(tx, id, { position });
      }),
    note: (delivery, aftermath, lease) =>
      store.write(async (tx) => {
        await holdFence(store, tx, lease);
        const isThere = await isSet(tx, delivery.watch, standingAfter(aftermath, delivery.at));
        if (isThere) await writeDown(tx, delivery);
      }),
    noteTest: (delivery) => store.write((tx) => writeDown(tx, delivery)),
    log: async (id, limit) => {
      const rows = await db
        .selectFrom("delivery")
        .selectAll()
        .where("watch", "=", id)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(deliveryOf);
    },
  };
}

const AT_ONCE = { failures: 0, failing_since: null, next_at: null, paused_at: null, paused_why: null };

function newestChange(db: Pick<Tx, "selectFrom">) {
  return db.selectFrom("change").select(({ fn }) => fn.coalesce(fn.max("id"), sql<number>`0`).as("newest"));
}

async function add(store: LedgerStore, { url, wish, secret, createdAt }: NewWatch): Promise<Watch> {
  const text = JSON.stringify(wish);
  assertStorable(url, text, secret);
  return store.write(async (tx) => {
    const { newest } = await newestChange(tx).executeTakeFirstOrThrow();
    const row = await tx
      .insertInto("watch")
      .values({ url, wish: text, secret, created_at: createdAt, position: newest })
      .returningAll()
      .executeTakeFirstOrThrow();
    return watchOf(row);
  });
}

async function writeDown(tx: Tx, delivery: Omit<Delivery, "id">): Promise<void> {
  const { watch, message, kind, changes, revision, attempt, at, ms, status, error } = delivery;
  assertStorable(message, error);
  await tx
    .insertInto("delivery")
    .values({
      watch,
      message,
      kind,
      changes,
      revision: revision ?? null,
      attempt,
      at,
      ms,
      status: status ?? null,
      error: error ?? null,
    })
    .execute();
  await forget(tx, watch);
}

type Standing = UpdateObject<Tables, "watch">;

function standingAfter(aftermath: Aftermath, at: number): Standing {
  const failed = {
    failures: sql<number>`failures + 1`,
    failing_since: sql<number>`coalesce(failing_since, ${at})`,
  };
  switch (aftermath.kind) {
    case "received":
      return { ...AT_ONCE, position: aftermath.position };
    case "again":
      return { ...failed, next_at: aftermath.nextAt };
    case "paused":
      return { ...failed, next_at: null, paused_at: at, paused_why: aftermath.why };
  }
}

/** False where there is no watch of this number. */
async function isSet(tx: Tx, id: number, standing: Standing): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("watch")
    .set(standing)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function forget(tx: Tx, watch: number): Promise<void> {
  const oldest = await tx
    .selectFrom("delivery")
    .select("id")
    .where("watch", "=", watch)
    .orderBy("id", "desc")
    .offset(LOG_DELIVERIES_MAX)
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return;
  await tx.deleteFrom("delivery").where("watch", "=", watch).where("id", "<=", oldest.id).execute();
}

function watchOf(row: Selectable<Tables["watch"]>): Watch {
  const { id, url, position, failures } = row;
  return {
    id,
    url,
    // What `add` wrote.
    wish: JSON.parse(row.wish) as Wish,
    createdAt: row.created_at,
    position,
    failures,
    ...(row.failing_since === null ? {} : { failingSince: row.failing_since }),
    ...(row.next_at === null ? {} : { nextAt: row.next_at }),
    ...(row.paused_at === null ? {} : { paused: { at: row.paused_at, why: row.paused_why ?? "" } }),
  };
}

function deliveryOf(row: Selectable<Tables["delivery"]>): Delivery {
  const { id, watch, message, changes, attempt, at, ms } = row;
  return {
    id,
    watch,
    message,
    kind: row.kind === "test" ? "test" : "changes",
    changes,
    attempt,
    at,
    ms,
    ...(row.revision === null ? {} : { revision: row.revision }),
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.error === null ? {} : { error: row.error }),
  };
}
