/** Writes an operator's decisions down as overrides, and reads them back. */
import type { Decided, Decision } from "../domain/decision.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Ledger, Override } from "../ledger/ledger.ts";
import { readPin, writePin } from "./decisions.ts";

export interface Deciding {
  readonly ledger: Pick<Ledger, "overrides" | "addOverride" | "endOverride" | "latestRevision">;
  readonly runtime: Pick<Runtime, "now">;
}

/** Those in force, in the order in which they were made. */
export async function decidedNow({ ledger }: Pick<Deciding, "ledger">): Promise<readonly Decided[]> {
  return (await ledger.overrides()).map(decided);
}

/** The number of the decision. One about the same thing is replaced; the very same one stays what it is. */
export async function decide(deciding: Deciding, decision: Decision): Promise<number> {
  const { ledger } = deciding;
  const value = valueOf(decision);
  const { kind, target } = decision;
  const same = (await ledger.overrides()).filter((each) => isAboutTheSame(each, decision));
  const known = same.find((each) => each.value === value);
  if (known !== undefined) return known.id;
  const now = await momentOf(deciding);
  // The new one first: until the old ones have ended, the newest counts, and whatever breaks off between loses nothing.
  const id = await ledger.addOverride({ kind, target, value, createdAt: now });
  for (const each of same) await ledger.endOverride(each.id, now);
  return id;
}

/** False where no decision of this number is in force. */
export async function withdraw(deciding: Deciding, id: number): Promise<boolean> {
  return deciding.ledger.endOverride(id, await momentOf(deciding));
}

/** Later than the revision that is out, which does not know of it: also within its very millisecond. */
async function momentOf({ ledger, runtime }: Deciding): Promise<number> {
  const latest = await ledger.latestRevision();
  return Math.max(runtime.now(), (latest?.knownAt ?? 0) + 1);
}

function isAboutTheSame({ kind, target, value }: Override, decision: Decision): boolean {
  if (kind !== decision.kind || target !== decision.target) return false;
  return decision.kind !== "pin" || readPin(value).field === decision.field;
}

function valueOf(decision: Decision): string {
  switch (decision.kind) {
    case "hide":
      return "";
    case "pin":
      return writePin(decision);
    case "alias":
      return decision.model;
  }
}

function decided({ id, kind, target, value, createdAt }: Override): Decided {
  switch (kind) {
    case "hide":
      return { id, kind, target, createdAt };
    case "pin":
      return { id, kind, target, ...readPin(value), createdAt };
    case "alias":
      return { id, kind, target, model: value, createdAt };
  }
}
