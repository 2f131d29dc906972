/** Schemas of what upstreams put on the wire, shared by source files: tolerant of absence, strict about nonsense. */
import * as z from "zod";
import { isAmount, type Amount as WireAmount } from "../domain/price.ts";

/** An id: a text that is there. */
export const Id = z.string().min(1);

/** A text, `null` or absent. */
export const Text = z.string().nullish();

/** A price as a decimal text or a number; `""`, `1,5` and `NaN` are none and reject the item. */
export const Amount = z
  .union([z.string(), z.number()])
  .nullish()
  .refine(isAmount, { error: "is no price: an exact decimal is expected" });

/** A count of tokens; 0 means "not stated" and is told from a number by `finish`. */
export const Count = z.number().int().min(0).max(1_000_000_000).nullish();

/** A yes or a no, `null` or absent. */
export const Flag = z.boolean().nullish();

/** A list of words, `null` or absent. */
export const WordList = z.array(z.string()).nullish();

/** Seconds since 1970, as most lists spell a date; 0 and nonsense are "not stated". */
export const UnixSeconds = z.number().nullish();

/** Milliseconds since 1970 for seconds, or nothing. */
export function fromUnixSeconds(seconds: number | null | undefined): number | undefined {
  return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : undefined;
}

/** Milliseconds since 1970 for an ISO 8601 text, or nothing. */
export function fromIso(text: string | null | undefined): number | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `null` and `""` are how upstreams spell "not stated". */
export function stated<T>(value: T | null | undefined): T | undefined {
  return value === null || value === "" ? undefined : value;
}

/** Capabilities from a list of words that the upstream calls complete for what it names: each word is a stated yes. */
export function yes(words: readonly string[] | null | undefined): { readonly [word: string]: true } {
  return Object.fromEntries((words ?? []).map((word) => [word, true as const]));
}

/** An amount without its zero: many lists spell a meter that they do not use as "0". */
export function used(amount: WireAmount): WireAmount {
  return amount !== null && Number(amount) === 0 ? undefined : amount;
}

/** The Hub id in `https://huggingface.co/lab/name`, or nothing. */
export function huggingFaceIdOf(url: string | null | undefined): string | undefined {
  return /^https:\/\/huggingface\.co\/([\w.-]+\/[\w.-]+)\/?$/.exec(url ?? "")?.[1];
}

/** The two sides of `text+image->text`, or of `text+image` where only the input is spelled; text is then the output. */
export function modalitiesOf(
  spelling: string | null | undefined,
): { readonly input: readonly string[]; readonly output: readonly string[] } | undefined {
  const [input, output = "text"] = (spelling ?? "").split("->");
  return input === undefined || input === ""
    ? undefined
    : { input: input.split("+"), output: output.split("+") };
}
