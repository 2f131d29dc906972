/** Amazon Bedrock: one region's foundation models, without prices; a variant such as `:24k` is a row and an id of its own. */
import * as z from "zod";
import { awsSigV4, bearer } from "../kit/auth.ts";
import { bedrockConverse } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromIso, Id, stated, Text, WordList } from "../kit/wire.ts";

const Model = z.object({
  modelId: Id,
  modelArn: Text,
  modelName: Text,
  providerName: Text,
  inputModalities: WordList,
  outputModalities: WordList,
  responseStreamingSupported: Flag,
  customizationsSupported: WordList,
  inferenceTypesSupported: WordList,
  modelLifecycle: z
    .object({ status: Text, startOfLifeTime: Text, legacyTime: Text, endOfLifeTime: Text })
    .nullish(),
  explicitPromptCaching: z.object({ isSupported: Flag }).nullish(),
  batchSupported: z.object({ baseModelSupported: Flag }).nullish(),
  /** Where the model speaks Bedrock's own chat protocol. */
  converse: z.object({ maxTokensMaximum: Count, reasoningSupported: z.object({}).nullish() }).nullish(),
});

const STATUSES = new Map([
  ["ACTIVE", "live"],
  ["LEGACY", "deprecated"],
]);

export const bedrock = defineSource({
  id: "bedrock",
  title: "Amazon Bedrock",
  docs: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html",
  gateway: "bedrock",
  authority: "own",
  baseUrl: "https://bedrock.{AWS_REGION|AWS_DEFAULT_REGION|us-east-1}.amazonaws.com",
  auth: awsSigV4("bedrock", bearer("AWS_BEARER_TOKEN_BEDROCK")),
  views: [{ name: "foundation-models", path: "/foundation-models" }],
  paging: singlePage,
  items: "modelSummaries",
  itemId: "modelId",
  item: Model,
  listings: (model) => {
    const { converse, modelLifecycle: life } = model;
    // `arn:aws:bedrock:us-east-1::foundation-model/…`
    const region = stated(model.modelArn?.split(":")[3]);
    const writes = model.outputModalities?.includes("TEXT") === true;
    const calls = converse && region !== undefined && model.inferenceTypesSupported?.includes("ON_DEMAND");
    return [
      {
        nativeId: model.modelId,
        provider: "bedrock",
        name: stated(model.modelName),
        lab: stated(model.providerName),
        createdAt: fromIso(life?.startOfLifeTime),
        inputModalities: stated(model.inputModalities),
        outputModalities: stated(model.outputModalities),
        outputTokensMax: stated(converse?.maxTokensMaximum),
        capabilities: {
          vision: writes ? model.inputModalities?.includes("IMAGE") : undefined,
          reasoning: converse?.reasoningSupported ? true : undefined,
          streaming: stated(model.responseStreamingSupported),
          prompt_cache: stated(model.explicitPromptCaching?.isSupported),
          batch: stated(model.batchSupported?.baseModelSupported),
          fine_tuning: model.customizationsSupported?.includes("FINE_TUNING"),
        },
        status: STATUSES.get(life?.status ?? "") ?? stated(life?.status),
        regions: region === undefined ? undefined : [region],
        deprecatedAt: fromIso(life?.legacyTime),
        endsAt: fromIso(life?.endOfLifeTime),
        call: calls ? bedrockConverse(region, model.modelId) : undefined,
      },
    ];
  },
});
