/** The columns of the table: what each shows, by what it is sorted, and what it writes into a CSV file. */
import type { ReactNode } from "react";
import type { Model } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { countText, shortCount, tokensText, usdText } from "../../parts/figures.ts";
import { Mark } from "../../parts/mark.tsx";

export interface Column {
  readonly name: string;
  readonly title: string;
  /** A track of the grid. */
  readonly width: string;
  readonly sort?: string;
  readonly isNumber?: true;
  readonly isShown: "always" | "at first" | "when chosen";
  cell(model: Model, words: readonly string[]): ReactNode;
  text(model: Model): string | number | undefined;
  /** What stands beside it in its cell, and in a column of its own in a file. */
  readonly beside?: { readonly title: string; text(model: Model): string | number | undefined };
}

/** Said where nothing is: unknown is not zero. */
const UNKNOWN = (
  <span className="text-quiet" title="Nobody states it">
    –
  </span>
);

export const COLUMNS: readonly Column[] = [
  {
    name: "name",
    title: "Model",
    width: "minmax(118px, 2.4fr)",
    sort: "name",
    isShown: "always",
    cell: ({ id, name }, words) => {
      const own = id.slice(id.indexOf("/") + 1);
      return (
        <span className="block truncate">
          <span className="font-medium">
            <Mark text={own} words={words} />
          </span>
          {name === own || name === id ? undefined : (
            <span className="ml-2 text-quiet">
              <Mark text={name} words={words} />
            </span>
          )}
        </span>
      );
    },
    text: ({ id }) => id,
    beside: { title: "Name", text: ({ name }) => name },
  },
  {
    name: "lab",
    title: "Lab",
    width: "minmax(80px, 0.8fr)",
    isShown: "at first",
    cell: ({ owned_by: lab }, words) => (lab === "unknown" ? UNKNOWN : <Mark text={lab} words={words} />),
    text: ({ owned_by: lab }) => (lab === "unknown" ? undefined : lab),
  },
  {
    name: "offers",
    title: "Offers",
    width: "64px",
    sort: "offers",
    isNumber: true,
    isShown: "at first",
    cell: ({ offers_count: offers, gateways }) => <span title={gateways.join(", ")}>{offers}</span>,
    text: ({ offers_count: offers }) => offers,
  },
  {
    name: "input_price",
    title: "Input $/M",
    width: "92px",
    sort: "input_price",
    isNumber: true,
    isShown: "at first",
    cell: (model) => <Money usd={model.cheapest?.input_per_million} model={model} />,
    text: (model) => model.cheapest?.input_per_million ?? otherwisePaid(model),
  },
  {
    name: "output_price",
    title: "Output $/M",
    width: "92px",
    sort: "output_price",
    isNumber: true,
    isShown: "at first",
    cell: (model) => <Money usd={model.cheapest?.output_per_million} model={model} />,
    text: (model) => model.cheapest?.output_per_million ?? otherwisePaid(model),
  },
  {
    name: "context",
    title: "Context",
    width: "76px",
    sort: "context",
    isNumber: true,
    isShown: "at first",
    cell: ({ context_tokens: tokens }) =>
      tokens === undefined ? UNKNOWN : <span title={countText(tokens)}>{tokensText(tokens)}</span>,
    text: ({ context_tokens: tokens }) => tokens,
  },
  {
    name: "modalities",
    title: "In → out",
    width: "minmax(80px, 0.9fr)",
    isShown: "at first",
    cell: ({ input_modalities: input, output_modalities: output }) =>
      input === undefined && output === undefined ? (
        UNKNOWN
      ) : (
        <span className="block truncate" title={modalitiesText(input, output)}>
          {modalitiesText(input, output)}
        </span>
      ),
    text: ({ input_modalities: input, output_modalities: output }) =>
      input === undefined && output === undefined ? undefined : modalitiesText(input, output),
  },
  {
    name: "capabilities",
    title: "Can do",
    width: "minmax(80px, 1.1fr)",
    isShown: "at first",
    cell: (model) => {
      const can = abilities(model);
      return can.length === 0 ? (
        UNKNOWN
      ) : (
        <span className="block truncate" title={can.join(", ")}>
          {can.join(", ")}
        </span>
      );
    },
    text: (model) => abilities(model).join(" ") || undefined,
  },
  {
    name: "downloads",
    title: "Downloads",
    width: "88px",
    sort: "downloads",
    isNumber: true,
    isShown: "at first",
    cell: ({ huggingface_metrics: hub }) => <Count count={hub?.downloads} />,
    text: ({ huggingface_metrics: hub }) => hub?.downloads,
  },
  {
    name: "likes",
    title: "Likes",
    width: "70px",
    sort: "likes",
    isNumber: true,
    isShown: "when chosen",
    cell: ({ huggingface_metrics: hub }) => <Count count={hub?.likes} />,
    text: ({ huggingface_metrics: hub }) => hub?.likes,
  },
  {
    name: "parameters",
    title: "Parameters",
    width: "88px",
    sort: "parameters",
    isNumber: true,
    isShown: "when chosen",
    cell: ({ parameters }) => <Count count={parameters} />,
    text: ({ parameters }) => parameters,
  },
  {
    name: "license",
    title: "License",
    width: "110px",
    isShown: "when chosen",
    cell: ({ license }) => license ?? UNKNOWN,
    text: ({ license }) => license,
  },
  {
    name: "billing",
    title: "Paid for",
    width: "120px",
    isShown: "when chosen",
    cell: ({ billings }) => billings?.join(", ") ?? UNKNOWN,
    text: ({ billings }) => billings?.join(" "),
  },
  {
    name: "created",
    title: "Created",
    width: "104px",
    sort: "created",
    isShown: "when chosen",
    cell: ({ created }) => (created === undefined ? UNKNOWN : <Ago at={isoTime(created)} />),
    text: ({ created }) => (created === undefined ? undefined : isoTime(created).slice(0, 10)),
  },
  {
    name: "updated",
    title: "Changed",
    width: "104px",
    sort: "updated",
    isShown: "at first",
    cell: ({ updated_at: updated }) => (updated === undefined ? UNKNOWN : <Ago at={updated} />),
    text: ({ updated_at: updated }) => updated,
  },
];

export const SHOWN_AT_FIRST = COLUMNS.filter(({ isShown }) => isShown !== "when chosen").map(
  ({ name }) => name,
);

/** What a phone has room for. */
export const SHOWN_ON_PHONE: readonly string[] = ["name", "input_price", "output_price"];

/** Zero that somebody states is free, a subscription has no price for a token, and what nobody states is unknown: each looks different. */
function Money({ usd, model }: { readonly usd: string | undefined; readonly model: Model }) {
  if (usd !== undefined) return usd === "0" ? <span className="text-good">free</span> : usdText(usd);
  const how = otherwisePaid(model);
  return how === undefined ? UNKNOWN : <span className="chip">{how}</span>;
}

/** How a model is paid for that states no price for a token; nothing where that is not known either. */
function otherwisePaid({ cheapest, billings = [] }: Model): string | undefined {
  if (cheapest !== undefined) return undefined;
  return ["subscription", "dynamic"].find((how) => billings.includes(how));
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

function Count({ count }: { readonly count: number | undefined }) {
  return count === undefined ? UNKNOWN : <span title={countText(count)}>{shortCount(count)}</span>;
}

function abilities({ capabilities }: Model): readonly string[] {
  return Object.entries(capabilities ?? {}).flatMap(([name, can]) =>
    can ? [name.replaceAll("_", " ")] : [],
  );
}

function modalitiesText(input: readonly string[] | undefined, output: readonly string[] | undefined): string {
  return `${input?.join(" ") ?? "?"} → ${output?.join(" ") ?? "?"}`;
}
