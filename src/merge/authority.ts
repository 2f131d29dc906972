/** Whose word wins, field by field: the one table that merging, explaining and looking for contradictions read. */
import type { Facts } from "../domain/listing.ts";

/** Who speaks of a model: its lab's own gateway, the Hugging Face Hub, a gateway that serves it, a price list of others. */
export const MODEL_STANDINGS = ["lab", "hub", "gateway", "third-party"] as const;
export type ModelStanding = (typeof MODEL_STANDINGS)[number];

/**
 * How a model's field is made of its offers': by the first of an order who states it; the `largest` that the lab states,
 * else a gateway, else a third party; `any`: yes where one of them says yes.
 */
export type ModelRule = readonly ModelStanding[] | "largest" | "any";

export interface Authority {
  /** Absent where the field speaks of the offer alone. Of an offer, its gateway's own list always goes first. */
  readonly model?: ModelRule;
  /** A value that its source does not state any more stays for some whole runs: lists arrive half filled. */
  readonly lasts?: true;
  /** When two sources contradict each other: by price, by count (round numbers are no contradiction), by word. Else never. */
  readonly differs?: "price" | "count" | "word";
}

const LAB: readonly ModelStanding[] = ["lab", "hub", "gateway", "third-party"];
/** The Hub's page says what a model is for; a gateway says what it lets one do with it. */
const HUB: readonly ModelStanding[] = ["hub", "lab", "gateway", "third-party"];

export const AUTHORITY: { readonly [field in keyof Facts]-?: Authority } = {
  name: { model: LAB, lasts: true },
  description: { model: LAB, lasts: true },
  lab: { model: LAB, lasts: true },
  createdAt: { model: LAB, lasts: true },
  task: { model: HUB, lasts: true },
  inputModalities: { model: LAB, lasts: true },
  outputModalities: { model: LAB, lasts: true },
  contextTokens: { model: "largest", lasts: true, differs: "count" },
  modelContextTokens: { model: "largest", lasts: true },
  outputTokensMax: { model: "largest", lasts: true, differs: "count" },
  capabilities: { model: "any", lasts: true, differs: "word" },
  prices: { lasts: true, differs: "price" },
  billing: { lasts: true },
  // What is so now: a mark that is gone is taken back.
  status: {},
  license: { model: LAB, lasts: true },
  openWeights: { model: LAB, lasts: true, differs: "word" },
  parameters: { model: LAB, lasts: true, differs: "count" },
  huggingFaceId: { model: HUB, lasts: true },
  canonicalId: { lasts: true },
  aliases: { lasts: true },
  providerNativeId: { lasts: true },
  variant: {},
  quantization: { lasts: true, differs: "word" },
  regions: { lasts: true },
  knowledgeCutoff: { model: LAB, lasts: true },
  // A date of a life's end that is gone is called off.
  deprecatedAt: {},
  endsAt: {},
  successor: {},
  visibility: {},
  tags: {},
  call: {},
  hub: { model: HUB, lasts: true },
};

/** Fields that mean something only together: they come from one source, whole. Unknown billing alone states nothing. */
export const MONEY = ["billing", "prices"] as const satisfies readonly (keyof Facts)[];

/** What is taken from one source at a time: a field, or fields that belong together. */
export const GROUPS: readonly (readonly (keyof Facts)[])[] = [
  MONEY,
  ...fieldsOf(AUTHORITY).flatMap((field) => (isMoney(field) ? [] : [[field] as const])),
];

/** True where these facts say something about a group. */
export function states(facts: Facts, group: readonly (keyof Facts)[]): boolean {
  if (group === MONEY)
    return facts.prices !== undefined || (facts.billing !== undefined && facts.billing !== "unknown");
  return group.some((field) => facts[field] !== undefined);
}

/** The names of a table's fields, in its order. */
export function fieldsOf<Table extends object>(table: Table): readonly (keyof Table)[] {
  // Our own tables have no other keys than those of their type.
  return Object.keys(table) as (keyof Table)[];
}

function isMoney(field: keyof Facts): boolean {
  return field === "billing" || field === "prices";
}
