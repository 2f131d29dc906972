/** One spelling for searching, and the words of a text. */

const WORD = /[\p{L}\p{M}\p{N}.]+/gu;

const ASCII = /^[\x20-\x7e]*$/;

/** Case, width and composed accents do not matter. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKC").toLowerCase().normalize("NFKC");
}

/** Of a folded text: runs of letters, marks, digits and dots. */
export function wordsOf(folded: string): readonly string[] {
  return folded.match(WORD) ?? [];
}

/** The name that an id ends with. */
export function tailOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
