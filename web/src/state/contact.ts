/** From when the oldest answer is that stands in for one of the server, while the server is away. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let keptAt: string | undefined;

/** `at` is when an answer was kept that was given in the server's place; nothing where the server itself answered. */
export function noteAnswer(at: string | undefined): void {
  const next = at === undefined ? undefined : keptAt === undefined || at < keptAt ? at : keptAt;
  if (next === keptAt) return;
  keptAt = next;
  for (const listener of listeners) listener();
}

export function useKeptAt(): string | undefined {
  return useSyncExternalStore(follow, () => keptAt);
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
