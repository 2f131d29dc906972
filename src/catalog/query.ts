/** The one schema of a question, for HTTP, command line and library: names, bounds and defaults. */
import * as z from "zod";

export const LIMIT_MAX = 1_000;
const LIMIT_DEFAULT = 100;
const OFFSET_MAX = 10_000_000;
const TEXT_LENGTH_MAX = 200;

/** Several values by comma: `gateway=groq,together`. */
const Words = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  )
  .optional();

const Page = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMIT_MAX)
    .default(LIMIT_DEFAULT)
    .describe(`How many to answer, 1 to ${LIMIT_MAX}; without it ${LIMIT_DEFAULT}.`),
  offset: z.coerce.number().int().min(0).max(OFFSET_MAX).default(0).describe("How many to pass over first."),
};

export const ModelQuery = z.strictObject({
  gateway: Words.describe(
    "Models that one of these gateways offers; `hug` is `huggingface`, `all` is every gateway.",
  ),
  provider: Words.describe("Models that one of these providers serves, through the gateway asked for."),
  q: z
    .string()
    .max(TEXT_LENGTH_MAX)
    .optional()
    .describe(
      `Words and fragments of ids, names, labs and aliases; all must be found. At most ${TEXT_LENGTH_MAX} characters.`,
    ),
  ...Page,
});
export type ModelQuery = z.infer<typeof ModelQuery>;

export const OfferQuery = z.strictObject({
  gateway: Words.describe("Offers of these gateways; `hug` is `huggingface`, `all` is every gateway."),
  provider: Words.describe("Offers of these providers."),
  model: z.string().optional().describe("Offers of this model, by any id that it has."),
  q: z
    .string()
    .max(TEXT_LENGTH_MAX)
    .optional()
    .describe(`Words and fragments of the offer's id. At most ${TEXT_LENGTH_MAX} characters.`),
  ...Page,
});
export type OfferQuery = z.infer<typeof OfferQuery>;

/** The founding spelling of a gateway and today's are one. */
const GATEWAY_ALIASES: { readonly [alias: string]: string } = { hug: "huggingface" };

/** The gateways that a query names, or nothing where it names all. */
export function gatewaysAsked(gateways: readonly string[] | undefined): readonly string[] | undefined {
  if (gateways === undefined || gateways.length === 0 || gateways.includes("all")) return undefined;
  return gateways.map((gateway) =>
    Object.hasOwn(GATEWAY_ALIASES, gateway) ? (GATEWAY_ALIASES[gateway] ?? gateway) : gateway,
  );
}
