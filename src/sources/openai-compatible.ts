/** Any other server that answers as OpenAI's does, at the base URL that its clients are given, `/v1` included where it has one. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated } from "../kit/wire.ts";

/** What servers add to OpenAI's four fields, as far as one meaning is common; who runs what, and since when, is not. */
const Model = z.object({ id: Id, context_length: Count, context_window: Count, max_model_len: Count });

const BASE_URL = "http://localhost/v1";

export const openaiCompatible = defineSource({
  id: "openai-compatible",
  title: "An OpenAI-compatible server",
  docs: "https://platform.openai.com/docs/api-reference/models/list",
  gateway: "openai-compatible",
  authority: "own",
  visibility: "account",
  mayBeEmpty: true,
  onlyByAddress: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("OPENAI_COMPATIBLE_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      contextTokens:
        stated(model.context_length) ?? stated(model.context_window) ?? stated(model.max_model_len),
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
