/** The columns of the table: what each shows, by what it is sorted, and what it writes into a CSV file. */
import type { ReactNode } from "react";
import type { Model } from "../../api/words.ts";
import { ShortAgo } from "../../parts/ago.tsx";
import { countText, shortCount, tokensText, usdText } from "../../parts/figures.ts";
import { Mark } from "../../parts/mark.tsx";
import type { Width } from "../../state/width.ts";

export interface Column {
  readonly name: string;
  readonly title: string;
  /** In pixels; the least where it grows. */
  readonly width: number;
  /** Its share of the room that is left. */
  readonly grows?: number;
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
    width: 126,
    grows: 2.8,
    sort: "name",
    isShown: "always",
    cell: (model, words) => {
      const { id } = model;
      const own = id.slice(id.indexOf("/") + 1);
      return (
        <span className="line-clamp-2 [overflow-wrap:anywhere] whitespace-normal sm:block sm:truncate">
          <span className="font-medium">
            <Mark text={own} words={words} />
          </span>
          <OtherName model={model} own={own} words={words} />
        </span>
      );
    },
    text: ({ id }) => id,
    beside: { title: "Name", text: ({ name }) => name },
  },
  {
    name: "lab",
    title: "Lab",
    width: 90,
    grows: 0.8,
    isShown: "at first",
    cell: ({ owned_by: lab }, words) => (lab === "unknown" ? UNKNOWN : <Mark text={lab} words={words} />),
    text: ({ owned_by: lab }) => (lab === "unknown" ? undefined : lab),
  },
  {
    name: "offers",
    title: "Offers",
    width: 52,
    sort: "offers",
    isNumber: true,
    isShown: "at first",
    cell: ({ offers_count: offers, gateways }) => <span title={gateways.join(", ")}>{offers}</span>,
    text: ({ offers_count: offers }) => offers,
  },
  {
    name: "input_price",
    title: "Input $/M",
    width: 88,
    sort: "input_price",
    isNumber: true,
    isShown: "at first",
    cell: (model) => <Money usd={model.cheapest?.input_per_million} model={model} />,
    text: (model) => model.cheapest?.input_per_million ?? otherwisePaid(model),
  },
  {
    name: "output_price",
    title: "Output $/M",
    width: 88,
    sort: "output_price",
    isNumber: true,
    isShown: "at first",
    cell: (model) => <Money usd={model.cheapest?.output_per_million} model={model} />,
    text: (model) => model.cheapest?.output_per_million ?? otherwisePaid(model),
  },
  {
    name: "context",
    title: "Context",
    width: 62,
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
    width: 80,
    grows: 0.9,
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
    width: 80,
    grows: 1.1,
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
    width: 76,
    sort: "downloads",
    isNumber: true,
    isShown: "at first",
    cell: ({ huggingface_metrics: hub }) => <Count count={hub?.downloads} />,
    text: ({ huggingface_metrics: hub }) => hub?.downloads,
  },
  {
    name: "likes",
    title: "Likes",
    width: 56,
    sort: "likes",
    isNumber: true,
    isShown: "when chosen",
    cell: ({ huggingface_metrics: hub }) => <Count count={hub?.likes} />,
    text: ({ huggingface_metrics: hub }) => hub?.likes,
  },
  {
    name: "parameters",
    title: "Parameters",
    width: 80,
    sort: "parameters",
    isNumber: true,
    isShown: "when chosen",
    cell: ({ parameters }) => <Count count={parameters} />,
    text: ({ parameters }) => parameters,
  },
  {
    name: "license",
    title: "License",
    width: 110,
    isShown: "when chosen",
    cell: ({ license }) => license ?? UNKNOWN,
    text: ({ license }) => license,
  },
  {
    name: "billing",
    title: "Paid for",
    width: 120,
    isShown: "when chosen",
    cell: ({ billings }) => billings?.join(", ") ?? UNKNOWN,
    text: ({ billings }) => billings?.join(" "),
  },
  {
    name: "created",
    title: "Created",
    width: 88,
    sort: "created",
    isShown: "when chosen",
    cell: ({ created }) => (created === undefined ? UNKNOWN : <ShortAgo at={isoTime(created)} />),
    text: ({ created }) => (created === undefined ? undefined : isoTime(created).slice(0, 10)),
  },
  {
    name: "updated",
    title: "Changed",
    width: 88,
    sort: "updated",
    isShown: "at first",
    cell: ({ updated_at: updated }) => (updated === undefined ? UNKNOWN : <ShortAgo at={updated} />),
    text: ({ updated_at: updated }) => updated,
  },
];

/** What there is room for at first, by how wide the window is. */
export const SHOWN: { readonly [width in Width]: readonly string[] } = {
  narrow: ["name", "input_price", "output_price"],
  middle: ["name", "lab", "offers", "input_price", "output_price", "context", "updated"],
  wide: COLUMNS.filter(({ isShown }) => isShown !== "when chosen").map(({ name }) => name),
};

const TICK_PX = 28;
const GAP_PX = 12;
const EDGE_PX = 12;

/** The tracks of a row, and the least width that holds them all. */
export function gridOf(columns: readonly Column[]): {
  readonly gridTemplateColumns: string;
  readonly minWidth: number;
} {
  const tracks = columns.map(({ width, grows }) =>
    grows === undefined ? `${width}px` : `minmax(${width}px, ${grows}fr)`,
  );
  const least = columns.reduce((sum, { width }) => sum + GAP_PX + width, TICK_PX + 2 * EDGE_PX);
  return { gridTemplateColumns: [`${TICK_PX}px`, ...tracks].join(" "), minWidth: least };
}

/** Beside the id: the name where it says something else, or the other spelling that a search found and no name has. */
function OtherName(props: {
  readonly model: Model;
  readonly own: string;
  readonly words: readonly string[];
}) {
  const { model, own, words } = props;
  const { id, name, aliases = [] } = model;
  const isIn = (text: string) => (word: string) => text.toLowerCase().includes(word);
  const missed = words.filter((word) => !isIn(id)(word) && !isIn(name)(word));
  const alias = missed.length === 0 ? undefined : aliases.find((each) => missed.some(isIn(each)));
  if (alias === undefined && (name === own || name === id)) return;
  return (
    <span className="ml-2 text-quiet" title={alias === undefined ? name : `Also known as ${alias}`}>
      {alias === undefined ? undefined : "also "}
      <Mark text={alias ?? name} words={words} />
    </span>
  );
}

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
