/** An operator's decision about an offer or a model. It stands over whatever the sources say, and no sync touches it. */

export type Decision =
  /** Shown to nobody: an offer, or a model with all its offers. */
  | { readonly kind: "hide"; readonly target: string }
  /** A field with a value that stands, whatever the sources say. */
  | { readonly kind: "pin"; readonly target: string; readonly field: string; readonly value: string }
  /** An offer, every offer of a model, or any id: it is this model. */
  | { readonly kind: "alias"; readonly target: string; readonly model: string };

/** A decision in force, as it was written down. */
export type Decided = Decision & {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};
