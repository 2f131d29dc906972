/** What is left of a model that is gone: what it was, when it went, and what its gateways name in its place. */
import type { Facts } from "../../../domain/listing.ts";
import type { StoredChange } from "../../../ledger/ledger.ts";
import type { Application } from "../../application.ts";
import { instant } from "./envelope.ts";
import { goneOffers } from "./history.ts";
import { NoSuchModel, oneModel } from "./model.ts";
import { quoted } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

/** A model had this id, and nobody offers it any more. */
export class ModelGone extends Error {
  readonly tombstone: Tombstone;

  constructor(tombstone: Tombstone) {
    const { model, removed_at: at, successors } = tombstone;
    const next = successors.length === 0 ? "" : `; in its place is named: ${successors.join(", ")}`;
    super(`nobody offers ${quoted(model)} any more, since ${at}${next}`);
    this.name = "ModelGone";
    this.tombstone = tombstone;
  }
}

interface Tombstone {
  readonly model: string;
  readonly name?: string;
  /** When the revision came out in which it was not; in a past that was imported, when its upstreams said so. */
  readonly removed_at: string;
  readonly revision: number;
  /** What its offers named in their place. */
  readonly successors: readonly string[];
  /** Its last offers, and until when each was said to be there. */
  readonly offers: readonly { readonly offer: string; readonly until: string }[];
}

/** One model by any id that it has. Throws `ModelGone` where one had it, else `NoSuchModel`, and `NotReady`. */
export async function presentModel(
  application: Application,
  id: string,
  now: number,
): Promise<RevisionAnswer & { readonly id: string }> {
  try {
    return oneModel(application, id);
  } catch (error) {
    const tombstone = error instanceof NoSuchModel ? await tombstoneOf(application, id, now) : undefined;
    throw tombstone === undefined ? error : new ModelGone(tombstone);
  }
}

/** Nothing where no model had this id, or one has it. Throws `NotReady` before the first revision. */
export async function tombstoneOf(
  application: Application,
  model: string,
  now: number,
): Promise<Tombstone | undefined> {
  const { catalog } = currentShelf(application);
  const [last] = await application.ledger.changes({ model, subject: "model", order: "desc", limit: 1 });
  if (last?.kind !== "removed") return undefined;
  const ids = await goneOffers(application, model, (offer) => catalog.offers.rowOf(offer) === undefined);
  const { ends, facts } = await lastOf(application, ids, now);
  const name = facts.flatMap((its) => its.name ?? [])[0];
  return {
    model,
    ...(name === undefined ? {} : { name }),
    removed_at: instant(last.at),
    revision: last.revision,
    successors: successorsIn(facts),
    offers: ends.map(({ offer, until }) => ({ offer, until: instant(until) })),
  };
}

/** Offers that are gone though their model may be offered elsewhere: since when, and what they named in their place. */
export async function goneSince(
  application: Pick<Application, "provenance">,
  removals: readonly StoredChange[],
  now: number,
): Promise<{ readonly gone_since: string; readonly successors: readonly string[] } | undefined> {
  const at = Math.max(...removals.map((removal) => removal.at));
  if (removals.length === 0) return undefined;
  const ids = [...new Set(removals.map(({ subjectId }) => subjectId))];
  const { facts } = await lastOf(application, ids, now);
  return { gone_since: instant(at), successors: successorsIn(facts) };
}

/** When offers that are gone ended, and what was last said of those that ended last. */
async function lastOf(
  { provenance }: Pick<Application, "provenance">,
  ids: readonly string[],
  now: number,
): Promise<{
  readonly ends: readonly { readonly offer: string; readonly until: number }[];
  readonly facts: readonly Facts[];
}> {
  const histories = await provenance.history(ids, now);
  const ends = histories.flatMap(({ id, steps }) => {
    const until = steps.at(-1)?.to;
    return until === undefined ? [] : [{ offer: id, until }];
  });
  const end = Math.max(...ends.map(({ until }) => until));
  const then = ends.length === 0 ? [] : await provenance.offersAt(ids, end - 1, now);
  return { ends, facts: then.map(({ facts }) => facts) };
}

function successorsIn(facts: readonly Facts[]): readonly string[] {
  return [...new Set(facts.flatMap(({ successor }) => successor ?? []))].toSorted();
}
