/** How wide the window is: a phone's width is the one that the styles know, too. */
import { useSyncExternalStore } from "react";

export type Width = "narrow" | "middle" | "wide";

const narrow = globalThis.matchMedia("(width < 40rem)");
const middle = globalThis.matchMedia("(width < 80rem)");

export function useWidth(): Width {
  return useSyncExternalStore(follow, () => (narrow.matches ? "narrow" : middle.matches ? "middle" : "wide"));
}

function follow(onMove: () => void): () => void {
  for (const query of [narrow, middle]) query.addEventListener("change", onMove);
  return () => {
    for (const query of [narrow, middle]) query.removeEventListener("change", onMove);
  };
}
