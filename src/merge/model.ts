/** The offers of a model say together what the model is: field by field, by authority. Pure. */
import { licenseOf } from "../domain/license.ts";
import type { Facts } from "../domain/listing.ts";
import { AUTHORITY, type ModelStanding } from "./authority.ts";
import type { MergedOffer } from "./merge.ts";
import { nameDefect } from "./naming.ts";

/** An offer as a witness of its model. */
export interface Witness extends MergedOffer {
  readonly id: string;
  /** The model that it is an offer of. */
  readonly model: string;
  readonly standing: ModelStanding;
}

/** What the offers say of the model itself. Limits are the model's own: what one offer takes is that offer's. */
export type ModelFacts = Omit<Facts, "modelContextTokens">;

/** The fields of a model, in the order of the table. */
export const MODEL_FIELDS = [
  "name",
  "description",
  "lab",
  "createdAt",
  "task",
  "inputModalities",
  "outputModalities",
  "contextTokens",
  "outputTokensMax",
  "capabilities",
  "license",
  "openWeights",
  "parameters",
  "huggingFaceId",
  "knowledgeCutoff",
  "hub",
] as const satisfies readonly (keyof Facts)[];
export type ModelField = (typeof MODEL_FIELDS)[number];

/** The order of the offers does not matter. */
export function mergeModel(offers: readonly Witness[]): ModelFacts {
  const facts: { [field: string]: unknown } = {};
  const orders = new Map<readonly ModelStanding[], readonly Witness[]>();
  for (const field of MODEL_FIELDS) {
    const rule = AUTHORITY[field].model;
    if (rule === undefined || rule === "largest" || rule === "any") continue;
    const ranked = orders.get(rule) ?? rankedBy(rule, offers);
    orders.set(rule, ranked);
    const stating = ranked.filter((offer) => modelWord(field, offer) !== undefined);
    const first = field === "name" ? wholeNamesFirst(stating)[0] : stating[0];
    if (first !== undefined) facts[field] = modelWord(field, first);
  }
  for (const field of ["contextTokens", "outputTokensMax"] as const) {
    const widest = witnessesOf(field, offers)[0];
    if (widest !== undefined) facts[field] = limitOf(field, widest);
  }
  const capabilities = capabilitiesOf(offers);
  return capabilities === undefined ? facts : { ...facts, capabilities };
}

/** Those who say something about a field, the one whose word stands first. Of capabilities each is a case of its own. */
export function witnessesOf(field: ModelField, offers: readonly Witness[]): readonly Witness[] {
  const rule = AUTHORITY[field].model ?? [];
  if (rule === "any") return rankedBy(STRONGEST, offers).filter(({ facts }) => facts[field] !== undefined);
  if (rule !== "largest") {
    const stating = rankedBy(rule, offers).filter((offer) => modelWord(field, offer) !== undefined);
    return field === "name" ? wholeNamesFirst(stating) : stating;
  }
  const stating = offers.filter((offer) => limitOf(field, offer) !== undefined);
  return stating.toSorted(
    (a, b) =>
      place(STRONGEST, a) - place(STRONGEST, b) ||
      (limitOf(field, b) ?? 0) - (limitOf(field, a) ?? 0) ||
      byId(a, b),
  );
}

/** What an offer says of a field of its model. Its spelling of a license is translated here: the ledger keeps what was said. */
export function modelWord(field: ModelField, offer: Witness): unknown {
  if (AUTHORITY[field].model === "largest") return limitOf(field, offer);
  const { license } = offer.facts;
  return field === "license" && license !== undefined ? licenseOf(license) : offer.facts[field];
}

/** Each keeps its place among those that are as good: whoever names a family alone has no better word on a model's name. */
function wholeNamesFirst(ranked: readonly Witness[]): readonly Witness[] {
  const defect = ({ facts, model }: Witness) => nameDefect(facts.name ?? "", model, facts.variant);
  return ranked.length < 2 ? ranked : ranked.toSorted((a, b) => defect(a) - defect(b));
}

/** What an offer says of a model's limit: where a source tells the model's own context from what is served, the former. */
function limitOf(field: ModelField, { facts }: Witness): number | undefined {
  if (field === "contextTokens") return facts.modelContextTokens ?? facts.contextTokens;
  return field === "outputTokensMax" ? facts.outputTokensMax : undefined;
}

/** A gateway that serves a model knows as much of its limits as another: the widest of them is the model's. */
const STRONGEST: readonly ModelStanding[] = ["lab", "gateway", "third-party"];

function rankedBy(rule: readonly ModelStanding[], offers: readonly Witness[]): readonly Witness[] {
  if (offers.length < 2) return offers;
  const named = (offer: Witness) => (offer.facts.huggingFaceId === undefined ? 1 : 0);
  return offers.toSorted((a, b) => place(rule, a) - place(rule, b) || named(a) - named(b) || byId(a, b));
}

/** The Hub serves through its providers: as to limits it is a gateway. */
function place(rule: readonly ModelStanding[], { standing }: Witness): number {
  return rule.indexOf(rule.includes(standing) ? standing : "gateway");
}

function byId(a: Witness, b: Witness): number {
  return a.id < b.id ? -1 : 1;
}

/** Yes where an offer can; no where some state that they cannot and none states that it can; otherwise unstated. */
function capabilitiesOf(offers: readonly Witness[]): Facts["capabilities"] {
  const stated: { [capability: string]: boolean } = {};
  for (const { facts } of offers) {
    for (const [capability, value] of Object.entries(facts.capabilities ?? {}))
      stated[capability] = value || (stated[capability] ?? false);
  }
  const names = Object.keys(stated).toSorted();
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, stated[name]]));
}
