/** The fields of a listing in words, and how full they are in what a source makes. */
import type { Facts, Listing } from "../../src/domain/listing.ts";

/** What a source may state of an offer; the guide shows this table. */
export const FIELDS = {
  name: "as people read it",
  description: "a sentence or more",
  lab: "who made the model, as the source spells it",
  createdAt: "milliseconds since 1970",
  task: "a word of the upstream's; translated by `domain/task.ts`",
  inputModalities: "words of the upstream's; translated by `domain/modality.ts`",
  outputModalities: "likewise",
  contextTokens: "tokens of prompt and answer together",
  modelContextTokens: "what the model itself takes, where that is told from what is served",
  outputTokensMax: "tokens of the answer alone",
  capabilities: "word → yes or no; translated by `domain/capability.ts`",
  billing: "only where the list says how a caller pays: `free`, `subscription` …",
  prices: "by meter, through the constructors below",
  status: "`live`, `preview`, `staging`, `deprecated`, `error`, `inactive`",
  license: "as the source spells it; `domain/license.ts` knows which are the same",
  openWeights: "yes or no",
  parameters: "how many weights",
  huggingFaceId: "`lab/name` on the Hub: the best evidence for which model it is",
  canonicalId: "an id that the source itself calls the canonical one",
  aliases: "further ids that call the same offer",
  providerNativeId: "what the provider behind the gateway calls it",
  variant: "a way of serving that the id carries: `free`, `batch`",
  quantization: "`fp8`, `int4` …",
  regions: "where it is served",
  knowledgeCutoff: "as the source spells it",
  deprecatedAt: "milliseconds since 1970",
  endsAt: "milliseconds since 1970",
  successor: "the id that the source names in its place",
  visibility: "`account` where only the operator's own key sees it",
  tags: "words that have no field of their own",
  call: "protocol, base URL and model, from `kit/call.ts`",
  hub: "what the Hugging Face Hub says of the model's page",
} as const satisfies { readonly [field in keyof Required<Facts>]: string };

export interface Fill {
  readonly field: string;
  /** Of all listings, at most 1. */
  readonly share: number;
  readonly example: unknown;
}

/** Fields that some listing states, the fullest first, and those that none does. */
export function fillOf(listings: readonly Listing[]): {
  readonly filled: readonly Fill[];
  readonly never: readonly string[];
} {
  const values = Object.keys(FIELDS).map((field) => ({
    field,
    stated: listings.flatMap(({ facts }) => {
      const value: unknown = new Map(Object.entries(facts)).get(field);
      // Every listing has a billing; "unknown" is how it spells "not stated".
      return value === undefined || value === "unknown" ? [] : [value];
    }),
  }));
  return {
    filled: values
      .filter(({ stated }) => stated.length > 0)
      .map(({ field, stated }) => ({ field, share: stated.length / listings.length, example: stated[0] })),
    never: values.filter(({ stated }) => stated.length === 0).map(({ field }) => field),
  };
}
