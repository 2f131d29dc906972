/** Which model an offer is: the strongest evidence that there is, and never a guess. Pure. */
import type { Facts } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import { LAB_NAME_GATEWAYS, OWN_LABS } from "./gateways.ts";

/** The link from an offer to its model. */
export interface Link {
  readonly model: string;
  readonly rule: string;
  readonly evidence: string;
}

export interface Linkable extends OfferKey {
  readonly facts: Facts;
}

interface Rule {
  readonly name: string;
  link(offer: Linkable): { readonly model: string; readonly evidence: string } | undefined;
}

/** Strongest first. */
const RULES: readonly Rule[] = [
  {
    name: "hugging-face-id",
    link: ({ facts: { huggingFaceId } }) =>
      huggingFaceId !== undefined && isLabName(huggingFaceId)
        ? { model: huggingFaceId, evidence: "the source states this Hugging Face id" }
        : undefined,
  },
  {
    name: "lab-and-name",
    link: ({ gateway, nativeId, facts: { variant } }) => {
      const id = withoutVariant(nativeId, variant);
      return LAB_NAME_GATEWAYS.has(gateway) && isLabName(id)
        ? { model: id, evidence: `${gateway} names models by lab and name` }
        : undefined;
    },
  },
  {
    name: "own-lab",
    link: ({ gateway, nativeId }) => {
      const own = OWN_LABS.get(gateway);
      const name =
        own === undefined || !nativeId.startsWith(own.prefix) ? "" : nativeId.slice(own.prefix.length);
      return own !== undefined && isLabName(`${own.lab}/${name}`)
        ? { model: `${own.lab}/${name}`, evidence: `${gateway} is the lab's own gateway` }
        : undefined;
    },
  },
  {
    name: "canonical-id",
    link: ({ facts: { canonicalId } }) =>
      canonicalId !== undefined && isLabName(canonicalId)
        ? { model: canonicalId, evidence: "the source states this canonical id" }
        : undefined,
  },
];

/** Every offer has a model: the one that a rule finds, or one of its own. */
export function linkOffer(offer: Linkable): Link {
  for (const rule of RULES) {
    const found = rule.link(offer);
    if (found !== undefined) return { model: found.model, rule: rule.name, evidence: found.evidence };
  }
  return {
    model: `~${offer.gateway}/${offer.nativeId}`,
    rule: "unlinked",
    evidence: "no rule says which model this is",
  };
}

/**
 * The links of offers, in their order. A gateway has one id for one model: where several providers serve an id, the
 * strongest evidence for one of them is evidence for all. Where it is divided, each keeps its own.
 */
export function linkOffers(offers: readonly Linkable[]): readonly Link[] {
  const own = offers.map((offer) => ({ key: `${offer.gateway}/${offer.nativeId}`, link: linkOffer(offer) }));
  const best = new Map<string, Link | "divided">();
  for (const { key, link } of own) {
    const known = best.get(key);
    if (known === undefined) best.set(key, link);
    else if (known === "divided" || known.model === link.model) continue;
    else if (strength(link) < strength(known)) best.set(key, link);
    else if (strength(link) === strength(known)) best.set(key, "divided");
  }
  return own.map(({ key, link }) => {
    const strongest = best.get(key);
    if (strongest === undefined || strongest === "divided" || strongest.model === link.model) return link;
    return {
      model: strongest.model,
      rule: "same-id",
      evidence: `another provider's offer of this id: ${strongest.evidence}`,
    };
  });
}

/** The place of a link's rule among the rules; lower is stronger. */
function strength({ rule }: Link): number {
  const place = RULES.findIndex(({ name }) => name === rule);
  return place === -1 ? RULES.length : place;
}

/** `lab/name`, and nothing else: one slash, no mark before the lab. */
export function isLabName(id: string): boolean {
  return /^[\p{L}\p{N}][^/\s]*\/[^/\s]+$/u.test(id);
}

/** `:free` and `:batch` are ways of serving the same model. */
function withoutVariant(nativeId: string, variant: string | undefined): string {
  return variant !== undefined && nativeId.endsWith(`:${variant}`)
    ? nativeId.slice(0, -variant.length - 1)
    : nativeId;
}
