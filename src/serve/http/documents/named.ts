/** What the parts of answers share: the register of named documents, the list's envelope, instants and counts. */
import * as z from "zod";

/** Every document that has a name in the API's description. */
export const DOCUMENTS = z.registry<{ id: string }>();

/** Gives a document its name in the description. Fields may be added to it later: whoever reads it ignores what he does not know. */
export function named<Document extends z.ZodType>(id: string, document: Document): Document {
  DOCUMENTS.add(document, { id });
  return document;
}

export const Instant = named("Instant", z.iso.datetime({ offset: false }).describe("An instant, in UTC."));

export const Count = z.number().int().min(0);

/** A list of these, in the one envelope that every list has. */
export function page<Item extends z.ZodType, Tail extends z.ZodRawShape>(item: Item, tail: Tail) {
  return z.strictObject({
    object: z.literal("list"),
    data: z.array(item),
    has_more: z.boolean().describe("True where a page follows."),
    ...tail,
  });
}

export const Total = Count.describe("How many there are on all pages together.");
export const RevisionNumber = Count.describe("The revision that everything here comes from.");
