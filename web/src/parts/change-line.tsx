/** One change in a line: what became of what, and why. */
import { Link } from "wouter";
import { modelPath } from "../api/ask.ts";
import { Ago } from "./ago.tsx";
import { fieldMoves } from "./field-moves.ts";
import { cheapestMoves, priceMoves, type PriceMove } from "./price-moves.ts";

interface FieldChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Change {
  readonly id: number;
  readonly at: string;
  readonly subject: string;
  readonly subject_id: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly cause: string;
  readonly gateway?: string;
  readonly model?: string;
  /** An import told it of the past: no feed and no watch does. */
  readonly imported?: boolean;
  readonly fields?: readonly FieldChange[];
}

const LOOKS: { readonly [kind: string]: string } = {
  added: "text-good",
  returned: "text-good",
  removed: "text-bad",
};

export function ChangeLine({ change }: { readonly change: Change }) {
  return (
    <li className="flex flex-wrap gap-x-3 border-t border-line py-1">
      <span className="w-28 shrink-0 text-[13px] whitespace-nowrap text-quiet">
        <Ago at={change.at} />
      </span>
      <span className={`w-28 shrink-0 ${LOOKS[change.kind] ?? ""}`}>
        {change.subject} {change.kind}
      </span>
      <span className="min-w-0 flex-1 basis-60">
        {change.model === undefined ? (
          <span className="break-all">{change.subject_id}</span>
        ) : (
          <Link
            href={`/models/${modelPath(change.model)}`}
            className="break-all no-underline hover:underline"
          >
            {change.subject_id}
          </Link>
        )}
        {change.cause === "upstream" ? undefined : <span className="ml-2 text-quiet">({change.cause})</span>}
        {change.imported === true ? (
          <span
            className="ml-2 text-quiet"
            title="Of a past that was imported: no feed and no webhook tells it"
          >
            (imported)
          </span>
        ) : undefined}
        {change.fields === undefined || change.fields.length === 0 ? undefined : (
          <ul className="text-[13px] text-quiet">
            {change.fields.map((field) => (
              <Field key={field.field} change={field} />
            ))}
          </ul>
        )}
      </span>
    </li>
  );
}

function Field({ change }: { readonly change: FieldChange }) {
  const { field, before, after } = change;
  const moves = movesOf(change);
  if (moves !== undefined && moves.length > 0)
    return moves.map((move) => <Move key={move.what} move={move} />);
  return fieldMoves(field, before, after).map(({ what, how }) => (
    <li key={what} className="break-words">
      {what}: {how}
    </li>
  ));
}

const WAYS = { cheaper: "text-good", dearer: "text-bad" } as const;

function Move({ move: { what, before, after, way, percent } }: { readonly move: PriceMove }) {
  return (
    <li className="break-words">
      {what}: {before} → {after}
      {way === undefined ? undefined : (
        <span className={`ml-2 ${WAYS[way]}`}>
          {way}
          {percent === undefined ? "" : ` (${percent})`}
        </span>
      )}
    </li>
  );
}

function movesOf({ field, before, after }: FieldChange): readonly PriceMove[] | undefined {
  if (field === "prices") return priceMoves(before, after);
  return field === "cheapest" ? cheapestMoves(before, after) : undefined;
}
