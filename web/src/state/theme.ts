/** Light or dark: the system's, until the reader chooses. */
import { useSyncExternalStore } from "react";

type Theme = "light" | "dark";

const listeners = new Set<() => void>();
const system = globalThis.matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", tell);

export function useTheme(): readonly [Theme, () => void] {
  const theme = useSyncExternalStore(follow, themeNow);
  return [theme, () => choose(theme === "dark" ? "light" : "dark")];
}

function themeNow(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return system.matches ? "dark" : "light";
}

function choose(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
  tell();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
