/** Text of upstreams made harmless for a terminal: what would move the cursor, hide or reorder is written out instead. */

/**
 * Control characters (ESC and the one-byte CSI among them), what reorders a line or joins it, line separators, halves
 * of characters, and all that Unicode wants to have no width.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** One line in which every character shows: `\u{1b}` stands where an escape was. */
export function plain(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for a text of several lines. */
export function plainLines(text: string): string {
  return text.split("\n").map(plain).join("\n");
}

/** JSON that says the same and holds no such character raw: outside its texts there is none but the line feed. */
export function plainJson(json: string): string {
  return json.replace(UNSAFE, (character) => (character === "\n" ? "\n" : escaped(character)));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
