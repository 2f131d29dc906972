/**
 * Sends to one watch what it waits for: in order, one message at a time. A message counts as received in the transaction that moves
 * the watch past it: whoever dies in between sends it once more, with the same id.
 */
import type { Delivery, Watch } from "../domain/watch.ts";
import { LeaseLost, type Lease, type Ledger } from "../ledger/ledger.ts";
import { aftermathOf, send, type Outcome, type Sender } from "./attempt.ts";
import { nextMessage, testMessage, type Message } from "./message.ts";

/** Longer than an attempt lasts: nobody else sends meanwhile. */
const LEASE_MS = 60_000;

export interface Carrying extends Sender {
  readonly ledger: Pick<Ledger, "watches" | "changes" | "takeLease" | "renewLease" | "releaseLease">;
  readonly holder: string;
  isGone(holder: string): boolean;
  /** Something that an operator should hear of. */
  onTrouble(message: string): void;
}

/** Until nothing is left, an attempt fails, or somebody else sends to it. */
export async function carry(carrying: Carrying, id: number): Promise<void> {
  const { ledger, runtime, holder, isGone } = carrying;
  const lease = await ledger.takeLease(`watch:${id}`, holder, runtime.now(), LEASE_MS, isGone);
  if (lease === undefined) return;
  try {
    let goesOn = true;
    while (goesOn && !carrying.signal.aborted) goesOn = await carryNext(carrying, id, lease);
  } catch (error) {
    // Whoever has it now sends on.
    if (!(error instanceof LeaseLost)) throw error;
  } finally {
    await ledger.releaseLease(lease);
  }
}

/** True where there may be more to send. */
async function carryNext(carrying: Carrying, id: number, lease: Lease): Promise<boolean> {
  const { ledger, runtime, signal } = carrying;
  // Read anew each time: it may have been removed, and was perhaps just sent to by somebody else.
  const [watch, secret] = [await ledger.watches.one(id), await ledger.watches.secretOf(id)];
  if (watch === undefined || secret === undefined || watch.paused !== undefined) return false;
  if (watch.nextAt !== undefined && watch.nextAt > runtime.now()) return false;
  const { message, position } = await nextMessage(ledger, watch, secret);
  if (message === undefined) {
    if (position > watch.position) await ledger.watches.pass(id, position, lease);
    return false;
  }
  if ((await ledger.renewLease(lease, runtime.now(), LEASE_MS)) === undefined) return false;
  const outcome = await send(carrying, watch, message, secret);
  if (outcome.error !== undefined && signal.aborted) return false;
  const aftermath = aftermathOf(watch, outcome, position, runtime.random());
  await ledger.watches.note(deliveryOf(watch, message, outcome), aftermath, lease);
  if (aftermath.kind === "paused") carrying.onTrouble(`watch ${id} is paused: ${aftermath.why}`);
  return aftermath.kind === "received";
}

/** Sends a test now, whatever waits, also to a watch that is paused; nothing where there is none of this number. */
export async function sendTest(carrying: Carrying, id: number): Promise<Omit<Delivery, "id"> | undefined> {
  const { ledger, runtime } = carrying;
  const [watch, secret] = [await ledger.watches.one(id), await ledger.watches.secretOf(id)];
  if (watch === undefined || secret === undefined) return undefined;
  const message = testMessage(watch, secret, runtime.now());
  const outcome = await send(carrying, watch, message, secret);
  const delivery = deliveryOf({ ...watch, failures: 0 }, message, outcome);
  await ledger.watches.noteTest(delivery);
  return delivery;
}

function deliveryOf(
  { id, failures }: Watch,
  { id: message, kind, changes, revision }: Message,
  { at, ms, status, error }: Outcome,
): Omit<Delivery, "id"> {
  return {
    watch: id,
    message,
    kind,
    changes,
    ...(revision === undefined ? {} : { revision }),
    attempt: failures + 1,
    at,
    ms,
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
  };
}
