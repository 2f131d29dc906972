/** From what an operator typed to a decision: ids are those that there are, and a pin fits its field. */
import type { Shelf } from "../catalog/catalog.ts";
import { modelRow } from "../catalog/find.ts";
import type { Decided, Decision } from "../domain/decision.ts";
import { pinFault, type Subject } from "../domain/pin.ts";
import { ID_LENGTH_MAX, idFault } from "../domain/text.ts";
import { instant } from "./http/answers/envelope.ts";
import { nearIds, NoSuchModel } from "./http/answers/model.ts";
import { BadQuestion } from "./http/answers/question.ts";

/** The decision with canonical ids. Throws `NoSuchModel` and `BadQuestion`. */
export function checkedDecision(shelf: Shelf, decision: Decision): Decision {
  if (decision.kind === "alias") {
    const { id: model } = known(shelf, decision.model, "model");
    const target = offerOrModel(shelf, decision.target)?.id ?? spelled(decision.target);
    if (target === model) throw new BadQuestion("bad-value", `${target} is that model already`);
    return { ...decision, target, model };
  }
  const { id: target, subject } = known(shelf, decision.target);
  if (decision.kind === "hide") return { ...decision, target };
  const fault = pinFault(subject, decision);
  if (fault !== undefined) throw new BadQuestion("bad-value", fault, { parameter: decision.field });
  return { ...decision, target };
}

/** The ids under which a decision about this may have been written down. */
export function targetsOf(shelf: Shelf | undefined, id: string): readonly string[] {
  const canonical = shelf === undefined ? undefined : offerOrModel(shelf, id)?.id;
  return canonical === undefined ? [id] : [id, canonical];
}

/** As every door shows it. */
export function decidedDocument({ createdAt, ...decided }: Decided): object {
  return { object: "override", ...decided, created_at: instant(createdAt) };
}

interface Named {
  readonly id: string;
  readonly subject: Subject;
}

function known(shelf: Shelf, id: string, only?: Subject): Named {
  const found = offerOrModel(shelf, id);
  if (found === undefined || (only !== undefined && found.subject !== only))
    throw new NoSuchModel(id, nearIds(shelf, id));
  return found;
}

function offerOrModel({ catalog }: Shelf, id: string): Named | undefined {
  if (catalog.offers.rowOf(id) !== undefined) return { id, subject: "offer" };
  const row = modelRow(catalog, id);
  return row === undefined ? undefined : { id: catalog.models.idAt(row), subject: "model" };
}

/** An id that nobody has yet: it will lead to the model. */
function spelled(id: string): string {
  const fault = idFault(id);
  if (fault !== undefined)
    throw new BadQuestion("bad-value", `${fault}; an id has at most ${ID_LENGTH_MAX} characters`);
  return id;
}
