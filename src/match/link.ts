/** Which offers are one model: by the strongest evidence that there is, and never by a guess. Pure. */
import { RULES, splitLabName, type Linkable, type RuleName } from "./claim.ts";
import { labSpelled } from "./labs.ts";
import { nameOffer, type NamedClaim, type NamedOffer } from "./named.ts";
import { isOfHub, labName, registerOf, type Entry, type Register } from "./register.ts";
import { statedFor, statementsOf, type Statements } from "./rules/stated-elsewhere.ts";
import { statedName } from "./rules/stated-name.ts";

/** The link from an offer to its model. */
export interface Link {
  readonly model: string;
  readonly rule: RuleName;
  readonly evidence: string;
  /** Models that it may be, where the evidence does not say which. */
  readonly candidates?: readonly string[];
  /** What a moving alias stands for now. */
  readonly pointsTo?: string;
}

/** An operator's word: this offer, or every offer of this model, is that model. */
export interface OperatorAlias {
  readonly of: string;
  readonly model: string;
}

/** The links of offers, in their order; in whatever order the offers come, they are the same. */
export function linkOffers(
  offers: readonly Linkable[],
  operatorAliases: readonly OperatorAlias[] = [],
): readonly Link[] {
  const named = offers.map(nameOffer);
  const register = registerOf(named.flatMap(({ claim }) => claim ?? []));
  const statements = statementsOf(named);
  const links = shareEvidence(
    named,
    named.map((offer) => linkOf(offer, register, statements)),
  );
  const decided = new Map(operatorAliases.map(({ of, model }) => [of, model]));
  return links.map((link, index) => {
    const model = decided.get(named[index]?.id ?? "") ?? decided.get(link.model);
    return model === undefined ? link : { model, rule: "operator", evidence: RULES.operator };
  });
}

function linkOf(named: NamedOffer, register: Register, statements: Statements): Link {
  const { claim, moving, offer } = named;
  if (moving !== undefined) {
    const pointsTo = moving.target === undefined ? undefined : modelSpelled(moving.target, register);
    return {
      ...alone(named, "moving-alias", moving.evidence),
      ...(pointsTo === undefined ? {} : { pointsTo }),
    };
  }
  if (claim === undefined) return alone(named, "unlinked", RULES.unlinked);
  const entries = register.find(claim);
  if (isOfHub(claim) || claim.rule === "canonical-id") return linked(claim, entries);
  const shown = claim.rule === "own-lab" ? undefined : statedName(claim, offer.facts.name, register);
  if (shown !== undefined) {
    const evidence = `the source names it ${JSON.stringify(offer.facts.name)}`;
    if (shown.completes && shown.entries.length === 1)
      return linked({ ...claim, rule: "stated-name", evidence }, shown.entries);
    return ambiguous(named, [...entries, ...shown.entries], `its id says one thing, and ${evidence}`);
  }
  const elsewhere = entries.some(isOfHub) ? undefined : statedFor(claim, statements);
  if (elsewhere !== undefined) {
    // Without the gateways' names: who else states it is no change of this offer.
    const evidence = "another gateway states the Hugging Face id of this very name";
    return linked({ ...claim, rule: "stated-elsewhere", evidence }, register.find(elsewhere.claim));
  }
  const tuned = leftOut(named, claim, register);
  if (tuned.length > 0)
    return ambiguous(
      named,
      [...entries.filter(isOfHub), ...tuned],
      "its id does not say whether it is the instruct model",
    );
  if (entries.length > 1)
    return ambiguous(named, entries, "the parts of its name agree with several models of the lab");
  return entries.length === 0 ? alone(named, "unlinked", RULES.unlinked) : linked(claim, entries);
}

/** The instruct models of the same name, where the gateway is one that may leave the word out. */
function leftOut({ reading }: NamedOffer, claim: NamedClaim, register: Register): readonly Entry[] {
  const parsed = claim.parsed();
  if (reading.names.spellsOut === true || claim.rule === "own-lab" || parsed.roles.length > 0) return [];
  return register.agreeing(claim.lab, { ...parsed, roles: ["instruct"] }).filter(isOfHub);
}

function linked(
  { rule, evidence, folded }: Pick<NamedClaim, "rule" | "evidence" | "folded">,
  [entry]: readonly Entry[],
): Link {
  if (entry === undefined) throw new Error(`no model of the name ${folded}, though a claim founds it`);
  if (entry.folded === folded || rule === "stated-name" || rule === "stated-elsewhere")
    return { model: entry.id, rule, evidence };
  return { model: entry.id, rule: "parsed-name", evidence: `${evidence}; every part of the name agrees` };
}

function ambiguous(named: NamedOffer, entries: readonly Entry[], evidence: string): Link {
  return {
    ...alone(named, "ambiguous", evidence),
    candidates: [...new Set(entries.map(({ id }) => id))].toSorted(),
  };
}

function alone({ offer }: NamedOffer, rule: RuleName, evidence: string): Link {
  return { model: `~${offer.gateway}/${offer.nativeId}`, rule, evidence };
}

/** A model as a source spells it. */
function modelSpelled(text: string, register: Register): string | undefined {
  const parts = splitLabName(text);
  if (parts === undefined) return undefined;
  const lab = labSpelled(parts.lab, parts.name)?.id ?? parts.lab;
  return register.find(labName({ lab, name: parts.name }))[0]?.id;
}

/**
 * A gateway has one id for one model: the strongest evidence for one offer of it is evidence for all. Where it is
 * divided, each keeps its own.
 */
function shareEvidence(named: readonly NamedOffer[], links: readonly Link[]): readonly Link[] {
  const places = Map.groupBy(links.keys(), (index) => named[index]?.place ?? "");
  const shared = [...links];
  for (const indexes of places.values()) {
    if (indexes.length === 1) continue;
    const its = indexes.flatMap((index) => links[index] ?? []).toSorted(byStrength);
    const [first] = its;
    if (first === undefined) continue;
    const strongest = its.filter((link) => strength(link) === strength(first));
    if (strongest.some(({ model }) => model !== first.model)) continue;
    for (const index of indexes) {
      if (shared[index]?.model !== first.model)
        shared[index] = {
          model: first.model,
          rule: "same-id",
          evidence: `another offer of this id: ${first.evidence}`,
        };
    }
  }
  return shared;
}

const STRENGTHS = Object.keys(RULES);

/** Lower is stronger. */
function strength({ rule }: Link): number {
  return STRENGTHS.indexOf(rule);
}

function byStrength(a: Link, b: Link): number {
  return strength(a) - strength(b) || compareTexts(a.model, b.model) || compareTexts(a.evidence, b.evidence);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
