/** An offer with what the strongest rule says that it is called, before anything is compared. */
import { offerId } from "../domain/offer.ts";
import {
  readOffer,
  withoutVariant,
  type Claim,
  type ClaimRule,
  type Linkable,
  type Reading,
  type RuleName,
} from "./claim.ts";
import { namesOf } from "./gateways.ts";
import { additions } from "./name.ts";
import { labName, type LabName } from "./register.ts";
import { canonicalId } from "./rules/canonical-id.ts";
import { documentedId } from "./rules/documented-id.ts";
import { huggingFaceId } from "./rules/hugging-face-id.ts";
import { labAndName } from "./rules/lab-and-name.ts";
import { movingAlias, type Moving } from "./rules/moving-alias.ts";
import { ownLab } from "./rules/own-lab.ts";
import { parsedName } from "./rules/parsed-name.ts";

export interface NamedClaim extends LabName, Pick<Claim, "evidence" | "standing"> {
  readonly rule: RuleName;
}

export interface NamedOffer {
  readonly id: string;
  readonly offer: Linkable;
  readonly reading: Reading;
  /** Offers of one place are the same thing by their gateway's own word: its id, however it is served. */
  readonly place: string;
  readonly moving?: Moving;
  /** What the strongest rule says. */
  readonly claim?: NamedClaim;
  /** What the id itself says, where that is another rule's word. */
  readonly said?: NamedClaim;
}

/** Strongest first. */
const STATED = [documentedId, huggingFaceId, canonicalId];
const SAID = [labAndName, ownLab, parsedName];

export function nameOffer(offer: Linkable): NamedOffer {
  const reading = readOffer(offer);
  const { gateway } = offer;
  const place = `${namesOf(gateway).idsOf ?? gateway}/${withoutVariant(offer.nativeId, offer.facts.variant)}`;
  const known = { id: offerId(offer), offer, reading, place };
  const moving = namesOf(gateway).ids === "hub" ? undefined : movingAlias(offer);
  if (moving !== undefined) return { ...known, moving };
  const stated = firstClaim(STATED, reading);
  const said = firstClaim(SAID, reading);
  if (stated === undefined || said === undefined) return { ...known, ...withClaim(stated ?? said) };
  return addsOnlyQuantization(said, stated)
    ? {
        ...known,
        claim: {
          ...said,
          rule: stated.rule,
          standing: "stated",
          evidence: `${stated.evidence}, which adds a quantisation to the id`,
        },
      }
    : { ...known, claim: stated, said };
}

function withClaim(claim: NamedClaim | undefined): Pick<NamedOffer, "claim"> {
  return claim === undefined ? {} : { claim };
}

function firstClaim(rules: readonly ClaimRule[], reading: Reading): NamedClaim | undefined {
  for (const { name, claim } of rules) {
    const found = claim(reading);
    if (found !== undefined) {
      const { evidence, standing } = found;
      return { rule: name, evidence, ...(standing === undefined ? {} : { standing }), ...labName(found) };
    }
  }
  return undefined;
}

/** A quantisation that only a Hugging Face id states is a fact about the offer: the model is the one that its id names. */
function addsOnlyQuantization(said: NamedClaim, stated: NamedClaim): boolean {
  if (said.lab.toLowerCase() !== stated.lab.toLowerCase() || said.standing === undefined) return false;
  const added = additions(said.parsed(), stated.parsed());
  return added?.length === 1 && added[0] === "quantizations";
}
