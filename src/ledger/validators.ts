/** Validators: what lets the next request of a view ask only for news. */
import type { Validator } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";

export async function validatorsOf(db: LedgerStore["db"], source: string): Promise<readonly Validator[]> {
  const rows = await db
    .selectFrom("validator")
    .selectAll()
    .where("source", "=", source)
    .orderBy("view")
    .execute();
  return rows.map((row) => ({
    view: row.view,
    ...(row.etag === null ? {} : { etag: row.etag }),
    ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
    ...(row.body_hash === null ? {} : { bodyHash: row.body_hash }),
    fingerprint: row.fingerprint,
  }));
}

/** From now on exactly these; the same ones again are not written. */
export async function saveValidators(
  tx: Tx,
  source: string,
  validators: readonly Validator[],
): Promise<void> {
  if (textOf(await validatorsOf(tx, source)) === textOf(validators)) return;
  await tx.deleteFrom("validator").where("source", "=", source).execute();
  const rows = validators.map(({ view, etag, lastModified, bodyHash, fingerprint }) => ({
    source,
    view,
    etag: etag ?? null,
    last_modified: lastModified ?? null,
    body_hash: bodyHash ?? null,
    fingerprint,
  }));
  if (rows.length > 0) await tx.insertInto("validator").values(rows).execute();
}

function textOf(validators: readonly Validator[]): string {
  const rows = validators.map(({ view, etag, lastModified, bodyHash, fingerprint }) =>
    JSON.stringify([view, etag, lastModified, bodyHash, fingerprint]),
  );
  return rows.toSorted().join("\n");
}
