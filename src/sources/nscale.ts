/** Nscale: ids and no more; text and image models look alike. */
import { bearer } from "../kit/auth.ts";
import { definePlainList } from "../kit/openai-list.ts";

export const nscale = definePlainList({
  id: "nscale",
  title: "Nscale",
  docs: "https://docs.nscale.com/api-reference/serverless-api/models",
  gateway: "nscale",
  baseUrl: "https://inference.api.nscale.com/v1",
  auth: bearer("NSCALE_API_KEY", "NSCALE_SERVICE_TOKEN"),
  facts: () => ({}),
});
