/** What a usage costs at every offer of a model, or at all offers that fit a question: now from the revision, with `as_of` from the catalog of then, of one model `at` an earlier time from what the ledger knew then. */
import * as z from "zod";
import { AMOUNT_NAMES, AMOUNTS, countOf, usageOf, type Amount } from "../../../cost/amounts.ts";
import { costOf, type Costed } from "../../../cost/cost.ts";
import { BadUsage, TIERS, type Quantity, type Usage } from "../../../cost/usage.ts";
import { dialectOf, vendorUsage } from "../../../cost/vendors.ts";
import { LIMIT_DEFAULT, LIMIT_MAX } from "../../../catalog/parameters.ts";
import { decimalText, divide, type Decimal } from "../../../domain/decimal.ts";
import { perMillion } from "../../../domain/price.ts";
import type { Application } from "../../application.ts";
import {
  countedReasons,
  DEFAULT_MIX,
  offersAsked,
  offersAt,
  pricedOf,
  ranked,
  type Offer,
} from "./cost-offers.ts";
import { instant, single } from "./envelope.ts";
import { MOMENT_ALLOWED, momentOf } from "./moment.ts";
import { BadQuestion, quoted } from "./question.ts";
import { applicationThen, THEN } from "./then.ts";

/** A count, as a number or in a person's spelling. */
const Count = z.union([z.number(), z.string().max(40)]);

const Fields = z.strictObject({
  model: z.string().max(512).optional().describe("Any id that the model has: at its offers."),
  offers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe(
      "At the offers that fit: parameters of `/v1/offers` by their names. With `model`, at those of its offers; `{}` is every offer.",
    ),
  usage: z
    .record(z.string(), z.unknown())
    .default(DEFAULT_MIX)
    .describe(
      `A usage object as OpenAI, Anthropic or Google return it (or the whole answer that holds it), or amounts: ${AMOUNT_NAMES.join(", ")}. Without it three tokens in for one out: ${JSON.stringify(DEFAULT_MIX)}.`,
    ),
  requests: Count.optional().describe("Over how many requests the usage goes; a usage object is of one."),
  tier: z
    .enum(TIERS)
    .optional()
    .describe(`How it is served: ${TIERS.join(", ")}; else at once.`),
  region: z.string().max(100).optional().describe("Where it is served, for prices that depend on it."),
  at: z
    .string()
    .max(40)
    .optional()
    .describe(
      `For the prices of that time, and its time of day; an earlier one goes with \`model\` alone. With \`as_of\` its time of day alone, and without it that of \`as_of\`. ${MOMENT_ALLOWED}`,
    ),
  as_of: THEN.as_of.describe(
    `At the offers and the prices of this moment, by today's rules; goes with \`model\` and \`offers\`. ${MOMENT_ALLOWED}`,
  ),
  known_at: THEN.known_at,
  limit: z
    .int()
    .min(1)
    .max(LIMIT_MAX)
    .optional()
    .describe(`How many of each list to answer; without it ${LIMIT_DEFAULT}, and all of a model.`),
});
export const CostQuestion = Fields.refine(
  ({ model, offers }) => model !== undefined || offers !== undefined,
  {
    error: "state `model`, or with `offers` which ones",
  },
);
export type CostQuestion = z.infer<typeof CostQuestion>;

/** Throws `BadQuestion` for a usage that cannot be read, `NoSuchModel`, `NotReady` before the first revision, and `TooManyThen`. */
export async function costAnswer(today: Application, question: CostQuestion, now: number): Promise<Buffer> {
  const asOf = question.as_of === undefined ? undefined : momentOf("as_of", question.as_of, now);
  const at = question.at === undefined ? (asOf ?? now) : momentOf("at", question.at, now);
  const { dialect, ...usage } = usageIn(question);
  const application = await applicationThen(today, question, now);
  const { shelf, model, offers: current } = offersAsked(application, question);
  const isEarlier = asOf === undefined && at < shelf.catalog.createdAt;
  if (isEarlier && question.offers !== undefined)
    throw new BadQuestion(
      "bad-value",
      "at an earlier time goes with `model` alone: ask with `as_of` what fitted then",
      { parameter: "at" },
    );
  const offers = isEarlier ? await offersAt(application, current, at, now) : current;
  const tier = question.tier ?? usage.tier;
  const occasion = {
    minute: Math.floor(at / 60_000) % MINUTES_OF_A_DAY,
    ...(tier === undefined ? {} : { tier }),
    ...(question.region === undefined ? {} : { region: question.region }),
  };
  const costs = offers.map((offer) => ({ offer, costed: costOf(usage, pricedOf(offer), occasion) }));
  const priced = costs.flatMap(({ offer, costed }) => ("usd" in costed ? [{ offer, costed }] : []));
  const unpriced = costs.flatMap(({ offer, costed }) => ("reason" in costed ? [{ offer, costed }] : []));
  const limit = question.limit ?? (question.offers === undefined ? Infinity : LIMIT_DEFAULT);
  return single({
    object: "cost",
    model,
    usage: usageDocument(usage, dialect),
    at: instant(at),
    as_of: asOf === undefined ? undefined : instant(asOf),
    tier,
    region: question.region,
    data: ranked(priced)
      .slice(0, limit)
      .map(({ offer, costed }) => costDocument(offer, costed)),
    total: priced.length,
    not_priced: unpriced.slice(0, limit).map(({ offer, costed }) => ({
      offer: offer.id,
      gateway: offer.gateway,
      provider: offer.provider,
      ...costed,
    })),
    not_priced_total: unpriced.length,
    not_priced_by_reason: countedReasons(unpriced),
    revision: shelf.catalog.revision,
  });
}

const MINUTES_OF_A_DAY = 1_440;

function usageIn({ usage, requests }: CostQuestion): Usage & { readonly dialect?: string } {
  const count = requests === undefined ? undefined : countOf(requests);
  if (requests !== undefined && (count === undefined || count.digits === 0n))
    throw badUsage(`requests cannot be ${quoted(String(requests))}: a number like 1000 or 1k`, "requests");
  try {
    if (dialectOf(usage) === undefined) return usageOf(amountsIn(usage), count);
    const read = vendorUsage(usage);
    return count === undefined ? read : { ...read, requests: count, ...perRequest(read, count) };
  } catch (error) {
    throw error instanceof BadUsage ? badUsage(error.message, "usage") : error;
  }
}

/** Where one object sums several requests, a prompt is as long as they are on average. */
function perRequest({ promptTokens }: Usage, { digits, scale }: Decimal): Pick<Usage, "promptTokens"> {
  if (promptTokens === undefined) return {};
  return {
    promptTokens: divide(
      { digits: promptTokens.digits * 10n ** BigInt(scale), scale: promptTokens.scale },
      digits,
    ),
  };
}

function amountsIn(usage: CostQuestion["usage"]): { readonly [name in Amount]?: string | number } {
  const amounts: { [name in Amount]?: string | number } = {};
  for (const [key, value] of Object.entries(usage)) {
    const name = AMOUNT_NAMES.find((one) => one === key);
    if (name === undefined)
      throw badUsage(
        `no usage is called ${quoted(key)}. Known: ${AMOUNT_NAMES.map((one) => `${one} (${AMOUNTS[one].means})`).join(", ")}; or a usage object of OpenAI's, Anthropic's or Google's`,
        "usage",
      );
    const count = Count.safeParse(value);
    if (!count.success) throw badUsage(`${name} is a count like 2000 or "10M"`, "usage");
    amounts[name] = count.data;
  }
  if (Object.keys(amounts).length === 0) throw badUsage("the usage is empty", "usage");
  return amounts;
}

function badUsage(message: string, parameter: string): BadQuestion {
  return new BadQuestion("bad-value", message, { parameter });
}

function usageDocument({ quantities, requests, promptTokens, unread }: Usage, dialect: string | undefined) {
  return {
    dialect,
    quantities: quantities.filter(({ count }) => count.digits !== 0n).map(quantityDocument),
    requests: requests === undefined ? undefined : decimalText(requests),
    prompt_tokens: promptTokens === undefined ? undefined : decimalText(promptTokens),
    unread,
  };
}

function quantityDocument({ meter, unit, count, ttl }: Quantity) {
  return { meter, unit, count: decimalText(count), ttl };
}

function costDocument(offer: Offer, costed: Extract<Costed, { readonly usd: string }>) {
  return {
    object: "offer_cost",
    offer: offer.id,
    gateway: offer.gateway,
    provider: offer.provider,
    usd: costed.usd,
    components: costed.components.map(({ price, ...component }) => ({
      ...component,
      price: {
        ...price,
        per_million: price.unit === "token" ? perMillion(price) : undefined,
      },
    })),
    attested: offer.attested,
    prices_source: offer.prices_source,
    status: offer.status,
    model: offer.model,
    context_tokens: offer.context_tokens,
    call: offer.call,
  };
}
