/** Who says so: of each field every word that was said of it, the one that stands first, and since when each holds. Pure. */
import { canonicalJson, type Facts } from "../domain/listing.ts";
import { AUTHORITY, fieldsOf } from "./authority.ts";
import { sayingsOf, type Claim, type Saying } from "./claim.ts";
import { mergeClaims } from "./merge.ts";
import { MODEL_FIELDS, modelWord, witnessesOf, type ModelField, type Witness } from "./model.ts";
import type { OfferKey } from "../domain/offer.ts";

/** What a source said from a moment on, until another version took its place. */
export interface Version {
  readonly facts: Facts;
  readonly since: number;
  readonly until?: number;
}

/** A claim with all that its source said of the offer, the oldest first. */
export interface RememberedClaim extends Claim {
  readonly versions: readonly Version[];
}

/** One source's word on one field. */
export interface Word {
  readonly value: unknown;
  readonly source: string;
  /** When the source was last seen to say it. */
  readonly observedAt: number;
  /** From when on it has said so without a break. */
  readonly since: number;
  /** Not said any more, and kept for some runs. */
  readonly isKept?: true;
  /** The offer that it was said of, where the field is the model's. */
  readonly offer?: string;
}

export type Words<Field extends string> = ReadonlyMap<Field, readonly Word[]>;
export type OfferField = keyof Facts;

/** Who says what of a model, and of each of its offers, by offer id. */
export interface Explained {
  readonly model: Words<ModelField>;
  readonly offers: ReadonlyMap<string, Words<OfferField>>;
}

/** Of each field of an offer that anybody stated. Money is one word: prices with how they are paid. */
export function explainOffer(claims: readonly RememberedClaim[]): Words<OfferField> {
  const sayings = sayingsOf(claims);
  const stands = mergeClaims(NOWHERE, claims, false)?.facts ?? {};
  const words = fieldsOf(AUTHORITY).flatMap((field) => {
    const said = sayings.flatMap((saying) => wordOf(field, saying) ?? []);
    return said.length === 0 ? [] : [[field, winnerFirst(stands[field], said)] as const];
  });
  return new Map(words);
}

/** Of each field of a model: by which offer, and by which source of that offer. */
export function explainModel(
  offers: readonly (Witness & { readonly words: Words<OfferField> })[],
): Words<ModelField> {
  const entries = MODEL_FIELDS.flatMap((field) => {
    const said = witnessesOf(field, offers).flatMap((witness): readonly Word[] => {
      const offer = offers.find(({ id }) => id === witness.id);
      const [word] = offer?.words.get(fieldOf(field, witness)) ?? [];
      return word === undefined ? [] : [{ ...word, value: modelWord(field, witness), offer: witness.id }];
    });
    return said.length === 0 ? [] : [[field, said] as const];
  });
  return new Map(entries);
}

/** True where two words say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
}

/** What stands may be of a source that is not the first: money goes as a whole. */
function winnerFirst(stands: unknown, said: readonly Word[]): readonly Word[] {
  const place = said.findIndex(({ value }) => isSame(value, stands));
  const winner = said[place];
  return winner === undefined ? said : [winner, ...said.filter((_, index) => index !== place)];
}

const NOWHERE: OfferKey = { gateway: "", provider: "", nativeId: "" };

function wordOf(field: OfferField, { claim, facts, isKept }: Saying<RememberedClaim>): Word | undefined {
  const value = facts[field];
  if (value === undefined) return undefined;
  const { source, lastSeen, versions, factsSince } = claim;
  const last = versions.findLastIndex((version) => isSame(version.facts[field], value));
  let first = last;
  while (first > 0 && isSame(versions[first - 1]?.facts[field], value)) first -= 1;
  return {
    value,
    source,
    observedAt: isKept ? (versions[last]?.until ?? lastSeen) : lastSeen,
    since: versions[first]?.since ?? factsSince,
    ...(isKept ? { isKept } : {}),
  };
}

/** A model's context may be what a source says of the model, and not what it serves. */
function fieldOf(field: ModelField, { facts }: Witness): OfferField {
  return field === "contextTokens" && facts.modelContextTokens !== undefined ? "modelContextTokens" : field;
}
