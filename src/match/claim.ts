/** A claim: what one rule says of one offer. Rules look at one offer alone; `link.ts` compares what they say. */
import type { Facts } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import { namesOf, type GatewayNames } from "./gateways.ts";
import { labOfOrganisation } from "./labs.ts";
import { RENAMED } from "./aliases.ts";

export interface Linkable extends OfferKey {
  readonly facts: Facts;
}

/** How well a spelling is attested, the best first. */
export const STANDINGS = ["hub", "stated", "lab", "gateway"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Claim {
  readonly evidence: string;
  readonly lab: string;
  readonly name: string;
  /** Absent: the lab is only what the name's family says, and the name must be known from elsewhere. */
  readonly standing?: Standing;
}

/** An offer as rules read it. */
export interface Reading {
  readonly gateway: string;
  /** Without what the gateway adds to say how it serves. */
  readonly id: string;
  readonly names: GatewayNames;
  readonly facts: Facts;
}

/** A rule that looks at one offer alone. */
export interface ClaimRule {
  readonly name: RuleName;
  claim(reading: Reading): Claim | undefined;
}

/** Everything that a link's rule can be, the strongest evidence first, and what it goes by. */
export const RULES = {
  operator: "the operator says so",
  "documented-id": "what the gateway's documentation says of an id that leaves something out",
  "hugging-face-id": "the Hugging Face id that the source states, or that the id itself is",
  "canonical-id": "the canonical id that the source states, where its list keeps one for each model",
  "lab-and-name": "the id itself, where the gateway names models by lab and name",
  "own-lab": "the name alone, at the gateway of the lab itself",
  "stated-name": "the name for people, where it adds a role or a size that the id leaves out",
  "stated-elsewhere": "the Hugging Face id that another gateway states for the very same name",
  "parsed-name":
    "another spelling: every part of the name agrees with the one model of the lab that is known",
  "same-id": "stronger evidence for another offer of the same id",
  "moving-alias": "nothing: the id stands for another model tomorrow, so it is a model of its own",
  ambiguous: "nothing: the evidence allows for several models, so it is a model of its own",
  unlinked: "nothing: no rule says which model it is, so it is a model of its own",
} as const;
export type RuleName = keyof typeof RULES;

/** A gateway that passes ids on is read as the gateway whose id it is. */
export function readOffer({ gateway, provider, nativeId, facts }: Linkable): Reading {
  const { providerNativeId } = facts;
  if (namesOf(gateway).passesOn === true && providerNativeId !== undefined)
    return read(provider, providerNativeId, facts);
  return read(gateway, nativeId, facts);
}

function read(gateway: string, nativeId: string, facts: Facts): Reading {
  const names = namesOf(gateway);
  let id = withoutVariant(nativeId, facts.variant);
  for (const { pattern, becomes } of names.decorations ?? []) id = id.replace(pattern, becomes);
  return { gateway, id, names, facts };
}

/** `:free` and `:batch` are ways of serving the same model. */
export function withoutVariant(nativeId: string, variant: string | undefined): string {
  return variant !== undefined && nativeId.endsWith(`:${variant}`)
    ? nativeId.slice(0, -variant.length - 1)
    : nativeId;
}

/** `lab/name`, and nothing else: one slash, no mark before the lab. */
export function isLabName(id: string): boolean {
  return /^[\p{L}\p{N}][^/\s]*\/[^/\s]+$/u.test(id);
}

export function splitLabName(id: string): { readonly lab: string; readonly name: string } | undefined {
  if (!isLabName(id)) return undefined;
  const slash = id.indexOf("/");
  return { lab: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** A Hub id as it is spelled today. */
export function splitHubId(id: string): { readonly lab: string; readonly name: string } | undefined {
  const parts = splitLabName(RENAMED.get(id.toLowerCase()) ?? id);
  return parts && { lab: labOfOrganisation(parts.lab)?.id ?? parts.lab, name: parts.name };
}

/** The id where it is a name alone, or one behind a word that says who serves. */
export function bareName({ id, names }: Reading): string | undefined {
  const [first = "", ...rest] = id.split("/");
  const name = rest.length === 1 && names.hosts?.includes(first) === true ? (rest[0] ?? "") : id;
  return name === "" || /[/\s]/.test(name) ? undefined : name;
}
