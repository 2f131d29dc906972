/**
 * A model's name, parsed: version, sizes, dates, role, quantisation … become attributes that must agree. Nothing is
 * normalised away but spelling. Pure.
 */
import { DATES, KIND_OF, NUMBERED, PLAIN } from "./words.ts";

/** What a part of a name can say. */
export const KINDS = [
  "words",
  "versions",
  "sizes",
  "dates",
  "roles",
  "quantizations",
  "stages",
  "contexts",
  "modes",
  "revisions",
] as const;
export type Kind = (typeof KINDS)[number];

/** Every list in the order of the name, in one spelling. */
export type ParsedName = { readonly [kind in Kind]: readonly string[] } & {
  /** Words and versions as they follow each other. */
  readonly sequence: readonly string[];
};

/** `ownWords` are words with which a lab repeats its own name: `NVIDIA-Nemotron-…`. */
export function parseName(name: string, ownWords: readonly string[] = []): ParsedName {
  const found: { [kind in Kind]?: string[] } = {};
  const note = (kind: Kind, text: string) => {
    const texts = found[kind];
    if (texts === undefined) found[kind] = [text];
    else texts.push(text);
  };
  const [plain = "", ...tags] = name.toLowerCase().split(":");
  // Behind a colon stands a way of using the model (`:thinking`), or what elsewhere stands in the name (`:8b`).
  for (const [kind, text] of tags.flatMap(tokensOf).map(attributeOf))
    note(kind === "words" ? "modes" : kind, text);
  const undated = withoutDates(plain, (date) => note("dates", date));
  const parts = tokensOf(undated).flatMap(attributesOf);
  const others = parts.filter(([kind, text]) => kind !== "words" || !ownWords.includes(text));
  const sequence: string[] = [];
  for (const [kind, text] of others.length === 0 ? parts : others) {
    note(kind, text);
    if (kind === "words" || kind === "versions") sequence.push(text);
  }
  return { ...NOTHING, ...found, sequence };
}

const NONE: readonly string[] = [];
const NOTHING: Omit<ParsedName, "sequence"> = {
  words: NONE,
  versions: NONE,
  sizes: NONE,
  dates: NONE,
  roles: NONE,
  quantizations: NONE,
  stages: NONE,
  contexts: NONE,
  modes: NONE,
  revisions: NONE,
};

/**
 * Two names with one key say the same. The order of words means nothing (`claude-4.5-opus`, `claude-opus-4.5`) unless
 * several versions stand between them (`hermes-3-llama-3.1`).
 */
export function keyOf(parsed: ParsedName): string {
  let key =
    parsed.versions.length > 1
      ? `=${parsed.sequence.join(" ")}`
      : sorted([...parsed.words, ...parsed.versions]);
  for (const kind of OTHER_KINDS) key += `|${sorted(parsed[kind])}`;
  return key;
}

const OTHER_KINDS = KINDS.slice(2);

function sorted([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : [first, ...others].toSorted().join(" ");
}

/** The kinds of which `more` says more than `less`; nothing where it leaves out or contradicts anything that `less` says. */
export function additions(less: ParsedName, more: ParsedName): readonly Kind[] | undefined {
  const kinds: Kind[] = [];
  for (const kind of KINDS) {
    const rest = [...more[kind]];
    for (const text of less[kind]) {
      const place = rest.indexOf(text);
      if (place === -1) return undefined;
      rest.splice(place, 1);
    }
    if (rest.length > 0) kinds.push(kind);
  }
  return kinds;
}

function withoutDates(text: string, onDate: (date: string) => void): string {
  if (!/\d\d/.test(text)) return text;
  let rest = text;
  for (const { pattern, date } of DATES)
    rest = rest.replace(pattern, (...groups: readonly string[]) => {
      onDate(date(groups));
      return "-";
    });
  return rest;
}

/** `claude-3-5` and `llama3-1` mean a point where a dash stands: two digits, each alone. */
function tokensOf(text: string): readonly string[] {
  return text
    .replace(/(?<![\d.])(\d)[-_](\d)(?![\d.a-z])/g, "$1.$2")
    .split(/[^a-z0-9.+]+/)
    .map((token) => token.replace(/^\.+|\.+$/g, ""))
    .filter((token) => token !== "");
}

type Attribute = readonly [Kind, string];

/** `qwen3` is `qwen 3`, `4.5v` is `4.5 v`; short ones are words of their own: `o3`, `m2.5`, `k2`. */
function attributesOf(token: string): readonly Attribute[] {
  const whole = attributeOf(token);
  if (whole[0] !== "words" || !/\d/.test(token)) return [whole];
  const parts = /^([a-z]{3,})\.?(\d+(?:\.\d+)?)$/.exec(token) ?? /^(\d+\.\d+)([a-z]+)$/.exec(token);
  return parts === null ? [whole] : parts.slice(1).map(attributeOf);
}

function attributeOf(token: string): Attribute {
  const known = KIND_OF.get(token);
  if (known !== undefined) return known;
  if (!/\d/.test(token)) return ["words", token];
  if (PLAIN.test(token)) return ["versions", token.replace(/^v/, "").replace(/(?:\.0)+$/, "")];
  const matching = NUMBERED.find(({ pattern }) => pattern.test(token));
  return [matching?.kind ?? "words", token];
}
