/** The Hub's models as the ledger knows them, streamed in bounded memory from one consistent state. */
import { sql } from "kysely";
import type { HubFacts, HubModel } from "../domain/hub-model.ts";
import { textRows } from "../store/rows.ts";
import { hubState } from "./hub-state.ts";
import type { LedgerStore } from "./schema.ts";

const CHUNK_ROWS = 5_000;

type Db = LedgerStore["db"];

export async function* hubModels(store: LedgerStore): AsyncGenerator<readonly HubModel[]> {
  const snapshot = await store.snapshot();
  try {
    // A list that was never read to its end is shown to nobody.
    if ((await hubState(snapshot.db)).last === undefined) return;
    let after = 0;
    for (;;) {
      const rows = await chunk(snapshot.db, after);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
      const aliases = await aliasesOf(store, snapshot.db, rows);
      yield rows.map((row) => modelOf(row, aliases.get(row.id)));
    }
  } finally {
    await snapshot.end();
  }
}

type Row = Awaited<ReturnType<typeof chunk>>[number];

async function chunk(db: Db, after: number) {
  return db
    .selectFrom("hub_model")
    .select(["number", "id", "created_at", "modified_at", "downloads", "likes", "facts"])
    .where("number", ">", after)
    .where("gone_at", "is", null)
    .orderBy("number")
    .limit(CHUNK_ROWS)
    .execute();
}

/** An id that another model bears today is nobody's alias. */
async function aliasesOf(
  store: LedgerStore,
  db: Db,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const some = await db.selectFrom("hub_alias").select("alias").limit(1).executeTakeFirst();
  if (some === undefined) return new Map();
  const asked = textRows(
    store.dialect,
    ["id"],
    rows.map(({ id }) => [id]),
  );
  const found = await sql<{ id: string; alias: string }>`
    select a.id, a.alias from (${asked}) k join hub_alias a on a.id = k.id
    where not exists (select 1 from hub_model m where m.id = a.alias and m.gone_at is null) order by a.alias`.execute(
    db,
  );
  const byId = Map.groupBy(found.rows, ({ id }) => id);
  return new Map([...byId].map(([id, of]) => [id, of.map(({ alias }) => alias)]));
}

function modelOf(row: Row, aliases: readonly string[] | undefined): HubModel {
  return {
    id: row.id,
    ...(row.created_at === null ? {} : { createdAt: row.created_at }),
    ...(row.modified_at === null ? {} : { lastModified: row.modified_at }),
    ...(row.downloads === null ? {} : { downloads: row.downloads }),
    ...(row.likes === null ? {} : { likes: row.likes }),
    // What the staging wrote, from a HubFacts.
    ...(JSON.parse(row.facts) as HubFacts),
    ...(aliases === undefined ? {} : { aliases }),
  };
}
