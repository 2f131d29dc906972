/** One model as the Hub shows it: first as everybody sees it, and only where that does not do with the caller's own token. */
import * as z from "zod";
import type { Runtime } from "../kit/runtime.ts";
import { createAnonymous, type Fresh } from "./anonymous.ts";
import { createFlights } from "./flights.ts";
import type { Hub, HubAnswer } from "./hub.ts";
import type { Kept } from "./kept.ts";
import { readMapping, Served } from "./mapping.ts";

const Seen = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("found"),
    /** As the Hub spells it now: a renamed model has another than was asked for. */
    id: z.string(),
    /** `auto` or `manual`; absent where it is open. */
    gated: z.string().optional(),
    task: z.string().optional(),
    served: z.array(Served).readonly(),
    unread: z.number(),
  }),
  /** Missing, or private: without a token the Hub does not say which. */
  z.object({ kind: z.literal("absent") }),
  z.object({ kind: z.literal("closed") }),
  z.object({ kind: z.literal("disabled") }),
  z.object({ kind: z.literal("token-refused") }),
  z.object({ kind: z.literal("silent"), why: z.string(), retryAfterMs: z.number().optional() }),
]);
export type Seen = z.infer<typeof Seen>;

export interface Sighting {
  readonly seen: Seen;
  readonly at: number;
  readonly as: "everybody" | "the caller";
  /** The Hub took no token of the caller's: what is said here is what everybody sees. */
  readonly tokenRefused?: true;
}

export interface Models {
  look(
    id: string,
    who?: { readonly token?: string | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<Sighting>;
}

const Model = z.object({
  id: z.string().min(1),
  gated: z.union([z.boolean(), z.string()]).nullish().catch(undefined),
  pipeline_tag: z.string().nullish().catch(undefined),
  inferenceProviderMapping: z.unknown().optional(),
});
const QUERY = [
  ["expand[]", "inferenceProviderMapping"],
  ["expand[]", "gated"],
  ["expand[]", "pipeline_tag"],
] as const;
const FLIGHTS_MAX = 1_000;

export function createModels(
  hub: Hub,
  world: { readonly runtime: Runtime; readonly kept: Kept },
  keyOf: (token: string) => string,
): Models {
  const everybody = createAnonymous(Seen, world);
  // Kept for nobody: they only fly together.
  const callers = createFlights<Sighting>(world.runtime, FLIGHTS_MAX);

  return {
    look: async (id, { token, signal } = {}) => {
      const { value: seen, at } = await everybody.get(`model ${id}`, () => lookAsEverybody(id), signal);
      const sighting: Sighting = { seen, at, as: "everybody" };
      if (token === undefined || !hub.takesTokens || !["absent", "closed", "silent"].includes(seen.kind))
        return sighting;
      const own = await callers.get(`${keyOf(token)} ${id}`, () => lookAsCaller(id, token), signal);
      return own.seen.kind === "token-refused" ? { ...sighting, tokenRefused: true } : own;
    },
  };

  async function lookAsEverybody(id: string): Promise<Fresh<Seen>> {
    const seen = seenIn(await ask(id), "nobody");
    if (seen.kind === "silent") return { value: seen, holds: "moment", retryAfterMs: seen.retryAfterMs };
    return { value: seen, holds: seen.kind === "found" ? "hour" : "minutes" };
  }

  async function lookAsCaller(id: string, token: string) {
    const seen = seenIn(await ask(id, token), "a caller");
    return { value: { seen, at: world.runtime.now(), as: "the caller" } as const, keepMs: 0 };
  }

  function ask(id: string, token?: string): Promise<HubAnswer> {
    return hub.ask({
      path: ["models", ...id.split("/")],
      query: QUERY,
      mayBeRenamed: true,
      ...(token === undefined ? {} : { token }),
    });
  }
}

function seenIn(answer: HubAnswer, whoAsked: "nobody" | "a caller"): Seen {
  if (answer.status === undefined) {
    const { why, retryAfterMs } = answer;
    return { kind: "silent", why, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const { status, headers } = answer;
  if (status === 200) return found(answer.body);
  if (headers["x-error-code"] === "GatedRepo") return { kind: "closed" };
  if (headers["x-error-code"] === "RepoNotFound" || status === 404) return { kind: "absent" };
  if (status === 401) return { kind: whoAsked === "nobody" ? "absent" : "token-refused" };
  if (status === 403) return { kind: isDisabled(answer) ? "disabled" : "closed" };
  return { kind: "silent", why: `the Hub answers with status ${status}, which is no answer to this` };
}

function found(body: unknown): Seen {
  const { data } = Model.safeParse(body);
  const mapping = data === undefined ? undefined : readMapping(data.inferenceProviderMapping);
  if (data === undefined || mapping === undefined)
    return { kind: "silent", why: "the Hub's answer has another shape than it had" };
  const gated = data.gated === true ? "auto" : data.gated;
  return {
    kind: "found",
    id: data.id,
    served: mapping.served,
    unread: mapping.unread,
    ...(typeof gated === "string" ? { gated } : {}),
    ...(typeof data.pipeline_tag === "string" ? { task: data.pipeline_tag } : {}),
  };
}

/** `Access to this resource is disabled.` stands in the header and in the body. */
function isDisabled({ headers, body }: Extract<HubAnswer, { readonly status: number }>): boolean {
  const stated: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : undefined;
  return /\bdisabled\b/i.test(
    `${headers["x-error-message"] ?? ""} ${typeof stated === "string" ? stated : ""}`,
  );
}
