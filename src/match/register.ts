/** The register of names: which model a lab's name means, however it is spelled. Pure, and independent of order. */
import { STANDINGS, type Claim, type Standing } from "./claim.ts";
import { LABS } from "./labs.ts";
import { keyOf, parseName, type ParsedName } from "./name.ts";

/** A name that a lab gave. */
export interface LabName {
  readonly lab: string;
  readonly name: string;
  /** In small letters: the Hub has no two models that differ in case alone. */
  readonly folded: string;
}

export interface Entry extends LabName {
  /** `lab/name` in its best attested spelling. */
  readonly id: string;
  readonly standing: Standing;
}

export interface Register {
  /**
   * The models that a name may mean: the one that is spelled so, else the ones whose every part agrees. The Hub's ids are
   * names of their own even where their parts agree, so there may be several.
   */
  find(name: LabName): readonly Entry[];
  /** The models of a lab whose every part agrees. */
  agreeing(lab: string, parsed: ParsedName): readonly Entry[];
}

export function labName({ lab, name }: Pick<Claim, "lab" | "name">): LabName {
  return { lab, name, folded: `${lab}/${name}`.toLowerCase() };
}

/** Parsed once, and only where somebody asks: most models of the Hub are compared with nothing. */
const parsed = new WeakMap<LabName, ParsedName>();

export function parsedOf(name: LabName): ParsedName {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const made = parseName(name.name, OWN_WORDS.get(name.lab));
  parsed.set(name, made);
  return made;
}

export function registerOf(claims: readonly (LabName & Pick<Claim, "standing">)[]): Register {
  const bySpelling = new Map<string, Entry>();
  for (const { standing, lab, name, folded } of claims) {
    if (standing === undefined) continue;
    const entry = { lab, name, folded, standing, id: `${lab}/${name}` };
    const known = bySpelling.get(folded);
    if (known === undefined || byStanding(entry, known) < 0) bySpelling.set(folded, entry);
  }
  const byLab = Map.groupBy(bySpelling.values(), ({ lab }) => lab.toLowerCase());
  const byParts = new Map<string, ReadonlyMap<string, readonly Entry[]>>();
  const partsOf = (lab: string) => {
    const known = byParts.get(lab);
    if (known !== undefined) return known;
    const its = (byLab.get(lab) ?? []).toSorted(byStanding);
    const made = Map.groupBy(its, (entry) => keyOf(parsedOf(entry)));
    byParts.set(lab, made);
    return made;
  };
  const agreeing = (lab: string, name: ParsedName) => {
    const all = partsOf(lab.toLowerCase()).get(keyOf(name)) ?? [];
    const ofHub = all.filter(isOfHub);
    return ofHub.length > 0 ? ofHub : all.slice(0, 1);
  };
  return {
    agreeing,
    find: (name) => {
      const spelled = bySpelling.get(name.folded);
      return spelled !== undefined && isOfHub(spelled) ? [spelled] : agreeing(name.lab, parsedOf(name));
    },
  };
}

export function isOfHub({ standing }: { readonly standing?: Standing }): boolean {
  return standing === "hub" || standing === "stated";
}

const OWN_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  LABS.map(({ id, ownWords = [] }) => [id, ownWords]),
);

function byStanding(a: Entry, b: Entry): number {
  return (
    STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
