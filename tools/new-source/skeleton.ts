/** The file that a new source starts as: it checks, lints and reads the invented fixture before anything is filled in. */
import { PAGINGS } from "./paging-word.ts";
import type { Plan } from "./plan.ts";

export function skeleton(plan: Plan): string {
  const { id, identifier, title, url, items, price } = plan;
  const paging = PAGINGS[plan.paging];
  const [auth, authCode] =
    plan.auth === undefined ? ["noAuth", "noAuth"] : ["bearer", `bearer(${text(plan.auth)})`];
  const { baseUrl, path } = splitUrl(url);
  return `/** ${title}: one line on what is special about this list. */
import * as z from "zod";
import { prices, unlessAllZero, ${price.constructor} } from "../domain/price.ts";
import { ${auth} } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { ${paging.name} } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, fromUnixSeconds, Id, stated, Text, UnixSeconds } from "../kit/wire.ts";

// One item, in the wire's own names: the fields that are used below, and no others.
const Model = z.object({
  id: Id,
  created: UnixSeconds,
  name: Text,
  context_length: Count,
  pricing: z.object({ input: Amount, output: Amount }).nullish(),
});

const BASE_URL = ${text(baseUrl)};

export const ${identifier} = defineSource({
  id: ${text(id)},
  title: ${text(title)},
  // The upstream's own reference page of this list.
  docs: ${text(`${url.origin}/docs`)},
  gateway: ${text(id)},
  authority: "own",
  priceUnit: ${text(price.wire)},
  baseUrl: BASE_URL,
  auth: ${authCode},
  views: [{ name: "models", path: ${text(path)}${queryCode(url)} }],
  paging: ${paging.code},
  items: ${text(items)},
  item: Model,
  listings: (model) => [
    {
      // Exactly as a caller sends it.
      nativeId: model.id,
      // Who runs the weights; leave the line out where the list does not say.
      provider: ${text(id)},
      name: stated(model.name),
      createdAt: fromUnixSeconds(model.created),
      contextTokens: stated(model.context_length),
      // The constructor's name is the wire's unit. A list of zeros is no price unless the upstream calls it free.
      prices: unlessAllZero(
        prices({
          input: ${price.constructor}(model.pricing?.input),
          output: ${price.constructor}(model.pricing?.output),
        }),
      ),
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
`;
}

/** The last step of the path is the view's; what stands before it is where calls go too. */
function splitUrl({ origin, pathname }: URL): { readonly baseUrl: string; readonly path: string } {
  const slash = pathname.replace(/\/+$/, "").lastIndexOf("/");
  return {
    baseUrl: origin + pathname.slice(0, Math.max(slash, 0)),
    path: pathname.slice(Math.max(slash, 0)),
  };
}

function queryCode({ searchParams }: URL): string {
  if (searchParams.size === 0) return "";
  const entries = [...searchParams].map(([name, value]) => `${keyCode(name)}: ${text(value)}`);
  return `, query: { ${entries.join(", ")} }`;
}

function keyCode(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : text(name);
}

/** A string as a program spells it. */
function text(value: string): string {
  return JSON.stringify(value);
}
