/** NVIDIA's hosted microservices: public, many labs, and nothing that tells a chat model from an embedding or a reward model. */
import { bearer, optional } from "../kit/auth.ts";
import { definePlainList } from "../kit/openai-list.ts";
import { stated } from "../kit/wire.ts";

export const nvidia = definePlainList({
  id: "nvidia",
  title: "NVIDIA NIM",
  docs: "https://docs.api.nvidia.com/nim/reference/llm-apis",
  gateway: "nvidia",
  baseUrl: "https://integrate.api.nvidia.com/v1",
  auth: optional(bearer("NVIDIA_API_KEY")),
  // `created` is the same day of 1993 on every row.
  facts: (model) => ({ lab: stated(model.owned_by) }),
});
