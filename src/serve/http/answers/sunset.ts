/** What becomes of a list of names: whether each is about to go, is gone, stays, or is known to nobody. */
import type { Catalog } from "../../../catalog/catalog.ts";
import { modelRow } from "../../../catalog/find.ts";
import { resolveId } from "../../../catalog/resolve.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { parseOfferId } from "../../../domain/offer.ts";
import type { StoredChange } from "../../../ledger/ledger.ts";
import type { Application } from "../../application.ts";
import { deprecationsIn, goesBefore, spanOf, type Deprecation } from "./deprecations.ts";
import { refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { goneSince, tombstoneOf } from "./tombstone.ts";
import { gatewaysKnown } from "./vocabulary.ts";

export interface Fate {
  readonly named: string;
  /** `going`: an offer of it is; `unclear`: the name may mean several models. */
  readonly state: "staying" | "going" | "gone" | "unclear" | "unknown";
  /** What the name means. */
  readonly models: readonly string[];
  readonly going: readonly Deprecation[];
  readonly gone_since?: string;
  readonly successors?: readonly string[];
}

/** In the order of the names. Throws `BadQuestion`, and `NotReady` before the first revision. */
export async function fatesOf(
  application: Application,
  names: readonly string[],
  question: { readonly within: string; readonly gateway?: string },
  now: number,
): Promise<readonly Fate[]> {
  const shelf = currentShelf(application);
  const [gateway] = (question.gateway === undefined ? undefined : gatewaysAsked([question.gateway])) ?? [];
  if (gateway !== undefined) refuseUnknown("gateway", [gateway], gatewaysKnown(application, shelf));
  const until = now + spanOf(question.within);
  const soon = new Map(
    deprecationsIn(shelf)
      .filter((one) => goesBefore(one, until))
      .map((one) => [one.id, one]),
  );
  let asked: Promise<readonly StoredChange[]> | undefined;
  const removals = () => (asked ??= removedOffers(application, gateway));
  return Promise.all(
    names.map(async (named): Promise<Fate> => {
      const meanings = resolveId(shelf.catalog, named, gateway);
      const models = meanings.map(({ model }) => model);
      const going = meanings.flatMap(({ offers }) => offers.flatMap((offer) => soon.get(offer) ?? []));
      if (going.length > 0) return { named, state: "going", models, going };
      if (models.length > 0)
        return { named, state: models.length > 1 ? "unclear" : "staying", models, going };
      const tombstone = await tombstoneOf(application, named, now);
      if (tombstone === undefined) {
        const its = (await removals()).filter((removal) => isNamed(shelf.catalog, removal, named));
        const gone = await goneSince(application, its, now);
        return { named, models, going, state: gone === undefined ? "unknown" : "gone", ...gone };
      }
      const { removed_at: gone_since, successors } = tombstone;
      return { named, state: "gone", models, going, gone_since, successors };
    }),
  );
}

/** So many of the last offers that went are looked through. */
const REMOVED_MAX = 20_000;

async function removedOffers(
  { ledger }: Pick<Application, "ledger">,
  gateway: string | undefined,
): Promise<readonly StoredChange[]> {
  return ledger.changes({
    subject: "offer",
    kinds: ["removed"],
    causes: ["upstream"],
    ...(gateway === undefined ? {} : { gateway }),
    order: "desc",
    limit: REMOVED_MAX,
  });
}

/** Of an offer that is gone: by its own id, as its gateway spelled it, or by its model's, which may be offered elsewhere. */
function isNamed(catalog: Catalog, { subjectId, model }: StoredChange, named: string): boolean {
  if (catalog.offers.rowOf(subjectId) !== undefined) return false;
  const row = modelRow(catalog, named);
  const ids = [subjectId, parseOfferId(subjectId)?.nativeId, model];
  return ids.includes(named) || (row !== undefined && model === catalog.models.idAt(row));
}
