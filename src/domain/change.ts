/** A change: what one revision says differently from the one before, of one offer or one model, field by field. */
import { PRICE_MOVES, priceMovesOf } from "./price-move.ts";

export const CHANGE_KINDS = ["added", "changed", "removed", "returned"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const TOPICS = [
  "price",
  ...PRICE_MOVES,
  "limits",
  "status",
  "lifecycle",
  "name",
  "capabilities",
  "modalities",
  "identity",
  "availability",
  "other",
] as const;
export type Topic = (typeof TOPICS)[number];

/** Why: the upstream said so, our rules changed, an operator did, a correction of the past, or we asked another question. */
export const CAUSES = ["upstream", "rules", "override", "correction", "scope"] as const;
export type Cause = (typeof CAUSES)[number];

export interface FieldChange {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Change {
  readonly subject: "offer" | "model";
  /** The offer's or the model's id. */
  readonly subjectId: string;
  readonly kind: ChangeKind;
  readonly topics: readonly Topic[];
  readonly cause: Cause;
  readonly gateway?: string;
  readonly model?: string;
  readonly fields: readonly FieldChange[];
}

const TOPIC_OF: { readonly [field: string]: Topic } = {
  prices: "price",
  billing: "price",
  billings: "price",
  cheapest: "price",
  context_tokens: "limits",
  output_tokens_max: "limits",
  status: "status",
  deprecated_at: "lifecycle",
  ends_at: "lifecycle",
  successor: "lifecycle",
  name: "name",
  capabilities: "capabilities",
  input_modalities: "modalities",
  output_modalities: "modalities",
  model: "identity",
  link: "identity",
  hugging_face_id: "identity",
  variant_of: "identity",
  aliases: "identity",
  offers_count: "availability",
  gateways: "availability",
};

/** Fields of a document that say when we looked, not what is offered. */
const NOT_A_CHANGE = new Set(["first_seen", "last_seen", "updated_at", "held", "source", "volatile"]);

/** The topics of a set of changed fields, without repetition, in the order of `TOPICS`. */
export function topicsOf(fields: readonly FieldChange[]): readonly Topic[] {
  const seen = new Set<Topic | undefined>([
    ...fields.map(({ field }) => (Object.hasOwn(TOPIC_OF, field) ? TOPIC_OF[field] : "other")),
    ...priceMovesOf(fields),
  ]);
  return TOPICS.filter((topic) => seen.has(topic));
}

/** The fields in which two documents differ; both are plain JSON. */
export function fieldChanges(
  before: { readonly [field: string]: unknown },
  after: { readonly [field: string]: unknown },
): readonly FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].toSorted().flatMap((field) => {
    if (NOT_A_CHANGE.has(field)) return [];
    if (JSON.stringify(before[field]) === JSON.stringify(after[field])) return [];
    return [
      {
        field,
        ...(field in before ? { before: before[field] } : {}),
        ...(field in after ? { after: after[field] } : {}),
      },
    ];
  });
}
