/** Ledger → catalog: one revision, the changes from the one before, and the files that a restart reads. */
import type { Runtime } from "../kit/runtime.ts";
import type { Revision } from "../ledger/ledger.ts";
import { changesBetween, type Origin } from "./changes.ts";
import type { LinkedOffer } from "./documents.ts";
import { contentNow, isImprintOf, noteImprint } from "./imprint.ts";
import { shelvesOf, type Shelves } from "./revision.ts";
import {
  hashOf,
  numbered,
  offersNow,
  previousPublic,
  saveShelves,
  savedShelves,
  type Shelving,
} from "./shelves.ts";

export interface PublishContext extends Shelving {
  readonly runtime: Runtime;
  readonly holder: string;
  /** True where a holder is a process that is known to have died. */
  isGone?(holder: string): boolean;
}

export interface Published extends Shelves {
  readonly revision: Revision;
  /** False where the content is the same as before: no revision was minted. */
  readonly isNew: boolean;
  readonly changes: number;
}

const LEASE = "publish";
const LEASE_MS = 120_000;
const LEASE_POLL_MS = 100;

/** Publishes what the ledger holds now. Two publishers wait for each other. */
export async function publish(context: PublishContext): Promise<Published> {
  const { ledger, runtime, holder } = context;
  const take = () => ledger.takeLease(LEASE, holder, runtime.now(), LEASE_MS, context.isGone);
  let lease = await take();
  while (lease === undefined) {
    await runtime.sleep(LEASE_POLL_MS);
    lease = await take();
  }
  try {
    const createdAt = runtime.now();
    const latest = await ledger.latestRevision();
    // Asked before anything is read: what is written meanwhile is published the next time.
    const content = await contentNow(context);
    const saved =
      latest !== undefined && isImprintOf(context, content, latest)
        ? savedShelves(context, latest)
        : undefined;
    if (latest !== undefined && saved !== undefined)
      return { ...saved, revision: latest, isNew: false, changes: 0 };
    const offers = await offersNow(context);
    const number = (latest?.number ?? 0) + 1;
    const built = shelvesOf(offers, number, createdAt);
    const hash = hashOf(built);
    if (latest?.hash === hash) {
      const shelves = numbered(built, latest);
      saveShelves(context, shelves);
      noteImprint(context, content, latest);
      return { ...shelves, revision: latest, isNew: false, changes: 0 };
    }
    const before = latest === undefined ? undefined : await previousPublic(context, latest);
    const origins = originsOf(offers);
    const changes = before === undefined ? [] : changesBetween(before, built.public, (id) => origins.get(id));
    const [lastRun] = await ledger.runs({ limit: 1 });
    const revision = await ledger.commitRevision(
      {
        hash,
        createdAt,
        knownAt: createdAt,
        runId: lastRun?.id ?? 0,
        models: built.public.columns.modelIds.length,
        offers: built.public.columns.offerIds.length,
      },
      changes,
      lease,
    );
    const shelves = numbered(built, revision);
    saveShelves(context, shelves);
    noteImprint(context, content, revision);
    return { ...shelves, revision, isNew: true, changes: changes.length };
  } finally {
    await ledger.releaseLease(lease);
  }
}

/** An offer that is new to the catalog and known to the ledger from before has returned. */
function originsOf(offers: readonly LinkedOffer[]): ReadonlyMap<string, Origin> {
  return new Map(offers.map((offer) => [offer.id, { cause: offer.cause, isReturned: offer.hasPast }]));
}
