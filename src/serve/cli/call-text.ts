/** How to call a model at its cheapest offer: a command to copy. Nothing that an upstream wrote can leave its quotes there. */
import type { SourceCard } from "../application.ts";
import type { ModelDocument, OfferDocument } from "./documents.ts";
import { plain, plainJson } from "./plain.ts";
import { offerPrices } from "./price-text.ts";

export function callText(model: ModelDocument, sources: readonly SourceCard[]): string {
  const offers = model.offers ?? [];
  const cheapest = offers.find((offer) => offer.id === model.cheapest?.offer);
  const offer = cheapest ?? offers.find((each) => each.call !== undefined);
  if (offer?.call === undefined) return "";
  const [input, output] = offerPrices(offer);
  const price =
    cheapest === undefined
      ? "no price is known to compare by"
      : `${input} in, ${output} out, for a million tokens`;
  const at = `${cheapest === undefined ? "To call it" : "To call the cheapest"}, at ${offer.gateway} (${price}):`;
  return `\n${plain(at)}\n\n${callCommand(offer.call, offer.gateway, sources)}\n`;
}

/** A command to copy that calls an offer at its gateway. */
export function callCommand(
  call: NonNullable<OfferDocument["call"]>,
  gateway: string,
  sources: readonly SourceCard[],
): string {
  const credential = credentialOf(gateway, sources);
  if (call.protocol !== "openai-chat") {
    return `  protocol ${plain(call.protocol)}, at ${plain(call.base_url)}, model ${plain(call.model)}`;
  }
  const body = JSON.stringify({ model: call.model, messages: [{ role: "user", content: "Hello" }] });
  return [
    `  curl ${quoted(`${call.base_url.replace(/\/$/, "")}/chat/completions`)} \\`,
    ...(credential === undefined ? [] : [`    -H "Authorization: Bearer $${credential}" \\`]),
    "    -H 'Content-Type: application/json' \\",
    `    -d ${quoted(plainJson(body))}`,
  ].join("\n");
}

/** The setting that holds the key of the gateway, where a source of that gateway takes one. */
function credentialOf(gateway: string, sources: readonly SourceCard[]): string | undefined {
  return sources.find((source) => source.gateway === gateway && source.credentials.length > 0)
    ?.credentials[0];
}

/** One word of a POSIX shell, whatever the text holds. */
function quoted(text: string): string {
  return `'${plain(text).replaceAll("'", String.raw`'\''`)}'`;
}
