/** llama.cpp's server on a machine of one's own: the same models twice in one answer, of which `data` tells their size. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated, WordList } from "../kit/wire.ts";

/** `created` is the time of the request. */
const Model = z.object({
  id: Id,
  aliases: WordList,
  meta: z.object({ n_ctx: Count, n_params: z.number().int().min(0).nullish() }).nullish(),
});

const BASE_URL = "http://localhost:8080";

export const llamaCpp = defineSource({
  id: "llama-cpp",
  title: "llama.cpp",
  docs: "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
  gateway: "llama-cpp",
  authority: "own",
  visibility: "account",
  mayBeEmpty: true,
  onlyByAddress: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("LLAMA_API_KEY")),
  views: [{ name: "models", path: "/v1/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: ({ id, aliases, meta }) => [
    {
      nativeId: id,
      provider: "llama-cpp",
      // What the server was started with; `n_ctx_train` is what the model could take.
      contextTokens: stated(meta?.n_ctx),
      parameters: meta?.n_params || undefined,
      aliases: aliases?.filter((alias) => alias !== id),
      call: openaiChat(`${BASE_URL}/v1`, id),
    },
  ],
});
