/** What the doctor found: check by check, what was looked at and what is wrong with it. */

/** The worst of a check: `broken` is ours to repair, `findings` deserve a look, `skipped` could not be looked at. */
export const VERDICTS = ["broken", "findings", "fine", "skipped"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Symptom {
  /** What it is about: an offer, a model, a source, a file. */
  readonly subject: string;
  readonly message: string;
}

export interface Examination {
  readonly check: string;
  readonly verdict: Verdict;
  /** What was looked at, in words: `18,443 offers`; why nothing was, where it was skipped. */
  readonly looked: string;
  readonly found: number;
  /** So many of them. */
  readonly symptoms: readonly Symptom[];
}

export interface Diagnosis {
  /** The worst of all checks. */
  readonly verdict: Exclude<Verdict, "skipped">;
  /** Absent before the first revision. */
  readonly revision?: number;
  readonly checks: readonly Examination[];
}

/** Enough to see what is wrong. */
const SYMPTOMS_MAX = 1_000;

/** One check's account; `worst` is what a symptom of it means. */
export function examined(
  check: string,
  looked: string,
  symptoms: readonly Symptom[],
  worst: "broken" | "findings",
): Examination {
  const verdict = symptoms.length === 0 ? "fine" : worst;
  return { check, verdict, looked, found: symptoms.length, symptoms: symptoms.slice(0, SYMPTOMS_MAX) };
}

export function skipped(check: string, why: string): Examination {
  return { check, verdict: "skipped", looked: why, found: 0, symptoms: [] };
}
