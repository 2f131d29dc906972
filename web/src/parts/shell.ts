/** Texts for a POSIX shell: whoever wrote them, they are one word and run nothing. */

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** As it is, where no shell reads anything into it and no program takes it for a flag. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) && !text.startsWith("-") ? text : shellQuoted(text);
}
