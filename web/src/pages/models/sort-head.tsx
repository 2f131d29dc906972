/** The head of a column: a click sorts by it, the next turns the order round, the third lets go of it. */
import type { Column } from "./columns.tsx";
import type { Question } from "./question.ts";

/** Names and prices begin with the smallest, all else with the largest: as the API has it. */
const SMALLEST_FIRST: ReadonlySet<string> = new Set(["name", "input_price", "output_price"]);

export function SortHead(props: {
  readonly column: Column;
  readonly question: Question;
  onSort(sort: string, order: "asc" | "desc" | undefined): void;
}) {
  const { title, sort, isNumber } = props.column;
  const look = `truncate py-1.5 text-[12px] font-medium text-quiet ${isNumber ? "text-right" : "text-left"}`;
  if (sort === undefined)
    return (
      <span role="columnheader" className={look}>
        {title}
      </span>
    );
  const first = SMALLEST_FIRST.has(sort) ? "asc" : "desc";
  const isHere = props.question["sort"] === sort;
  const order = isHere ? (props.question["order"] ?? first) : undefined;
  const next = () => {
    if (!isHere) props.onSort(sort, undefined);
    else if (order === first) props.onSort(sort, first === "asc" ? "desc" : "asc");
    else props.onSort("", undefined);
  };
  const arrow = order === undefined ? "" : order === "asc" ? " ↑" : " ↓";
  return (
    <span
      role="columnheader"
      aria-sort={order === undefined ? "none" : order === "asc" ? "ascending" : "descending"}
      className="min-w-0"
    >
      <button
        type="button"
        onClick={next}
        className={`${look} block w-full hover:text-ink ${isHere ? "text-ink" : ""}`}
      >
        {title}
        {arrow}
      </button>
    </span>
  );
}
