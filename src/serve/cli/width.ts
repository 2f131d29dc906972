/** How many cells of a terminal a text takes, and the part of it that fits. */

// eslint-disable-next-line no-control-regex -- the sequences that colour a text take no cell
const COLOUR = /\u001b\[[\d;]*m/g;
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const NARROW = /^[\u0020-\u007e]*$/;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export function width(text: string): number {
  const bare = text.replaceAll(COLOUR, "");
  if (NARROW.test(bare)) return bare.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(bare)) cells += WIDE.test(segment) ? 2 : 1;
  return cells;
}

/** The text, or its beginning with `…`, in at most so many cells. It must carry no colours. */
export function fit(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += WIDE.test(segment) ? 2 : 1;
    if (used > cells) break;
    kept += segment;
  }
  return `${kept}…`;
}
