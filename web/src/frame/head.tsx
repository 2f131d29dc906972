/** The name, the pages, and the theme. */
import { Link, useLocation } from "wouter";
import { usePicked } from "../state/picked.ts";
import { useTheme } from "../state/theme.ts";

const PAGES = [
  ["/", "Models"],
  ["/compare", "Compare"],
  ["/map", "Map"],
  ["/changes", "Changes"],
  ["/sources", "Sources"],
  ["/check", "Check"],
  ["/about", "About"],
] as const;

export function Head() {
  const [location] = useLocation();
  const { picked } = usePicked();
  return (
    <header className="flex flex-wrap items-center gap-x-1 gap-y-1.5 border-b border-line bg-raised px-3 py-1.5">
      <a
        className="button sr-only focus:not-sr-only"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("#content")?.focus();
        }}
      >
        Skip to the content
      </a>
      <Link
        href="/"
        className="mr-3 flex-1 text-[15px] font-semibold tracking-tight no-underline sm:flex-none"
      >
        modeldex
      </Link>
      {/* A phone has a line of its own for them: all are in sight. */}
      <nav
        aria-label="Pages"
        className="order-last flex w-full min-w-0 justify-between gap-0.5 overflow-x-auto sm:order-none sm:w-auto sm:flex-1 sm:justify-start"
      >
        {PAGES.map(([path, title]) => (
          <Link
            key={path}
            href={path === "/compare" && picked.length > 0 ? comparePath(picked) : path}
            aria-current={isHere(location, path) ? "page" : undefined}
            className="rounded-md px-1 py-1 text-[12px] whitespace-nowrap sm:px-2 sm:text-[13px] text-quiet no-underline hover:text-ink aria-[current=page]:bg-wash aria-[current=page]:text-ink"
          >
            {title}
            {path === "/compare" && picked.length > 0 ? ` (${picked.length})` : ""}
          </Link>
        ))}
      </nav>
      <ThemeButton />
    </header>
  );
}

export function comparePath(ids: readonly string[]): string {
  return `/compare?models=${encodeURIComponent(ids.join(","))}`;
}

function isHere(location: string, path: string): boolean {
  if (path === "/") return location === "/" || location.startsWith("/models/");
  return location.startsWith(path);
}

function ThemeButton() {
  const [theme, turn] = useTheme();
  return (
    <button type="button" className="button" onClick={turn} title="Light or dark">
      <span aria-hidden>{theme === "dark" ? "☾" : "☀"}</span>
      <span className="sr-only">Theme: {theme}; change it</span>
    </button>
  );
}
