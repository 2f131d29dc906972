/** The models that offers were, revision by revision: so that an id that a model once had goes on leading to it. */
import type { OfferKey } from "../domain/offer.ts";
import { offerId } from "../domain/offer.ts";
import type { ColumnTypes } from "../store/migrate.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import { assertStorable } from "./storable.ts";

export interface ModelIdTables {
  readonly offer_model: {
    readonly gateway: string;
    readonly provider: string;
    readonly native_id: string;
    readonly revision: number;
    readonly model: string;
  };
}

/** An offer that is another model than it was; or, where it is new, than its native id says. */
export interface OfferModel extends OfferKey {
  readonly model: string;
}

export interface ModelIdLedger {
  /** By offer id: the models that offers were until this revision, the oldest first. Nothing of one that always was what its native id says. */
  modelIds(untilRevision: number): Promise<ReadonlyMap<string, readonly string[]>>;
}

export function modelIdTables({ int, text, keyed }: ColumnTypes): readonly string[] {
  return [
    `create table offer_model (gateway ${text} not null, provider ${text} not null, native_id ${text} not null, revision ${int} not null,
      model ${text} not null, primary key (gateway, provider, native_id, revision)) ${keyed}`,
  ];
}

export async function modelIds(
  store: LedgerStore,
  untilRevision: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.db
    .selectFrom("offer_model")
    .selectAll()
    .where("revision", "<=", untilRevision)
    .orderBy("revision")
    .execute();
  const models = new Map<string, string[]>();
  for (const { gateway, provider, native_id: nativeId, model } of rows) {
    const id = offerId({ gateway, provider, nativeId });
    const known = models.get(id);
    if (known === undefined) models.set(id, [model]);
    else known.push(model);
  }
  return models;
}

export async function noteModelIds(
  store: LedgerStore,
  tx: Tx,
  revision: number,
  list: readonly OfferModel[],
): Promise<void> {
  for (const { gateway, provider, nativeId, model } of list)
    assertStorable(gateway, provider, nativeId, model);
  await store.insertRows(
    tx,
    "offer_model",
    list.map(({ gateway, provider, nativeId, model }) => ({
      gateway,
      provider,
      native_id: nativeId,
      revision,
      model,
    })),
  );
}
