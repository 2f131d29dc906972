/** Ledger → catalog: one revision, the changes from the one before, and the files that a restart reads. */
import type { Catalog } from "../catalog/catalog.ts";
import { modelsServed } from "../catalog/counts.ts";
import type { Change } from "../domain/change.ts";
import { parseOfferId } from "../domain/offer.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Ledger, Revision } from "../ledger/ledger.ts";
import { changesBetween, offerIdsOf, type Origin } from "./changes.ts";
import { conflictsIn } from "./conflicts.ts";
import { decisionsOf, turnBetween, type Turn } from "./decisions.ts";
import type { LinkedOffer } from "./documents.ts";
import { doubtsIn } from "./doubts.ts";
import { newlyLinked } from "./former-ids.ts";
import { contentNow, isImprintOf, noteImprint } from "./imprint.ts";
import { movingNow } from "./moving.ts";
import { outliersIn } from "./outliers.ts";
import { withoutOffers } from "./quiet.ts";
import { shelvesOf, type Shelves } from "./revision.ts";
import {
  hashOf,
  numbered,
  offersNow,
  previousPublic,
  type Previous,
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
  /** True where readers see something else than before: a new revision, or counters that moved. */
  readonly hasMoved: boolean;
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
    const [lastRun] = await ledger.runs({ limit: 1 });
    const content = await contentNow(context);
    const saved =
      latest !== undefined && isImprintOf(context, content, latest)
        ? savedShelves(context, latest)
        : undefined;
    if (latest !== undefined && saved !== undefined)
      return { ...saved, revision: latest, isNew: false, hasMoved: false, changes: 0 };
    const overrides = await ledger.overrides();
    const decisions = decisionsOf(overrides);
    const offers = await offersNow(context, decisions);
    const found = [...conflictsIn(offers), ...doubtsIn(offers), ...outliersIn(offers)];
    await ledger.replaceFindings(["conflict", "identity", "outlier"], found, createdAt, lease);
    const number = (latest?.number ?? 0) + 1;
    const former = await ledger.modelIds(number);
    const built = await shelvesOf(offers, former, await movingNow(context), number, createdAt, decisions);
    const hash = hashOf(built);
    if (latest?.hash === hash) {
      const shelves = numbered(built, latest);
      saveShelves(context, shelves);
      noteImprint(context, content, latest);
      return { ...shelves, revision: latest, isNew: false, hasMoved: true, changes: 0 };
    }
    const before = latest === undefined ? undefined : await previousPublic(context, latest);
    const turn = turnBetween(await ledger.overrides(latest?.knownAt), overrides);
    const changes =
      before === undefined
        ? []
        : [
            ...changesByRules(before),
            ...(await news(
              ledger,
              latest,
              await changesSince(before.today, built.public, { offers, ledger, turn }),
            )),
          ];
    const revision = await ledger.commitRevision(
      {
        hash,
        createdAt,
        knownAt: createdAt,
        runId: lastRun?.id ?? 0,
        models: modelsServed(built.public),
        offers: built.public.offers.length,
      },
      changes,
      lease,
      newlyLinked(offers, former),
    );
    const shelves = numbered(built, revision);
    saveShelves(context, shelves);
    noteImprint(context, content, revision);
    return { ...shelves, revision, isNew: true, hasMoved: true, changes: changes.length };
  } finally {
    await ledger.releaseLease(lease);
  }
}

/** Without what an import brought since the last revision: that is told as history (`tell-past.ts`). */
async function news(
  ledger: Ledger,
  latest: Revision | undefined,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const recorded = await ledger.past.recordedSince(latest?.runId ?? 0);
  return recorded === undefined ? changes : withoutOffers(changes, recorded);
}

/** What our rules of today say otherwise of the same facts. */
function changesByRules({ published, today }: Previous): readonly Change[] {
  return published === undefined ? [] : changesBetween(published, today, () => BY_RULES);
}

const BY_RULES: Origin = { cause: "rules", isReturned: false };

/** An offer that is new to the catalog and known to the ledger from before has returned; of one that is gone the ledger knows why. */
async function changesSince(
  before: Catalog,
  after: Catalog,
  {
    offers,
    ledger,
    turn,
  }: { readonly offers: readonly LinkedOffer[]; readonly ledger: Ledger; readonly turn: Turn },
): Promise<readonly Change[]> {
  const origins = new Map<string, Origin>(
    offers.map((offer) => [offer.id, { cause: offer.cause, isReturned: offer.hasPast }]),
  );
  const gone = offerIdsOf(before).filter((id) => !origins.has(id));
  const endings = await ledger.endings(gone.flatMap((id) => parseOfferId(id) ?? []));
  for (const [id, cause] of endings) origins.set(id, { cause, isReturned: false });
  return changesBetween(before, after, (id) => origins.get(id), turn);
}
