/** Raw bodies: what upstreams sent, byte for byte, kept once by content hash, compressed, and bounded by size and age. */
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import { contentHash } from "./hash.ts";
import type { RawPage } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import type { Stamp } from "./span.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What the ledger offers of them. */
export interface RawBodyLedger {
  rawBody(hash: string): Promise<Uint8Array | undefined>;
  /** The pages that a run kept, by their hashes. */
  rawPages(
    runId: number,
  ): Promise<readonly { readonly url: string; readonly hash: string; readonly bytes: number }[]>;
  /** Drops raw bodies beyond the bounds, the oldest first, and returns how many went. */
  pruneRawBodies(bounds: { readonly bytesMax: number; readonly olderThan: number }): Promise<number>;
}

/** A page ready for writing; `body` is absent where the same content is kept already. */
export interface PackedPage {
  readonly url: string;
  readonly hash: string;
  readonly bytes: number;
  readonly body?: Uint8Array;
}

export async function packBodies(
  store: LedgerStore,
  pages: readonly RawPage[],
): Promise<readonly PackedPage[]> {
  if (pages.length === 0) return [];
  const hashed = pages.map(({ url, bytes }) => ({
    url: withoutCredentials(url),
    hash: contentHash(bytes),
    bytes,
  }));
  const known = await store.db
    .selectFrom("raw_body")
    .select("hash")
    .where(
      "hash",
      "in",
      hashed.map(({ hash }) => hash),
    )
    .execute();
  const kept = new Set(known.map(({ hash }) => hash));
  const packed: PackedPage[] = [];
  for (const { url, hash, bytes } of hashed) {
    packed.push({
      url,
      hash,
      bytes: bytes.byteLength,
      ...(kept.has(hash) ? {} : { body: await compress(bytes) }),
    });
    kept.add(hash);
  }
  return packed;
}

export async function keepRawPages(
  store: LedgerStore,
  tx: Tx,
  pages: readonly PackedPage[],
  { runId, recordedAt }: Stamp,
): Promise<void> {
  for (const { hash, bytes, body } of pages) {
    if (body === undefined) continue;
    await tx
      .insertInto("raw_body")
      .values({ hash, bytes, stored_bytes: body.byteLength, kept_at: recordedAt, body })
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
  }
  if (pages.length === 0) return;
  await tx
    .updateTable("raw_body")
    .set({ kept_at: recordedAt })
    .where(
      "hash",
      "in",
      pages.map(({ hash }) => hash),
    )
    .where("kept_at", "<", recordedAt)
    .execute();
  await store.insertRows(
    tx,
    "raw_page",
    pages.map(({ url, hash }, position) => ({ run_id: runId, position, url, hash })),
  );
}

export async function rawBody(store: LedgerStore, hash: string): Promise<Uint8Array | undefined> {
  const row = await store.db
    .selectFrom("raw_body")
    .select(["bytes", "body"])
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row === undefined ? undefined : unpack(row);
}

/** Throws where the stored bytes are damaged; never unpacks to more than was packed. */
export async function unpack({
  bytes,
  body,
}: {
  readonly bytes: number;
  readonly body: Uint8Array;
}): Promise<Uint8Array> {
  return decompress(body, { maxOutputLength: Math.max(bytes, 1) });
}

export async function rawPages(
  store: LedgerStore,
  runId: number,
): Promise<readonly { readonly url: string; readonly hash: string; readonly bytes: number }[]> {
  return store.db
    .selectFrom("raw_page")
    .innerJoin("raw_body", "raw_body.hash", "raw_page.hash")
    .select(["raw_page.url", "raw_page.hash", "raw_body.bytes"])
    .where("raw_page.run_id", "=", runId)
    .orderBy("raw_page.position")
    .execute();
}

/** `bytesMax` is of the compressed bytes; a body's age counts from the last run that met it. Its pages go with it. */
export async function pruneRawBodies(
  store: LedgerStore,
  bounds: { readonly bytesMax: number; readonly olderThan: number },
): Promise<number> {
  return store.write(async (tx) => {
    // A body that never changes stays for ever; the pages of old runs that met it do not.
    await tx
      .deleteFrom("raw_page")
      .where("run_id", "in", (runs) =>
        runs.selectFrom("run").select("id").where("recorded_at", "<", bounds.olderThan),
      )
      .execute();
    const old = await tx
      .deleteFrom("raw_body")
      .where("kept_at", "<", bounds.olderThan)
      .executeTakeFirstOrThrow();
    const bodies = await tx
      .selectFrom("raw_body")
      .select(["hash", "stored_bytes"])
      .orderBy("kept_at")
      .orderBy("hash")
      .execute();
    let excess = bodies.reduce((sum, body) => sum + body.stored_bytes, 0) - bounds.bytesMax;
    const over: string[] = [];
    for (const { hash, stored_bytes } of bodies) {
      if (excess <= 0) break;
      excess -= stored_bytes;
      over.push(hash);
    }
    for (const hash of over) {
      await tx.deleteFrom("raw_body").where("hash", "=", hash).execute();
    }
    return Number(old.numDeletedRows) + over.length;
  });
}

/** Query parameters whose values are secrets, whatever the case of their names. */
const SECRET_PARAMETER = /^(key|.*api[-_]?key|.*token|.*secret|password|signature|sig|auth|authorization)$/i;

/** The address without user, password and secrets: what was asked, not with whose key. */
export function withoutCredentials(url: string): string {
  const address = URL.parse(url);
  if (address === null) return url.replace(/[?#].*$/s, "");
  address.username = "";
  address.password = "";
  address.hash = "";
  const secrets = [...address.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name));
  for (const name of secrets) address.searchParams.delete(name);
  return address.href;
}
