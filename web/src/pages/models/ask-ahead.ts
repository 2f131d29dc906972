/** The first rows are asked for before the page is drawn: the answer is on its way meanwhile. */
import type { QueryClient } from "@tanstack/react-query";
import { addressOf } from "../../state/address.ts";
import { questionOf } from "./question.ts";
import { pageQuery } from "./use-models.ts";

export function askAhead(queries: QueryClient): void {
  const { pathname, search } = globalThis.location;
  if (pathname === "/") void queries.prefetchQuery(pageQuery(questionOf(addressOf(search)), 0));
}
