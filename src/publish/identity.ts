/** What is known of models beside their offers: what they are variants of, and the further ids that lead to them. Pure. */
import { isLabName, splitHubId } from "../match/claim.ts";
import { variantsOf } from "../match/variant.ts";
import type { Identity, LinkedOffer } from "./documents.ts";
import { formerIds, type FormerModels } from "./former-ids.ts";

/** Of every model that these offers are. */
export function identities(
  offers: readonly LinkedOffer[],
  former: FormerModels,
): ReadonlyMap<string, Identity> {
  const variants = variantsOf(offers.map(({ gateway, link: { model } }) => ({ gateway, model })));
  const models = new Set(offers.map(({ link }) => link.model));
  const ids = formerIds(offers, former);
  // What stands alone has the ids that nothing else claims.
  const claims = claimsOf(offers.filter((offer) => !isAlone(offer)));
  for (const [id, its] of claimsOf(offers.filter(isAlone))) if (!claims.has(id)) claims.set(id, its);
  for (const [model, its] of ids) {
    for (const id of its) claims.set(id, new Set([...(claims.get(id) ?? []), model]));
  }
  const aliases = new Map<string, string[]>();
  for (const [alias, [model = "", ...others]] of claims) {
    // A model's own id, or what several claim, is nobody's alias.
    if (models.has(alias) || others.length > 0) continue;
    const known = aliases.get(model);
    if (known === undefined) aliases.set(model, [alias]);
    else known.push(alias);
  }
  return new Map(
    [...models].map((model) => {
      const variantOf = variants.get(model);
      const its = (aliases.get(model) ?? []).toSorted();
      return [model, { aliases: its, ...(variantOf === undefined ? {} : { variantOf }) }];
    }),
  );
}

function isAlone({ link }: LinkedOffer): boolean {
  return link.model.startsWith("~");
}

/** By id that looks like a model's: the models whose offers are called so. */
function claimsOf(offers: readonly LinkedOffer[]): Map<string, ReadonlySet<string>> {
  const claims = new Map<string, Set<string>>();
  for (const offer of offers) {
    for (const id of spellings(offer)) {
      const known = claims.get(id);
      if (known === undefined) claims.set(id, new Set([offer.link.model]));
      else known.add(offer.link.model);
    }
  }
  return claims;
}

function spellings({
  nativeId,
  link,
  facts: { canonicalId, huggingFaceId },
}: LinkedOffer): readonly string[] {
  // A moving alias states what it stands for, which is another model.
  const canonical = link.rule === "moving-alias" ? undefined : canonicalId;
  const hub =
    huggingFaceId !== undefined && isSpelling(huggingFaceId, link.model) ? huggingFaceId : undefined;
  return [nativeId, canonical, hub].flatMap((id) => (id !== undefined && isLabName(id) ? [id] : []));
}

/** A Hub id in another case or by a former name; one with a quantisation is a model of its own. */
function isSpelling(hubId: string, model: string): boolean {
  const today = splitHubId(hubId);
  return today !== undefined && `${today.lab}/${today.name}`.toLowerCase() === model.toLowerCase();
}
