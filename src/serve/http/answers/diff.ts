/** What is otherwise at one moment, or in one revision, than at another: as it was true, by today's rules. */
import type { Shelf } from "../../../catalog/catalog.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import { momentOf } from "./moment.ts";
import { BadQuestion, refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";

export interface DiffQuestion {
  /** The number of a revision, or a moment. */
  readonly from: string;
  readonly to: string;
  readonly gateway?: string;
}

const REVISION = /^\d{1,9}$/;

/** Throws `BadQuestion` for what is neither a revision nor a moment, and for a time before anything was read. */
export async function diffOf(
  application: Application,
  { from, to, gateway }: DiffQuestion,
  now: number,
): Promise<Buffer> {
  const gateways = gateway === undefined ? undefined : gatewaysAsked([gateway]);
  refuseUnknown("gateway", gateways ?? [], gatewaysKnown(application, currentShelf(application)));
  const [before, after] = [
    await stateAt(application, "from", from, now),
    await stateAt(application, "to", to, now),
  ];
  const differences = await application.provenance.differences(before.shelf.catalog, after.shelf.catalog);
  return single({
    object: "diff",
    from: instant(before.at),
    to: instant(after.at),
    data: differences
      .filter(
        (each) => gateways === undefined || (each.gateway !== undefined && gateways.includes(each.gateway)),
      )
      .map(({ subject, subjectId, kind, topics, gateway: at, model, fields }) => ({
        object: "difference",
        subject,
        subject_id: subjectId,
        kind,
        topics,
        gateway: at,
        model,
        fields,
      })),
  });
}

async function stateAt(
  application: Application,
  parameter: string,
  asked: string,
  now: number,
): Promise<{ readonly at: number; readonly shelf: Shelf }> {
  const isRevision = REVISION.test(asked);
  const at = isRevision ? await application.ledger.knownAt(Number(asked)) : momentOf(parameter, asked, now);
  if (at === undefined) throw new BadQuestion("unknown-name", `there is no revision ${asked}`, { parameter });
  // A revision says what was known when it came out; a moment is told as it is known now.
  const shelf = await application.shelfAt({ asOf: at, knownAt: isRevision ? at : now });
  if (shelf === undefined)
    throw new BadQuestion("bad-value", `nothing had been read by ${instant(at)}`, { parameter });
  return { at, shelf };
}
