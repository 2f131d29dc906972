/** Z.ai: the GLM models, from their lab; ids and no more. */
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { definePlainList } from "../kit/openai-list.ts";

const BASE_URL = "https://api.z.ai/api/paas/v4";

export const zai = definePlainList({
  id: "zai",
  title: "Z.ai",
  docs: "https://docs.z.ai/api-reference/introduction",
  gateway: "zai",
  baseUrl: BASE_URL,
  auth: bearer("ZAI_API_KEY", "ZHIPU_API_KEY"),
  // `created` and `owned_by` are not known to mean anything here.
  facts: (model) => ({ call: openaiChat(BASE_URL, model.id) }),
});
