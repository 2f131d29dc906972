/** A text with the parts marked that a search found. */
export function Mark({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  const spans = spansOf(text, words);
  if (spans.length === 0) return text;
  const parts = spans.map(([from, to], index) => ({
    before: text.slice(spans[index - 1]?.[1] ?? 0, from),
    found: text.slice(from, to),
    from,
  }));
  return (
    <>
      {parts.map(({ before, found, from }) => (
        <span key={from}>
          {before}
          <mark>{found}</mark>
        </span>
      ))}
      {text.slice(spans.at(-1)?.[1] ?? 0)}
    </>
  );
}

/** Where the words stand, in order and apart. */
export function spansOf(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const lower = text.toLowerCase();
  // Lower case can be longer than what it came from: then the places do not fit, and nothing is marked.
  if (lower.length !== text.length) return [];
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  }
  const apart: [number, number][] = [];
  for (const span of found.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last !== undefined && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else apart.push(span);
  }
  return apart;
}

export function searchWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
