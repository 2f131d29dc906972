/** A button that opens a small sheet beneath it; Escape, and a click elsewhere, closes it. */
import { useEffect, useRef, type ReactNode } from "react";

export function Menu({
  title,
  className = "",
  children,
}: {
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = box.current;
      if (menu?.open !== true) return;
      const isInside = event.target instanceof Node && menu.contains(event.target);
      if (
        event.type === "pointerdown" ? isInside : !(event instanceof KeyboardEvent) || event.key !== "Escape"
      )
        return;
      menu.open = false;
      if (isInside) menu.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  return (
    <details ref={box} className={`relative ${className}`}>
      <summary className="button list-none">{title}</summary>
      {children}
    </details>
  );
}
