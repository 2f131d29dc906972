/** The parameters that several questions share. */
import * as z from "zod";
import { LIMIT_MAX } from "../../../catalog/parameters.ts";
import { didYouMean, quoted } from "./question.ts";
import { guess } from "./guess.ts";

const LIMIT_DEFAULT = 100;

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(LIMIT_MAX)
  .default(LIMIT_DEFAULT)
  .describe(`How many to answer, 1 to ${LIMIT_MAX}; without it ${LIMIT_DEFAULT}.`);

/** Several of these words, by comma; absent where none is asked for. */
export function oneOf<Word extends string>(words: readonly Word[]) {
  return z
    .string()
    .transform((text, context): readonly Word[] | undefined => {
      const asked = text.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
      const known = asked.flatMap((each) => words.find((word) => word === each) ?? []);
      const unknown = asked.find((each) => !words.some((word) => word === each));
      if (unknown !== undefined) {
        context.addIssue({
          code: "custom",
          message: `${quoted(unknown)} is none of them${didYouMean(guess(unknown, words))}`,
        });
        return z.NEVER;
      }
      return known.length === 0 ? undefined : known;
    })
    .optional();
}
