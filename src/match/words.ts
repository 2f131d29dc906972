/** The words of models' names that mean the same everywhere: what each says, and in which one spelling. */
import type { Kind } from "./name.ts";

/** `it` is `instruct`; `chat` is not: some labs publish both. */
const WORDS: { readonly [kind in Kind]?: { readonly [spelling: string]: readonly string[] } } = {
  roles: { instruct: ["it"], chat: [], base: ["pt", "pretrained"] },
  quantizations: {
    fp4: [],
    fp8: [],
    nvfp4: [],
    mxfp4: [],
    mxfp8: [],
    int4: ["4bit"],
    int8: ["8bit"],
    bf16: [],
    fp16: ["f16"],
    fp32: ["f32"],
    awq: [],
    gptq: [],
    gguf: [],
    ggml: [],
    exl2: [],
    exl3: [],
    bnb: [],
    mlx: [],
  },
  stages: { preview: [], beta: [], alpha: [], exp: ["experimental"], nightly: [] },
};

export const KIND_OF: ReadonlyMap<string, readonly [Kind, string]> = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) =>
    Object.entries(words).flatMap(([word, spellings]) =>
      // The keys of `WORDS` are kinds.
      [word, ...spellings].map((spelling) => [spelling, [kind as Kind, word]] as const),
    ),
  ),
);

interface DatePattern {
  readonly pattern: RegExp;
  /** From the match and its groups: in digits, as exact as it was written. */
  date(groups: readonly string[]): string;
}

const YEAR = "20[2-3]\\d";
const MONTH = "0[1-9]|1[0-2]";
const DAY = "0[1-9]|[12]\\d|3[01]";
const ALONE = (pattern: string) => new RegExp(`(?<![\\d.])${pattern}(?![\\d.])`, "g");

/** The longest first; what one took, the next does not see. */
export const DATES: readonly DatePattern[] = [
  {
    pattern: ALONE(`(${YEAR})[-_]?(${MONTH})[-_]?(${DAY})`),
    date: ([, year = "", month = "", day = ""]) => year + month + day,
  },
  { pattern: ALONE(`(${MONTH})[-_](${YEAR})`), date: ([, month = "", year = ""]) => year + month },
  { pattern: ALONE(`(2\\d)(${MONTH})(${DAY})`), date: ([date = ""]) => `20${date}` },
  { pattern: ALONE(`(${MONTH})[-_](${DAY})`), date: ([, month = "", day = ""]) => month + day },
  // Year and month or month and day: nobody says which, so only the same four digits are the same date.
  { pattern: ALONE(`(?:2[2-9](?:${MONTH})|(?:${MONTH})(?:${DAY}))`), date: ([date = ""]) => date },
  // `25.01`, in names for people.
  { pattern: ALONE(`(2[2-9])\\.(${MONTH})`), date: ([, year = "", month = ""]) => year + month },
];

/** A version: a number, as long as it is no revision. */
export const PLAIN = /^v?(?:\d{1,2}|\d+(?:\.\d+)+)$/;

/** Other words with numbers, the first that fits. */
export const NUMBERED: readonly { readonly kind: Kind; readonly pattern: RegExp }[] = [
  // `70b`, `8x7b`, `a22b`, `e4b`, `128e`, `82m`, `1t`.
  { kind: "sizes", pattern: /^(?:[ae]?\d+(?:\.\d+)?[bmt]|\d+x\d+(?:\.\d+)?b|\d+e)$/ },
  // `128k`, and the powers of two that some write out.
  { kind: "contexts", pattern: /^(?:\d+k|2048|4096|8192|16384|32768|65536|131072)$/ },
  // `001`: one of several editions under one name.
  { kind: "revisions", pattern: /^0\d\d$/ },
  { kind: "quantizations", pattern: /^(?:i?q[2-8](?:k[sml]?)?|\d(?:\.\d+)?bpw|w\d+a\d+)$/ },
];
