/** What a new source may be called, and the names that follow from it. */

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export interface SourceName {
  /** `acme-cloud` */
  readonly id: string;
  /** `acmeCloud` */
  readonly identifier: string;
  /** `Acme Cloud` */
  readonly title: string;
}

/** Nothing where the id is no kebab-case, or makes a word that a program cannot use as a name. */
export function nameOf(id: string): SourceName | undefined {
  if (!ID.test(id)) return undefined;
  const words = id.split("-");
  const identifier = words[0] + words.slice(1).map(capital).join("");
  return isWord(identifier) ? undefined : { id, identifier, title: words.map(capital).join(" ") };
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Words of the language, and names that a source file imports. */
function isWord(identifier: string): boolean {
  return WORDS.has(identifier);
}

const WORDS: ReadonlySet<string> = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if implements import in instanceof interface let new null package private protected public return " +
    "static super switch this throw true try typeof var void while with yield arguments eval undefined " +
    "z prices stated bearer model"
  ).split(" "),
);
