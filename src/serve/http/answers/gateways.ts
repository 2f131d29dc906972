/** The gateways of a revision, its labs and its tasks, with how much there is of each. */
import * as z from "zod";
import { countBy, type WordCount } from "../../../catalog/counts.ts";
import type { Application } from "../../application.ts";
import { listOf } from "./envelope.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

export const GatewayQuestion = z.strictObject({});

export function gatewayList(application: Pick<Application, "shelf" | "sources">): RevisionAnswer {
  return countList(application, "gateway", ({ id, models, offers }) => ({
    id,
    object: "gateway",
    models,
    offers,
    sources: application.sources.filter((source) => source.gateway === id).map((source) => source.id),
  }));
}

export function labList(application: Pick<Application, "shelf">): RevisionAnswer {
  return countList(application, "lab", (count) => ({ ...count, object: "lab" }));
}

export function taskList(application: Pick<Application, "shelf">): RevisionAnswer {
  return countList(application, "task", (count) => ({ ...count, object: "task" }));
}

function countList(
  application: Pick<Application, "shelf">,
  name: "gateway" | "lab" | "task",
  documentOf: (count: WordCount) => object,
): RevisionAnswer {
  const shelf = currentShelf(application);
  return {
    shelf,
    bytes: () => {
      const counts = countBy(shelf.catalog, name).map(documentOf);
      return listOf(counts, { total: counts.length, has_more: false, revision: shelf.catalog.revision });
    },
  };
}
