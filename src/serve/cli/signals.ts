/** When the operator asks the process to end: the first signal ends it in order, the second at once. */

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export function untilStopped(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const signal of SIGNALS) {
    // `once`: with no listener left, a second one does what it always does.
    process.once(signal, () => resolve(signal));
  }
  return promise;
}
