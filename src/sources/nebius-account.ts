/** Nebius Token Factory, the list behind a key: plain rows are an id only, verbose ones carry prices. `created` is the time of the request. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerRequest, usdPerToken } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Id, modalitiesOf, stated, Text, used, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  name: Text,
  description: Text,
  context_length: Count,
  architecture: z.object({ modality: Text }).nullish(),
  pricing: z.object({ prompt: Amount, completion: Amount, request: Amount }).nullish(),
  supported_features: WordList,
});

const BASE_URL = "https://api.tokenfactory.nebius.com/v1";

export const nebiusAccount = defineSource({
  id: "nebius-account",
  title: "Nebius Token Factory (with a key)",
  docs: "https://docs.tokenfactory.nebius.com/api-reference/models/list-models",
  gateway: "nebius",
  authority: "own",
  priceUnit: "US dollars per token, as text",
  baseUrl: BASE_URL,
  auth: bearer("NEBIUS_API_KEY"),
  views: [{ name: "models", path: "/models", query: { verbose: "true" } }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const modalities = modalitiesOf(model.architecture?.modality);
    return [
      {
        nativeId: model.id,
        provider: "nebius",
        name: stated(model.name),
        description: stated(model.description),
        contextTokens: stated(model.context_length),
        inputModalities: modalities?.input,
        outputModalities: modalities?.output,
        capabilities: yes(model.supported_features),
        prices: unlessAllZero(
          prices({
            input: usdPerToken(model.pricing?.prompt),
            output: usdPerToken(model.pricing?.completion),
            request: usdPerRequest(used(model.pricing?.request)),
          }),
        ),
        call: modalities?.output.includes("text") === true ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
