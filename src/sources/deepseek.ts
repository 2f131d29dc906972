/** DeepSeek: two or three ids without a date; each names whatever model stands behind it today. */
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { definePlainList } from "../kit/openai-list.ts";
import { stated } from "../kit/wire.ts";

const BASE_URL = "https://api.deepseek.com";

export const deepseek = definePlainList({
  id: "deepseek",
  title: "DeepSeek",
  docs: "https://api-docs.deepseek.com/api/list-models",
  gateway: "deepseek",
  baseUrl: BASE_URL,
  auth: bearer("DEEPSEEK_API_KEY"),
  facts: (model) => ({ lab: stated(model.owned_by), call: openaiChat(BASE_URL, model.id) }),
});
