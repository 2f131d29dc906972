/** The numbers that the ledger gives out: without gaps, and in the order in which their transactions become visible. */
import { sql } from "kysely";
import type { LedgerStore, Tx } from "./schema.ts";

export type Counter = "run" | "content" | "revision" | "hub";

/** The next number. On PostgreSQL its row stays locked until the transaction ends, which makes commits follow each other. */
export async function nextNumber(tx: Tx, name: Counter): Promise<number> {
  const { value } = await tx
    .updateTable("counter")
    .set({ value: sql<number>`value + 1` })
    .where("name", "=", name)
    .returning("value")
    .executeTakeFirstOrThrow();
  return value;
}

/** Another text after every commit that can change what is published. */
export async function contentMark(store: LedgerStore): Promise<string> {
  const { value } = await store.db
    .selectFrom("counter")
    .select("value")
    .where("name", "=", "content")
    .executeTakeFirstOrThrow();
  return String(value);
}
