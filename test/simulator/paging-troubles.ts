/** The ways in which paging goes wrong, each as what it makes of an honest page. */

import type { Item, Page, Paging } from "./paging-styles.ts";

interface Asked {
  readonly page: Page;
  readonly items: readonly Item[];
  readonly size: number;
  /** Which request of this list it is, from 1. */
  readonly asked: number;
  readonly host: string;
}

/** A page in place of the honest one, or a refusal of the cursor. */
type Trouble = (asked: Asked) => Page | "refused";

const LINKED = ["link", "next-url"] as const satisfies readonly Paging[];
const CURSORED = ["link", "cursor", "page-token", "next-url"] as const satisfies readonly Paging[];
const COUNTED = ["page-number", "offset"] as const satisfies readonly Paging[];
const PAGED = [...CURSORED, ...COUNTED] as const;

export const TROUBLES = {
  "a next that names its own page": ({ page }) => pointedAt(page, page.start),
  "a next from A to B to A": ({ page, size }) => pointedAt(page, page.start === 0 ? size : 0),
  "ever-new cursors with the same rows": ({ page, items, size, asked }) => ({
    ...pointedAt(page, 0),
    rows: items.slice(0, size),
    cursor: `start-0-${asked}`,
  }),
  "a next on another host": ({ page }) => ({ ...page, origin: "https://elsewhere.example" }),
  "a next on another port": ({ page }) => ({ ...page, origin: "http://127.0.0.1:9" }),
  "a next over another scheme": ({ page, host }) => ({ ...page, origin: `http://${host}` }),
  "a next to a file": ({ page }) => ({ ...page, origin: "file:///" }),
  "a duplicate page": ({ page, items, size }) =>
    page.start === size ? { ...page, rows: items.slice(0, size) } : page,
  "an empty page with a next": ({ page, size }) =>
    page.start === size ? { ...pointedAt(page, page.next ?? 2 * size), rows: [] } : page,
  "a last page that repeats": ({ page, items, size }) => {
    const last = Math.floor(Math.max(items.length - 1, 0) / size) * size;
    if (page.start < last) return page;
    return { ...pointedAt(page, last), rows: items.slice(last) };
  },
  "a cursor that is refused": ({ page, asked }) => (asked > 1 ? "refused" : page),
  "an ignored position": ({ page, items, size }) => ({
    ...pointedAt(page, size),
    rows: items.slice(0, size),
  }),
} as const satisfies Record<string, Trouble>;

export type PagingTrouble = keyof typeof TROUBLES;

/** Which styles of paging can go wrong in this way at all. */
export const TROUBLED: Readonly<Record<PagingTrouble, readonly Paging[]>> = {
  "a next that names its own page": CURSORED,
  "a next from A to B to A": CURSORED,
  "ever-new cursors with the same rows": CURSORED,
  "a next on another host": LINKED,
  "a next on another port": LINKED,
  "a next over another scheme": LINKED,
  "a next to a file": LINKED,
  "a duplicate page": PAGED,
  "an empty page with a next": PAGED,
  "a last page that repeats": PAGED,
  "a cursor that is refused": CURSORED,
  "an ignored position": COUNTED,
};

function pointedAt(page: Page, start: number): Page {
  return { ...page, next: start, cursor: `start-${start}` };
}
