/** vLLM on a machine of one's own: the model that it was started with, and its adapters. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated, Text } from "../kit/wire.ts";

/** `created` is the time of the request. `root` is what was loaded: a Hub id, or a path on that machine. */
const Model = z.object({ id: Id, root: Text, max_model_len: Count });

const BASE_URL = "http://localhost:8000";

export const vllm = defineSource({
  id: "vllm",
  title: "vLLM",
  docs: "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
  gateway: "vllm",
  authority: "own",
  visibility: "account",
  mayBeEmpty: true,
  onlyByAddress: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("VLLM_API_KEY")),
  views: [{ name: "models", path: "/v1/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: ({ id, root, max_model_len: contextTokens }) => [
    {
      nativeId: id,
      provider: "vllm",
      providerNativeId: stated(root),
      contextTokens: stated(contextTokens),
      call: openaiChat(`${BASE_URL}/v1`, id),
    },
  ],
});
