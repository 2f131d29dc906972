/** Whether a name says which model is meant, and not only its family. Pure. */

/** A count of weights as names and ids write it: `120b`, `1.5B`, `8x7B`; not the active part (`A22B`). */
const SIZE = /(?<![\p{L}\p{N}.])(?:\d+x)?\d+(?:\.\d+)?[bm](?![\p{L}\p{N}])/gu;

/**
 * The smaller, the better: a name that leaves out a size which the model's id states ("OpenAI GPT OSS" of
 * `openai/gpt-oss-120b`) names a family of several, and the name of a way of serving ("… (free)") names an offer.
 */
export function nameDefect(name: string, model: string, variant: string | undefined): number {
  const said = sizesIn(name);
  const isFamily = [...sizesIn(model.slice(model.indexOf("/") + 1))].some((size) => !said.has(size));
  return (isFamily ? 2 : 0) + (variant === undefined ? 0 : 1);
}

function sizesIn(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(SIZE));
}
