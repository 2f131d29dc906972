/** A key that does something wherever one is, but for a field that one writes in. */
import { useEffect, useRef } from "react";

export function useShortcut(key: string, does: (event: KeyboardEvent) => void): void {
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return;
      latest.current(event);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [key]);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
      isInDialog(target))
  );
}

function isInDialog(target: HTMLElement): boolean {
  return target.closest("dialog[open]") !== null;
}
