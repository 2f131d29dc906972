/** Which models are variants of others: dated, quantised, tuned, previewed, or the same model served in another quality. Pure. */
import { splitLabName } from "./claim.ts";
import { namesOf } from "./gateways.ts";
import { LABS } from "./labs.ts";
import type { Kind, ParsedName } from "./name.ts";
import { labName, registerOf, type Register } from "./register.ts";

/** What a variant's name says more than the name of what it is a variant of. The earlier ones are taken away first. */
const VARYING = [
  "quantizations",
  "flavours",
  "modes",
  "contexts",
  "revisions",
  "dates",
  "stages",
  "roles",
] as const satisfies readonly (Kind | "flavours")[];
type Varying = (typeof VARYING)[number];

/** By model id, of those that are a variant: what it is a variant of. Only models that are there are named. */
export function variantsOf(
  offers: readonly { readonly model: string; readonly gateway: string }[],
): ReadonlyMap<string, string> {
  const gateways = new Map<string, Set<string>>();
  for (const { model, gateway } of offers) {
    const known = gateways.get(model);
    if (known === undefined) gateways.set(model, new Set([gateway]));
    else known.add(gateway);
  }
  const models = [...gateways].flatMap(([id, its]) => {
    const parts = splitLabName(id);
    return parts === undefined ? [] : [{ id, gateways: its, ...labName(parts), standing: "hub" as const }];
  });
  const register = registerOf(models);
  const variants = new Map<string, string>();
  const labs = [...Map.groupBy(models, ({ lab }) => lab.toLowerCase()).values()];
  for (const model of labs.filter(({ length }) => length > 1).flat()) {
    const of = variedBy(model.id, model.lab, model.parsed(), flavoursOf(model), register);
    if (of !== undefined) variants.set(model.id, of);
  }
  return variants;
}

/** The nearest model that says less: with one thing taken away, else with two, and so on. */
function variedBy(
  id: string,
  lab: string,
  parsed: ParsedName,
  flavours: ReadonlySet<string>,
  register: Register,
): string | undefined {
  const varying = VARYING.filter((kind) =>
    kind === "flavours" ? parsed.words.some((word) => flavours.has(word)) : varies(parsed[kind]),
  );
  for (const kinds of subsetsOf(varying)) {
    const others = register
      .agreeing(lab, withoutKinds(parsed, kinds, flavours))
      .filter((other) => other.id !== id);
    // Several may agree in every part: then nobody says which one it is a variant of.
    if (others.length === 1) return others[0]?.id;
  }
  return undefined;
}

/** A base model is what the others are made of, though its name says more than theirs. */
function varies(texts: readonly string[]): boolean {
  return texts.length > 0 && !texts.includes("base");
}

function withoutKinds(
  parsed: ParsedName,
  kinds: readonly Varying[],
  flavours: ReadonlySet<string>,
): ParsedName {
  const rest: { [kind in Kind]?: readonly string[] } & { sequence?: readonly string[] } = {};
  for (const kind of kinds) {
    if (kind === "flavours") {
      rest.words = parsed.words.filter((word) => !flavours.has(word));
      rest.sequence = parsed.sequence.filter((word) => !flavours.has(word));
    } else rest[kind] = [];
  }
  return { ...parsed, ...rest };
}

/** The smaller ones first; of one size, in the order of `VARYING`. */
function subsetsOf(kinds: readonly Varying[]): readonly (readonly Varying[])[] {
  const subsets: (readonly Varying[])[] = [[]];
  for (const kind of kinds) subsets.push(...subsets.map((subset) => [...subset, kind]));
  return subsets.slice(1).toSorted((a, b) => a.length - b.length);
}

const OF_LABS: ReadonlyMap<string, readonly string[]> = new Map(
  LABS.map(({ id, flavours = [] }) => [id, flavours]),
);

function flavoursOf({
  lab,
  gateways,
}: {
  readonly lab: string;
  readonly gateways: ReadonlySet<string>;
}): ReadonlySet<string> {
  const ofGateways = [...gateways].flatMap((gateway) => namesOf(gateway).flavours ?? []);
  return new Set([...(OF_LABS.get(lab) ?? []), ...ofGateways]);
}
