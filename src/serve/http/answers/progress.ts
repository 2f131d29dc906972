/** What is being read now, and what is out: small enough to be asked again every other second. */
import * as z from "zod";
import { lastReading } from "../../../catalog/catalog.ts";
import { modelsServed } from "../../../catalog/counts.ts";
import type { Progress } from "../../../domain/progress.ts";
import type { ServingApplication } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import type { Staleness } from "./sources.ts";

export const ProgressQuestion = z.strictObject({});

export function progressNow(application: ServingApplication, { now, staleAfterMs }: Staleness): Buffer {
  const shelf = application.shelf();
  const cards = new Map(application.sources.map((card) => [card.id, card]));
  const observedAt = shelf === undefined ? undefined : lastReading(shelf);
  return single({
    object: "progress",
    ...(shelf === undefined
      ? {}
      : {
          revision: shelf.catalog.revision,
          models: modelsServed(shelf.catalog),
          offers: shelf.catalog.offers.length,
        }),
    ...(observedAt === undefined ? {} : { observed_at: instant(observedAt) }),
    stale: observedAt === undefined || now - observedAt > staleAfterMs,
    sources_configured: application.sources.filter(({ lacks }) => lacks === undefined).length,
    reading: application.inProgress().flatMap((progress) => {
      const standing = standingOf(progress);
      if (standing === false || progress.kind === "published") return [];
      const title = cards.get(progress.source)?.title ?? progress.source;
      return [{ source: progress.source, title, ...standing }];
    }),
  });
}

/** Where a read that has begun stands; `false` where none has. */
export function standingOf(progress: Progress | undefined): object | false {
  switch (progress?.kind) {
    case "started":
      return { rows: 0, pages: 0, rows_expected: progress.rowsExpected };
    case "page":
      return { rows: progress.rows, pages: progress.pages, rows_expected: progress.rowsExpected };
    case "placing":
      return { rows: progress.rows, rows_expected: progress.rowsExpected, placing: true };
    case "waiting":
      return { waiting_seconds: Math.ceil(progress.ms / 1_000), why: progress.why };
    case "finished":
    case "published":
    case undefined:
      return false;
  }
}
