/** What an answer was an answer to: the request and the mapper that read it. When either differs, "unchanged" means nothing. */
import { createHash } from "node:crypto";
import type { Cause } from "../domain/change.ts";
import type { Source } from "../kit/source.ts";

/** `mapper|hash of the request`. A credential counts as far as it is there: it may widen what the list shows. */
export function fingerprintOf(source: Source, hasCredential: boolean): string {
  const request =
    source.kind === "package"
      ? ["package"]
      : [
          source.baseUrl,
          source.views,
          source.paging.kind,
          source.paging.query,
          source.headers ?? {},
          hasCredential,
        ];
  return `${source.mapper ?? 1}|${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 16)}`;
}

/** Why two answers differ, as far as what we did differently explains it: a source's first run is a new question. */
export function causeOf(before: string | undefined, now: string): Cause {
  if (before === undefined) return "scope";
  if (before === now) return "upstream";
  return before.split("|")[0] === now.split("|")[0] ? "scope" : "rules";
}
