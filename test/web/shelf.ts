/** A shelf of three models that somebody offers: enough for pages that are not about models. */
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { NOW } from "../serve/support/catalog.ts";

export function threeModels(): Shelf {
  const models = ["lab/one", "lab/two", "lab/three"].map((id) => {
    const document = {
      id,
      object: "model",
      name: id,
      owned_by: "lab",
      created: NOW / 1_000,
      updated_at: new Date(NOW).toISOString(),
      offers_count: 1,
      gateways: ["groq"],
    };
    const offer = { id: `groq/groq/${id}`, gateway: "groq", provider: "groq", native_id: id, model: id };
    return { id, aliases: [], document, offers: [{ id: offer.id, document: offer }] };
  });
  return { catalog: buildCatalog(models, 7, NOW), freshness: new Map([["groq", NOW]]) };
}
