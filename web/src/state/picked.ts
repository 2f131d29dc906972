/** The models that the reader put side by side, kept as long as the tab. */
import { useSyncExternalStore } from "react";

export const PICKED_MAX = 6;
const KEY = "picked";

const listeners = new Set<() => void>();
let picked: readonly string[] = read();

export function usePicked(): { readonly picked: readonly string[]; readonly turn: (id: string) => void } {
  return { picked: useSyncExternalStore(follow, () => picked), turn };
}

/** Adds a model, or takes it away; beyond six the one that was added first goes. */
function turn(id: string): void {
  pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id].slice(-PICKED_MAX));
}

export function pick(ids: readonly string[]): void {
  picked = ids;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(picked));
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, PICKED_MAX) : [];
  } catch {
    return [];
  }
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
