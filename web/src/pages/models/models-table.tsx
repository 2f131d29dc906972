/** The whole catalog as one table: only the rows in sight are there, and only their pages are loaded. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { modelPath } from "../../api/ask.ts";
import type { Model } from "../../api/words.ts";
import { searchWords } from "../../parts/mark.tsx";
import { Failed, Loading } from "../../parts/standing.tsx";
import { usePicked } from "../../state/picked.ts";
import { useSettled } from "../../state/settled.ts";
import { useShortcut } from "../../state/shortcut.ts";
import { useWidth } from "../../state/width.ts";
import { gridOf, type Column } from "./columns.tsx";
import { NoModel } from "./no-model.tsx";
import { SortHead } from "./sort-head.tsx";
import type { Question } from "./question.ts";
import { useModels } from "./use-models.ts";

const ROW_PX = 33;
/** Two lines: a name is longer than a phone is wide. */
const ROW_ON_PHONE_PX = 50;
const OVERSCAN = 6;
/** Further at once than this is flying past: what is passed is not loaded. */
const ROWS_READ_AT_ONCE = 50;
const FLOWN_MS = 80;
/** An answer that takes longer makes the rows of the question before pale: a pale table is painted whole, twice. */
const SLOW_MS = 200;

export function ModelsTable(props: {
  readonly question: Question;
  readonly columns: readonly Column[];
  onSort(sort: string, order: "asc" | "desc" | undefined): void;
  onTotal(total: number | undefined): void;
}) {
  const { question, columns, onTotal } = props;
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ from: 0, to: 0 });
  const rows = useModels(question, sight.from, sight.to);
  const total = rows.total ?? 0;
  const rowPx = useWidth() === "narrow" ? ROW_ON_PHONE_PX : ROW_PX;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const left = useRef(0);
  useEffect(() => {
    const isFlying = Math.abs(from - left.current) > ROWS_READ_AT_ONCE;
    left.current = from;
    const timer = setTimeout(() => setSight({ from, to }), isFlying ? FLOWN_MS : 0);
    return () => clearTimeout(timer);
  }, [from, to]);
  useEffect(() => onTotal(rows.total), [onTotal, rows.total]);
  const asked = JSON.stringify(question);
  useEffect(() => {
    // Asked only where it moves something: it makes the browser lay out the page at once.
    if ((virtual.scrollOffset ?? 0) > 0) box.current?.scrollTo({ top: 0 });
  }, [asked]);
  const cursor = useCursor(total, (index) => rows.at(index), virtual.scrollToIndex, asked);
  const isSlow = useSettled(rows.isStale, SLOW_MS);
  const words = useWordsOf(question["q"] ?? "", rows.isStale);
  const grid = useMemo(() => gridOf(columns), [columns]);

  if (rows.error !== null && rows.total === undefined)
    return <Failed error={rows.error} again={rows.again} />;
  if (rows.total === undefined) return <Loading what="models" />;
  if (total === 0) return <NoModel question={question} />;
  return (
    <div
      ref={box}
      className={`h-full overflow-auto ${isSlow && rows.isStale ? "opacity-60" : ""}`}
      role="table"
      aria-label="Models"
      aria-rowcount={total + 1}
      aria-busy={rows.isStale}
    >
      {/* The heads are as wide as the rows beneath them, also where both are wider than the window. */}
      <div role="presentation" style={{ minWidth: grid.minWidth }}>
        <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-page">
          <div role="row" aria-rowindex={1} className="grid gap-x-3 px-3" style={grid}>
            <span role="columnheader">
              <span className="sr-only">Compare</span>
            </span>
            {columns.map((column) => (
              <SortHead key={column.name} column={column} question={question} onSort={props.onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Row
              key={index}
              index={index}
              top={start}
              height={rowPx}
              grid={grid}
              model={rows.at(index)}
              columns={columns}
              words={words}
              isHere={index === cursor}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** A row is drawn again only when something of its own changed: while somebody types, that is most of the work. */
const Row = memo(function Row(props: {
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly grid: ReturnType<typeof gridOf>;
  readonly model: Model | undefined;
  readonly columns: readonly Column[];
  readonly words: readonly string[];
  readonly isHere: boolean;
}) {
  const { model, columns, words } = props;
  const { picked, turn } = usePicked();
  const place = { ...props.grid, height: props.height, transform: `translateY(${props.top}px)` };
  const look = `absolute inset-x-0 top-0 grid [contain:strict] items-center gap-x-3 border-b border-line px-3 hover:bg-wash ${props.isHere ? "bg-wash" : ""}`;
  if (model === undefined)
    return (
      <div role="row" aria-rowindex={props.index + 2} className={look} style={place}>
        <span role="cell" className="col-span-full text-quiet">
          …
        </span>
      </div>
    );
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      className={look}
      style={place}
      aria-current={props.isHere}
    >
      <span role="cell">
        <input
          type="checkbox"
          className="block accent-(--accent)"
          aria-label={`Compare ${model.id}`}
          checked={picked.includes(model.id)}
          onChange={() => turn(model.id)}
        />
      </span>
      {columns.map((column, index) => (
        <span
          role="cell"
          key={column.name}
          className={`min-w-0 truncate ${column.isNumber ? "text-right" : ""}`}
        >
          {index === 0 ? (
            <Link href={`/models/${modelPath(model.id)}`} className="block no-underline hover:underline">
              {column.cell(model, words)}
            </Link>
          ) : (
            column.cell(model, words)
          )}
        </span>
      ))}
    </div>
  );
});

/** The words to mark: those of the question that the rows answer, which is the one before while they are stale. */
function useWordsOf(text: string, isStale: boolean): readonly string[] {
  const [answered, setAnswered] = useState(text);
  if (!isStale && answered !== text) setAnswered(text);
  return useMemo(() => searchWords(answered), [answered]);
}

/** The row that the keys move: `j`, `k`, the arrows, Enter and `c`. */
function useCursor(
  total: number,
  at: (index: number) => Model | undefined,
  show: (index: number) => void,
  asked: string,
): number {
  const [cursor, setCursor] = useState(-1);
  const [, go] = useLocation();
  const { turn } = usePicked();
  useEffect(() => setCursor(-1), [asked]);
  const move = useCallback(
    (event: KeyboardEvent, by: number) => {
      event.preventDefault();
      setCursor((before) => {
        const next = Math.min(total - 1, Math.max(0, before + by));
        show(next);
        return next;
      });
    },
    [total, show],
  );
  useShortcut("j", (event) => move(event, 1));
  useShortcut("k", (event) => move(event, -1));
  useShortcut("ArrowDown", (event) => move(event, 1));
  useShortcut("ArrowUp", (event) => move(event, -1));
  useShortcut("c", () => {
    const model = at(cursor);
    if (model !== undefined) turn(model.id);
  });
  useShortcut("Enter", (event) => {
    const model = at(cursor);
    const isElsewhere =
      event.target instanceof HTMLElement && event.target.closest("a, button, summary") !== null;
    if (model !== undefined && !isElsewhere) go(`/models/${modelPath(model.id)}`);
  });
  return cursor;
}
