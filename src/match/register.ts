/** The register of names: which model a lab's name means, however it is spelled. Pure, and independent of order. */
import { STANDINGS, type Claim, type Standing } from "./claim.ts";
import { LABS } from "./labs.ts";
import { keyOf, parseName, type ParsedName } from "./name.ts";

/** A name that a lab gave. It is parsed once, and only where somebody asks: most models of the Hub are compared with nothing. */
export interface LabName {
  readonly lab: string;
  readonly name: string;
  /** In small letters: the Hub has no two models that differ in case alone. */
  readonly folded: string;
  parsed(): ParsedName;
  /** The lab and the parts of the name, in one spelling. */
  parts(): string;
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
  let parsed: ParsedName | undefined;
  let parts: string | undefined;
  const parse = () => (parsed ??= parseName(name, OWN_WORDS.get(lab)));
  return {
    lab,
    name,
    folded: `${lab}/${name}`.toLowerCase(),
    parsed: parse,
    parts: () => (parts ??= partsOf(lab, parse())),
  };
}

function partsOf(lab: string, parsed: ParsedName): string {
  return `${lab.toLowerCase()}/${keyOf(parsed)}`;
}

export function registerOf(claims: readonly (LabName & Pick<Claim, "standing">)[]): Register {
  const bySpelling = new Map<string, Entry>();
  for (const { standing, lab, name, folded, parsed, parts } of claims) {
    if (standing === undefined) continue;
    const known = bySpelling.get(folded);
    if (known !== undefined && known.standing === standing && known.lab === lab && known.name === name)
      continue;
    const entry = { lab, name, folded, parsed, parts, standing, id: `${lab}/${name}` };
    if (known === undefined || byStanding(entry, known) < 0) bySpelling.set(folded, entry);
  }
  const byLab = Map.groupBy(bySpelling.values(), ({ lab }) => lab.toLowerCase());
  const agreeingOf = new Map<string, ReadonlyMap<string, readonly Entry[]>>();
  const ofLab = (lab: string) => {
    const known = agreeingOf.get(lab);
    if (known !== undefined) return known;
    const made = new Map<string, readonly Entry[]>();
    for (const [parts, its] of Map.groupBy(byLab.get(lab) ?? [], (entry) => entry.parts())) {
      const ofHub = its.filter(isOfHub).toSorted(byStanding);
      made.set(parts, ofHub.length > 0 ? ofHub : its.toSorted(byStanding).slice(0, 1));
    }
    agreeingOf.set(lab, made);
    return made;
  };
  const agreeing = (lab: string, parts: string) => ofLab(lab.toLowerCase()).get(parts) ?? [];
  return {
    agreeing: (lab, parsed) => agreeing(lab, partsOf(lab, parsed)),
    find: (name) => {
      const spelled = bySpelling.get(name.folded);
      return spelled !== undefined && isOfHub(spelled) ? [spelled] : agreeing(name.lab, name.parts());
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
