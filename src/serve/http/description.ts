/** How the API describes itself: to programs at /openapi.json, to people at /docs. */
import * as z from "zod";
import { docsPage } from "./docs-page.ts";
import type { FixedPage } from "./fixed.ts";
import { openApiOf } from "./openapi.ts";
import type { Route } from "./route.ts";

/** The routes that describe these, made when they are first asked for. */
export function descriptionRoutes(routes: readonly Route[]): readonly Route[] {
  const described: readonly Route[] = [
    {
      method: "GET",
      path: "/openapi.json",
      policy: "public",
      summary: "This API as OpenAPI 3.1, for programs.",
      parameters: undefined,
      document: z.looseObject({ openapi: z.string() }),
      example: "/openapi.json",
      answer: ({ application }) => ({ kind: "fixed", page: pages(application.version).json }),
    },
    {
      method: "GET",
      path: "/docs",
      policy: "public",
      summary: "This API as a page to read.",
      parameters: undefined,
      document: z.string(),
      media: "text/html",
      example: "/docs",
      answer: ({ application }) => ({ kind: "fixed", page: pages(application.version).html }),
    },
  ];
  let made: { readonly json: FixedPage; readonly html: FixedPage } | undefined;
  const pages = (version: string) => {
    made ??= pagesOf([...routes, ...described], version);
    return made;
  };
  return described;
}

function pagesOf(routes: readonly Route[], version: string) {
  const api = openApiOf(routes, version);
  const json = { type: "application/json; charset=utf-8", bytes: Buffer.from(`${JSON.stringify(api)}\n`) };
  return { json, html: docsPage(api) };
}
