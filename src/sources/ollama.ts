/** Ollama on a machine of one's own: the models that were pulled there. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Id, stated, Text } from "../kit/wire.ts";

const Model = z.object({
  name: Id,
  details: z.object({ parameter_size: Text, quantization_level: Text }).nullish(),
});

const BASE_URL = "http://localhost:11434";
const THOUSANDS = new Map([
  ["K", 1e3],
  ["M", 1e6],
  ["B", 1e9],
  ["T", 1e12],
]);

export const ollama = defineSource({
  id: "ollama",
  title: "Ollama",
  docs: "https://docs.ollama.com/api/tags",
  gateway: "ollama",
  authority: "own",
  visibility: "account",
  mayBeEmpty: true,
  onlyByAddress: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("OLLAMA_API_KEY")),
  views: [{ name: "tags", path: "/api/tags" }],
  paging: singlePage,
  items: "models",
  itemId: "name",
  item: Model,
  listings: ({ name, details }) => [
    {
      nativeId: name,
      provider: "ollama",
      parameters: parametersOf(details?.parameter_size),
      quantization: stated(details?.quantization_level),
      call: openaiChat(`${BASE_URL}/v1`, name),
    },
  ],
});

/** `14.8B`, as far as it is spelled out. */
function parametersOf(size: string | null | undefined): number | undefined {
  const [, count, unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?)([KMBT])$/.exec(size ?? "") ?? [];
  return count === undefined
    ? undefined
    : Math.round(Number(count) * (THOUSANDS.get(unit) ?? 1)) || undefined;
}
