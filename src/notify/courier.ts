/** Goes on sending while the program serves: to each watch on its own, so that a slow one delays nobody. */
import { carry, type Carrying } from "./carry.ts";

/** How often the ledger is looked at: somebody else may publish into it, and a wait may be over. */
const LOOK_EVERY_MS = 2_000;

export interface Courier {
  /** Something changed: look now. */
  wake(): void;
  /** Resolves when everything under way has ended, after the signal. */
  readonly stopped: Promise<void>;
}

export function startCourier(carrying: Carrying): Courier {
  const { ledger, runtime, signal, onTrouble } = carrying;
  const underWay = new Map<number, Promise<void>>();
  let awake = new AbortController();

  const stumbled = (error: unknown) =>
    onTrouble(`sending stumbled, and goes on: ${error instanceof Error ? error.message : String(error)}`);

  async function look(): Promise<void> {
    for (const { id } of await ledger.watches.due(runtime.now())) {
      if (underWay.has(id)) continue;
      const sending = carry(carrying, id)
        .catch(stumbled)
        .finally(() => underWay.delete(id));
      underWay.set(id, sending);
    }
  }

  async function goOn(): Promise<void> {
    while (!signal.aborted) {
      await look().catch(stumbled);
      // Who is woken looks at once, and so does who stops.
      await runtime.sleep(LOOK_EVERY_MS, AbortSignal.any([signal, awake.signal])).catch(() => undefined);
      if (awake.signal.aborted) awake = new AbortController();
    }
    await Promise.all(underWay.values());
  }

  return { wake: () => awake.abort(), stopped: goOn() };
}

/** Sends once what can be sent now; what fails is tried again by whoever comes later. */
export async function sendDue(carrying: Carrying): Promise<void> {
  const due = await carrying.ledger.watches.due(carrying.runtime.now());
  await Promise.all(due.map(({ id }) => carry(carrying, id)));
}
