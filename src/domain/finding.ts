/** A finding: something that an upstream said and that deserves a look. Data with a first and a last sighting, not a log line. */
export const FINDING_KINDS = [
  "rejected-item",
  "unknown-word",
  "duplicate",
  "foreign-currency",
  "held-removal",
  "held-price",
  "conflict",
  "drift",
  "identity",
  "outlier",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** What it is about: an offer id, a word, an item's place. One subject has one open finding of a kind. */
  readonly subject: string;
  /** A JSON pointer into the upstream's page, where there is one. */
  readonly pointer?: string;
  readonly message: string;
}

/** A finding in what several sources say, laid at the door of one of them. */
export interface SourcedFinding extends Finding {
  readonly source: string;
}
