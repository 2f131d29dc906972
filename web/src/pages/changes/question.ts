/** What the address of the changes page asks of the API: the same of lists, feeds, events and watches. */
import { withParameters } from "../../api/ask.ts";
import type { Address } from "../../state/address.ts";

export type Question = { readonly [name: string]: string };

interface Choice {
  readonly name: string;
  readonly title: string;
  /** What stands where nothing is chosen, and the words that may be. */
  readonly all: string;
  readonly words: readonly string[];
}

/** Written by hand; the gateways and labs that are known are suggested. */
export const FIELDS = [
  { name: "gateway", title: "Gateway", list: "/v1/gateways" },
  { name: "lab", title: "Lab", list: "/v1/labs" },
  { name: "model", title: "Model", list: undefined },
] as const;

export const CHOICES: readonly Choice[] = [
  { name: "subject", title: "Of", all: "models and offers", words: ["model", "offer"] },
  { name: "kind", title: "What", all: "anything", words: ["added", "changed", "removed", "returned"] },
  {
    name: "topic",
    title: "About",
    all: "anything",
    words: [
      "price",
      "cheaper",
      "dearer",
      "limits",
      "status",
      "lifecycle",
      "name",
      "capabilities",
      "modalities",
      "identity",
      "availability",
      "other",
    ],
  },
  { name: "since", title: "Since", all: "the beginning", words: ["24h", "7d", "30d", "90d"] },
  {
    name: "cause",
    title: "Because of",
    all: "the upstreams",
    words: ["all", "rules", "override", "correction", "scope"],
  },
];

const OF_VIEWS = ["kind", "topic", "since"] as const;
const NONE = { kind: undefined, topic: undefined, since: undefined };

export const VIEWS = [
  { name: "all", title: "All", sets: NONE },
  { name: "new", title: "New this week", sets: { ...NONE, kind: "added", since: "7d" } },
  { name: "gone", title: "Gone", sets: { ...NONE, kind: "removed" } },
  { name: "cheaper", title: "Cheaper", sets: { ...NONE, topic: "cheaper" } },
  { name: "dearer", title: "Dearer", sets: { ...NONE, topic: "dearer" } },
  { name: "lifecycle", title: "About to end", sets: { ...NONE, topic: "lifecycle" } },
] as const;

/** The view whose parameters these are. */
export function viewOf(address: Address): string | undefined {
  return VIEWS.find(({ sets }) => {
    const wanted: { readonly [name: string]: string | undefined } = sets;
    return OF_VIEWS.every((name) => (wanted[name] ?? "") === address.get(name));
  })?.name;
}

const ASKED = [...FIELDS, ...CHOICES].map(({ name }) => name);

/** As feeds and watches read it: without a cause, what the upstreams did. */
export function questionOf(address: Address): Question {
  return Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = address.get(name);
      return value === "" ? [] : [[name, value] as const];
    }),
  );
}

/** A list looks back for every cause where none is named; here it shows what a feed would tell. */
export function listPath(
  question: Question,
  page: { readonly limit: number; readonly cursor: string | number | undefined },
): string {
  return withParameters("/v1/changes", { cause: "upstream", ...question, order: "desc", ...page });
}

export function feedPath(form: "atom" | "json", question: Question): string {
  return withParameters(`/v1/feed.${form}`, question);
}
