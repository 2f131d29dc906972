/** One change in a line: what became of what, and why. */
import { Link } from "wouter";
import { modelPath } from "../api/ask.ts";
import type { Price } from "../api/words.ts";
import { Ago } from "./ago.tsx";
import { priceLines } from "./prices.ts";

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
  readonly fields?: readonly {
    readonly field: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}

const LOOKS: { readonly [kind: string]: string } = {
  added: "text-good",
  returned: "text-good",
  removed: "text-bad",
};

export function ChangeLine({ change }: { readonly change: Change }) {
  return (
    <li className="flex flex-wrap gap-x-3 border-t border-line py-1">
      <span className="w-24 shrink-0 text-quiet">
        <Ago at={change.at} />
      </span>
      <span className={`w-20 shrink-0 ${LOOKS[change.kind] ?? ""}`}>{change.kind}</span>
      <span className="min-w-0 flex-1">
        {change.model === undefined ? (
          change.subject_id
        ) : (
          <Link
            href={`/models/${modelPath(change.model)}`}
            className="break-all no-underline hover:underline"
          >
            {change.subject_id}
          </Link>
        )}
        {change.cause === "upstream" ? undefined : <span className="ml-2 text-quiet">({change.cause})</span>}
        <Fields fields={change.fields} />
      </span>
    </li>
  );
}

const TEXT_LENGTH_MAX = 160;

function Fields({ fields = [] }: { readonly fields: Change["fields"] }) {
  if (fields.length === 0) return;
  return (
    <ul className="text-[13px] text-quiet">
      {fields.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          {field.replaceAll("_", " ")}: {valueText(before)} → {valueText(after)}
        </li>
      ))}
    </ul>
  );
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? value : (pricesText(value) ?? JSON.stringify(value));
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)} …` : text;
}

/** Prices come as a list: each is what is counted and for how much. */
function pricesText(value: unknown): string | undefined {
  if (!Array.isArray(value) || !value.every(isPrice)) return undefined;
  return priceLines({ prices: value })
    .map(({ what, price, when }) => [what, price, when].filter((part) => part !== "").join(" "))
    .join(", ");
}

function isPrice(value: unknown): value is Price {
  return typeof value === "object" && value !== null && "meter" in value && "usd" in value && "unit" in value;
}
