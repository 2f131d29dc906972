/** A question about the past: the application as it would have answered then. */
import * as z from "zod";
import type { Shelf } from "../../../catalog/catalog.ts";
import type { Application } from "../../application.ts";
import { instant } from "./envelope.ts";
import { MOMENT_ALLOWED, momentOf } from "./moment.ts";
import { BadQuestion } from "./question.ts";

export const THEN = {
  as_of: z.string().optional().describe(`As it was true at this moment, by today's rules. ${MOMENT_ALLOWED}`),
  known_at: z
    .string()
    .optional()
    .describe(
      `Beside \`as_of\`: as it was known at this moment; without it as it is known now. ${MOMENT_ALLOWED}`,
    ),
};

export const ThenQuestion = z.strictObject(THEN);

/** What every question may say of a time. */
interface AskedThen {
  readonly as_of?: string | undefined;
  readonly known_at?: string | undefined;
}

/** A question that may be of the past, too. */
export function orOfThen<Asked>(
  question: z.ZodObject & z.ZodType<Asked>,
): z.ZodObject & z.ZodType<Asked & AskedThen> {
  // What it was, and these two.
  return question.safeExtend(THEN) as unknown as z.ZodObject & z.ZodType<Asked & AskedThen>;
}

/** Throws `BadQuestion` for what is no moment, or lies before anything was read, and `TooManyThen`. */
export async function applicationThen<Door extends Application>(
  application: Door,
  { as_of, known_at, hub }: AskedThen & { readonly hub?: string | undefined },
  now: number,
): Promise<Door> {
  if (as_of === undefined && known_at === undefined) return application;
  if (as_of === undefined)
    throw new BadQuestion("bad-value", "known_at goes beside as_of", { parameter: "known_at" });
  if (hub === "include" || hub === "only")
    throw new BadQuestion("bad-value", "the Hub's models that nobody serves have no past: ask without hub", {
      parameter: "hub",
    });
  const asOf = past("as_of", as_of, now);
  const shelf = await application.shelfAt({
    asOf,
    knownAt: known_at === undefined ? now : past("known_at", known_at, now),
  });
  if (shelf === undefined)
    throw new BadQuestion("bad-value", `nothing had been read by ${instant(asOf)}, as it is known`, {
      parameter: "as_of",
    });
  return { ...application, shelf: (): Shelf => shelf, earlier: () => undefined };
}

function past(parameter: string, text: string, now: number): number {
  const at = momentOf(parameter, text, now);
  if (at <= now) return at;
  throw new BadQuestion("bad-value", `${parameter} lies in the future`, { parameter });
}
