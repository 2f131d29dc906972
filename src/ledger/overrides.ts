/** Overrides: an operator's decisions. Added and ended, never edited; no sync touches them. */
import type { Override } from "./ledger.ts";
import { nextNumber } from "./counters.ts";
import type { LedgerStore } from "./schema.ts";
import { assertStorable } from "./storable.ts";

/** Those in force, in the order in which they were made; at a moment of the past, where one is named. */
export async function overrides(store: LedgerStore, at?: number): Promise<readonly Override[]> {
  const all = store.db.selectFrom("override").selectAll().orderBy("id");
  const asked =
    at === undefined
      ? all.where("ended_at", "is", null)
      : all
          .where("created_at", "<=", at)
          .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">", at)]));
  const rows = await asked.execute();
  return rows.map(({ id, kind, target, value, created_at }) => ({
    id,
    kind: overrideKind(kind),
    target,
    value,
    createdAt: created_at,
  }));
}

export async function addOverride(
  store: LedgerStore,
  { kind, target, value, createdAt }: Omit<Override, "id">,
): Promise<number> {
  assertStorable(target, value);
  return store.write(async (tx) => {
    const { id } = await tx
      .insertInto("override")
      .values({ kind, target, value, created_at: createdAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    await nextNumber(tx, "content");
    return id;
  });
}

/** False where no such override is in force. */
export async function endOverride(store: LedgerStore, id: number, at: number): Promise<boolean> {
  return store.write(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("override")
      .set({ ended_at: at })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await nextNumber(tx, "content");
    return true;
  });
}

function overrideKind(word: string): Override["kind"] {
  if (word === "pin" || word === "hide" || word === "alias") return word;
  throw new Error(`the ledger holds an override of kind ${JSON.stringify(word)}`);
}
