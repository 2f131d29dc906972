/** Fireworks' control plane: the public account's models that are served without a deployment; richer, and also without prices. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { pageToken } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromIso, huggingFaceIdOf, Id, stated, Text } from "../kit/wire.ts";

const CalendarDay = z.object({ year: z.number().int(), month: z.number().int(), day: z.number().int() });

const Model = z.object({
  name: Id,
  displayName: Text,
  description: Text,
  createTime: Text,
  state: Text,
  public: Flag,
  huggingFaceUrl: Text,
  contextLength: Count,
  supportsImageInput: Flag,
  supportsTools: Flag,
  supportsServerless: Flag,
  baseModelDetails: z.object({ parameterCount: Text, defaultPrecision: Text }).nullish(),
  deprecationDate: CalendarDay.nullish(),
});
type Model = z.infer<typeof Model>;

export const fireworksAccount = defineSource({
  id: "fireworks-account",
  title: "Fireworks AI (control plane)",
  docs: "https://docs.fireworks.ai/api-reference/list-models",
  gateway: "fireworks",
  authority: "own",
  baseUrl: "https://api.fireworks.ai/v1",
  auth: bearer("FIREWORKS_API_KEY"),
  views: [
    { name: "serverless", path: "/accounts/fireworks/models", query: { filter: "supports_serverless=true" } },
  ],
  paging: pageToken({ parameter: "pageToken", at: "nextPageToken", query: { pageSize: "200" } }),
  items: "models",
  total: "totalSize",
  itemId: "name",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.name,
      provider: "fireworks",
      name: stated(model.displayName),
      description: stated(model.description),
      createdAt: fromIso(model.createTime),
      contextTokens: stated(model.contextLength),
      capabilities: { tools: stated(model.supportsTools), vision: stated(model.supportsImageInput) },
      status: statusOf(model),
      parameters: parametersOf(model.baseModelDetails?.parameterCount),
      quantization: precisionOf(model.baseModelDetails?.defaultPrecision),
      huggingFaceId: huggingFaceIdOf(model.huggingFaceUrl),
      deprecatedAt: dayOf(model.deprecationDate),
      visibility: model.public === false ? "account" : undefined,
    },
  ],
});

function statusOf({ state, supportsServerless }: Model): string | undefined {
  if (supportsServerless === false) return "inactive";
  return state === "READY" ? "live" : state === "UPLOADING" ? "staging" : undefined;
}

/** A count as text, int64 style; "0" is "not stated". */
function parametersOf(count: string | null | undefined): number | undefined {
  return /^[1-9]\d{0,15}$/.test(count ?? "") ? Number(count) : undefined;
}

function precisionOf(precision: string | null | undefined): string | undefined {
  return precision === "PRECISION_UNSPECIFIED" ? undefined : stated(precision);
}

/** A day of 0 is a whole month, as in Google's `Date`. */
function dayOf(date: z.infer<typeof CalendarDay> | null | undefined): number | undefined {
  return date ? Date.UTC(date.year, Math.max(date.month, 1) - 1, Math.max(date.day, 1)) : undefined;
}
