/** What an operator may pin of an offer or a model: the field's word, what may stand there, and which fact it is. */
import { BILLINGS, METERS, usdPerMillionTokens, type Meter } from "./price.ts";
import { CAPABILITIES } from "./capability.ts";
import { readDate } from "./instant.ts";
import type { Facts } from "./listing.ts";
import { MODALITIES } from "./modality.ts";
import { STATUSES } from "./offer.ts";
import { TASKS } from "./task.ts";
import { licenseOf } from "./license.ts";
import { storableText } from "./text.ts";

export type Subject = "offer" | "model";

interface Pinnable {
  /** Whose it is; a fact of a model that its offers state is pinned on the model. */
  readonly of: readonly Subject[];
  readonly allowed: string;
  /** The facts with the value that the text says; nothing where the text is not allowed. */
  pin(facts: Facts, text: string): Facts | undefined;
}

/** A value that stands in a field, whatever the sources say. */
export interface Pin {
  readonly field: string;
  readonly value: string;
}

const BOTH: readonly Subject[] = ["offer", "model"];
const COUNT_MAX = 1_000_000_000_000;

export const PINNABLE: { readonly [field: string]: Pinnable } = {
  name: fact("name", BOTH, "a text", storableText),
  description: fact("description", ["model"], "a text", storableText),
  status: fact("status", ["offer"], `one of ${STATUSES.join(", ")}`, oneOf(STATUSES)),
  task: fact("task", BOTH, "a task in the Hugging Face vocabulary", oneOf(TASKS)),
  input_modalities: fact(
    "inputModalities",
    BOTH,
    `of ${MODALITIES.join(", ")}, by comma`,
    someOf(MODALITIES),
  ),
  output_modalities: fact(
    "outputModalities",
    BOTH,
    `of ${MODALITIES.join(", ")}, by comma`,
    someOf(MODALITIES),
  ),
  context_tokens: fact("contextTokens", BOTH, "a whole number", count),
  output_tokens_max: fact("outputTokensMax", BOTH, "a whole number", count),
  billing: fact("billing", ["offer"], `one of ${BILLINGS.join(", ")}`, oneOf(BILLINGS)),
  input_price: price("input"),
  output_price: price("output"),
  quantization: fact("quantization", ["offer"], "a text", storableText),
  deprecated_at: fact("deprecatedAt", ["offer"], "an ISO date or date-time", readDate),
  ends_at: fact("endsAt", ["offer"], "an ISO date or date-time", readDate),
  successor: fact("successor", ["offer"], "an id", storableText),
  license: fact("license", ["model"], "a text", licensePinned),
  open_weights: fact("openWeights", ["model"], "`true` or `false`", truth),
  parameters: fact("parameters", ["model"], "a whole number", count),
  knowledge_cutoff: fact("knowledgeCutoff", ["model"], "a text", storableText),
  hugging_face_id: fact("huggingFaceId", BOTH, "an id of the Hugging Face Hub", storableText),
  ...Object.fromEntries(CAPABILITIES.map((name) => [`capabilities.${name}`, capability(name)])),
};

/** Why this cannot be pinned, with what could be; nothing where it can. */
export function pinFault(subject: Subject, { field, value }: Pin): string | undefined {
  const pinnable = Object.hasOwn(PINNABLE, field) ? PINNABLE[field] : undefined;
  if (pinnable === undefined || !pinnable.of.includes(subject)) {
    const known = Object.entries(PINNABLE).flatMap(([name, { of }]) => (of.includes(subject) ? [name] : []));
    return `no field of this name can be pinned of ${subject === "offer" ? "an offer" : "a model"}; these can: ${known.join(", ")}`;
  }
  return pinnable.pin({}, value) === undefined ? `${field} can be ${pinnable.allowed}` : undefined;
}

/** The facts with what is pinned in them; a pin that no longer fits its field is left out. */
export function pinned<Held extends Facts>(facts: Held, pins: readonly Pin[]): Held {
  let held: Facts = facts;
  for (const { field, value } of pins) {
    const pinnable = Object.hasOwn(PINNABLE, field) ? PINNABLE[field] : undefined;
    held = pinnable?.pin(held, value) ?? held;
  }
  return { ...facts, ...held };
}

function fact<Name extends keyof Facts>(
  name: Name,
  of: readonly Subject[],
  allowed: string,
  read: (text: string) => Facts[Name] | undefined,
): Pinnable {
  return {
    of,
    allowed,
    pin: (facts, text) => {
      const value = read(text);
      return value === undefined ? undefined : { ...facts, [name]: value };
    },
  };
}

/** The plain price for tokens, in the place of the stated one; what is priced is metered. */
function price(meter: Extract<Meter, "input" | "output">): Pinnable {
  return {
    of: ["offer"],
    allowed: "US dollars for a million tokens, like `0.15`",
    pin: (facts, text) => {
      const rate = /^\d{1,9}(\.\d{1,15})?$/.test(text) ? usdPerMillionTokens(text) : undefined;
      if (rate === undefined || rate === "dynamic") return undefined;
      const others = (facts.prices ?? []).filter(
        (one) => one.meter !== meter || one.unit !== "token" || one.when !== undefined,
      );
      const prices = [...others, { meter, unit: rate.unit, usd: rate.usd }].toSorted(
        (a, b) => METERS.indexOf(a.meter) - METERS.indexOf(b.meter),
      );
      const billing = facts.billing === "free" ? "free" : "metered";
      return { ...facts, prices, billing };
    },
  };
}

function capability(name: (typeof CAPABILITIES)[number]): Pinnable {
  return {
    of: BOTH,
    allowed: "`true` or `false`",
    pin: (facts, text) => {
      const value = truth(text);
      if (value === undefined) return undefined;
      return { ...facts, capabilities: { ...facts.capabilities, [name]: value } };
    },
  };
}

function licensePinned(text: string): string | undefined {
  const stored = storableText(text);
  return stored === undefined ? undefined : licenseOf(stored);
}

function truth(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

function count(text: string): number | undefined {
  return /^\d{1,13}$/.test(text) && Number(text) > 0 && Number(text) <= COUNT_MAX ? Number(text) : undefined;
}

function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word | undefined {
  return (text) => words.find((word) => word === text);
}

function someOf<Word extends string>(words: readonly Word[]): (text: string) => readonly Word[] | undefined {
  return (text) => {
    const asked = text.split(",").map((each) => each.trim());
    const known = asked.flatMap((each) => words.find((word) => word === each) ?? []);
    return known.length === asked.length && known.length > 0 ? known : undefined;
  };
}
