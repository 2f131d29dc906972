/** Texts that a store can hold and a screen can show: what NUL, lone surrogates and endless ids would break is refused here. */

/** An id longer than this is no id. */
export const ID_LENGTH_MAX = 512;
const TEXT_LENGTH_MAX = 4_000;

/** Why `id` cannot name an offer, or nothing where it can. Otherwise ids are kept exactly as spelled: case, accents, `../`. */
export function idFault(id: string): string | undefined {
  if (id.length === 0) return "the id is empty";
  if (id.length > ID_LENGTH_MAX) return `the id is longer than ${ID_LENGTH_MAX} characters`;
  if (!id.isWellFormed()) return "the id holds half a character (a lone surrogate)";
  if (hasControl(id)) return "the id holds a control character";
  if (id !== id.trim()) return "the id begins or ends with white space";
  return undefined;
}

/** A text for storing: well-formed, without NUL and other control characters, bounded; absent where nothing is left. */
export function storableText(text: string): string | undefined {
  let clean = "";
  for (const character of text.toWellFormed())
    clean += isControl(character.charCodeAt(0)) && character !== "\n" ? " " : character;
  clean = clean.trim();
  if (clean.length > TEXT_LENGTH_MAX) clean = `${clean.slice(0, TEXT_LENGTH_MAX - 1).toWellFormed()}…`;
  return clean === "" ? undefined : clean;
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (isControl(text.charCodeAt(index))) return true;
  return false;
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/** How Hugging Face's tokens look: a prefix, then letters and digits in one piece, in a JWT with dots between its parts. */
const TOKEN = /(?:hf_(?:oauth_+|jwt_)?(?:refresh_)?|api_org_)[A-Za-z0-9]{20}[\w.-]*/g;

/** True where somebody pasted a token in the wrong place. */
export function looksLikeToken(text: string): boolean {
  return text.search(TOKEN) >= 0;
}

/** The text with what looks like a token left out: for what is repeated to a caller, or printed. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, "(a token)");
}
