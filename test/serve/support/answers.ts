/** Whether an answer is what its route's description says. */
import type * as z from "zod";
import { ProblemDocument } from "../../../src/serve/http/documents/problem.ts";
import type { Route } from "../../../src/serve/http/route.ts";
import { ROUTES } from "../../../src/serve/http/routes.ts";

export interface Got {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: string;
}

/** What does not fit, in words; nothing where all does. */
export function misfit(route: Route, got: Got): string | undefined {
  const stated = got.headers["content-type"];
  const type = typeof stated === "string" ? (stated.split(";")[0] ?? "") : "";
  if ([304, 308].includes(got.statusCode)) return got.body === "" ? undefined : "a body where none belongs";
  if (got.statusCode >= 400) {
    if (type !== "application/problem+json") return `a problem as ${type}`;
    const read = ProblemDocument.safeParse(JSON.parse(got.body));
    return read.success ? undefined : read.error.message;
  }
  const schema: z.ZodType | undefined = got.statusCode === 300 ? route.choices : route.document;
  if (schema === undefined) return `status ${got.statusCode}, which the route does not describe`;
  if (type !== (route.media ?? "application/json")) return `an answer as ${type}`;
  const read = schema.safeParse(type === "application/json" ? JSON.parse(got.body) : got.body);
  return read.success ? undefined : read.error.message;
}

export function routeAt(path: string, method = "GET"): Route {
  const route = ROUTES.find((each) => each.path === path && each.method === method);
  if (route === undefined) throw new Error(`no route ${method} ${path}`);
  return route;
}
