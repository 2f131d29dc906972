/** Cerebras, the list behind a key: ids and dates only, and not the same models as the public list. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { fromUnixSeconds, Id, UnixSeconds } from "../kit/wire.ts";

/** `owned_by` is the lab in some answers and "Cerebras" in others: it is not read. */
const Model = z.object({ id: Id, created: UnixSeconds });

const BASE_URL = "https://api.cerebras.ai/v1";

export const cerebrasAccount = defineSource({
  id: "cerebras-account",
  title: "Cerebras (with a key)",
  docs: "https://inference-docs.cerebras.ai/api-reference/models/list-models",
  gateway: "cerebras",
  authority: "own",
  baseUrl: BASE_URL,
  auth: bearer("CEREBRAS_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "cerebras",
      createdAt: fromUnixSeconds(model.created),
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
