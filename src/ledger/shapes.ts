/** The shape of each source's items, as it was last seen. */
import type { Shape } from "../domain/shape.ts";
import type { LedgerStore, Tx } from "./schema.ts";

export async function shapeOf(db: LedgerStore["db"], source: string): Promise<Shape | undefined> {
  const row = await db
    .selectFrom("source_shape")
    .select("shape")
    .where("source", "=", source)
    .executeTakeFirst();
  // Written below, from a Shape.
  return row === undefined ? undefined : (JSON.parse(row.shape) as Shape);
}

/** Written only where it differs: an upstream's shape moves a few times a year. */
export async function saveShape(tx: Tx, source: string, shape: Shape | undefined): Promise<void> {
  if (shape === undefined) return;
  const text = JSON.stringify(shape);
  await tx
    .insertInto("source_shape")
    .values({ source, shape: text })
    .onConflict((conflict) => conflict.column("source").doUpdateSet({ shape: text }))
    .execute();
}
