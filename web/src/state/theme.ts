/** Light or dark: the system's, until the reader chooses. The style sheet goes by the document's `data-theme` alone. */
import { useSyncExternalStore } from "react";

type Theme = "light" | "dark";

const KEY = "theme";

const listeners = new Set<() => void>();
const system = globalThis.matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", ({ matches }) => {
  if (chosen() === null) show(matches ? "dark" : "light");
});

export function useTheme(): readonly [Theme, () => void] {
  const theme = useSyncExternalStore(follow, themeNow);
  return [theme, () => choose(theme === "dark" ? "light" : "dark")];
}

function themeNow(): Theme {
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

function choose(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
  show(theme);
}

function chosen(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function show(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
