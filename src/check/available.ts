/** Models that can be called through Hugging Face now: from the catalog, or with a caller's token from the Hub. */
import * as z from "zod";
import type { Shelf } from "../catalog/catalog.ts";
import { WorldError } from "../domain/errors.ts";
import type { Runtime } from "../kit/runtime.ts";
import { createAnonymous, type Dated, type Fresh } from "./anonymous.ts";
import { createFlights } from "./flights.ts";
import type { Hub, HubAnswer } from "./hub.ts";
import { hubOffers, type HubOffers } from "./hub-offers.ts";
import type { Kept } from "./kept.ts";
import { fitsTask, readMapping, Served } from "./mapping.ts";
import { ANY_PROVIDER, BadName, providerNamed, taskNamed } from "./names.ts";
import type { ProviderDiscovery } from "./providers.ts";

const AvailableModel = z.object({ id: z.string(), providers: z.array(Served).readonly() });
export type AvailableModel = z.infer<typeof AvailableModel>;

export interface AvailableModels {
  readonly models: readonly AvailableModel[];
  readonly from: "catalog" | "hub";
  /** When this was true, milliseconds since 1970. */
  readonly at: number;
  /** False where there are more than were asked for. */
  readonly isAll: boolean;
}

export interface AvailableQuestion {
  readonly task?: string | undefined;
  /** One provider, or any. */
  readonly inferenceProvider?: string | undefined;
  readonly limit?: number | undefined;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Throws `BadName`, and `WorldError` where nobody answers: an outage is no empty list. */
export type GetAvailable = (question?: AvailableQuestion) => Promise<AvailableModels>;

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

const Answered = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("models"), models: z.array(AvailableModel).readonly(), isAll: z.boolean() }),
  z.object({ kind: z.literal("no-such-provider"), known: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal("token-refused") }),
  z.object({ kind: z.literal("silent"), why: z.string() }),
]);
type Answered = z.infer<typeof Answered>;

const Row = z.object({ id: z.string().min(1), inferenceProviderMapping: z.unknown().optional() });
const FLIGHTS_MAX = 1_000;

interface Asked {
  readonly provider: string;
  readonly task: string | undefined;
  readonly limit: number;
}

export function createGetAvailable(
  hub: Hub,
  world: { readonly runtime: Runtime; readonly kept: Kept; shelf(): Shelf | undefined },
  keyOf: (token: string) => string,
  { enumerated }: ProviderDiscovery,
): GetAvailable {
  const everybody = createAnonymous(Answered, world);
  const callers = createFlights<Dated<Answered>>(world.runtime, FLIGHTS_MAX);

  return async ({ task, inferenceProvider = ANY_PROVIDER, limit = LIMIT_DEFAULT, token, signal } = {}) => {
    const asked: Asked = {
      provider: providerNamed(inferenceProvider),
      task: task === undefined ? undefined : taskNamed(task),
      limit: Math.min(Math.max(1, Math.floor(limit)), LIMIT_MAX),
    };
    const listed = token === undefined ? hubOffers(world.shelf()) : undefined;
    if (listed !== undefined) return ofCatalog(listed, asked);
    const name = `models ${asked.provider} ${asked.task ?? "-"} ${asked.limit}`;
    const { value, at } =
      token === undefined
        ? await everybody.get(name, () => askAsEverybody(asked), signal)
        : await callers.get(`${keyOf(token)} ${name}`, () => askAsCaller(asked, token), signal);
    return { ...believed(value), from: "hub", at };
  };

  async function askAsEverybody(asked: Asked): Promise<Fresh<Answered>> {
    const answer = await hub.ask(questionOf(asked));
    const value = answeredBy(answer, asked);
    const retryAfterMs = answer.status === undefined ? answer.retryAfterMs : undefined;
    const holds = value.kind === "models" ? "hour" : value.kind === "silent" ? "moment" : "minutes";
    return { value, holds, retryAfterMs };
  }

  async function askAsCaller(asked: Asked, token: string) {
    const value = answeredBy(await hub.ask({ ...questionOf(asked), token }), asked);
    return { value: { value, at: world.runtime.now() }, keepMs: 0 };
  }

  function answeredBy(answer: HubAnswer, asked: Asked): Answered {
    if (answer.status === undefined) return { kind: "silent", why: answer.why };
    const known = answer.status === 400 ? enumerated(answer.body) : undefined;
    if (known !== undefined) return { kind: "no-such-provider", known: [...known] };
    if (answer.status === 401) return { kind: "token-refused" };
    if (answer.status !== 200 || !Array.isArray(answer.body))
      return { kind: "silent", why: `the Hub answers with status ${answer.status} and no list` };
    const models = answer.body.flatMap((row: unknown) => modelOf(row, asked));
    return { kind: "models", models, isAll: !(answer.headers["link"] ?? "").includes('rel="next"') };
  }
}

function questionOf({ provider, task, limit }: Asked) {
  return {
    path: ["models"],
    query: [
      ["inference_provider", provider === ANY_PROVIDER ? "all" : provider],
      // The Hub's models have the task of their weights: a chat is a use of those.
      ...(task === undefined
        ? []
        : [["pipeline_tag", task === "conversational" ? "text-generation" : task] as const]),
      ["expand[]", "inferenceProviderMapping"],
      ["sort", "downloads"],
      ["limit", String(limit)],
    ],
  } as const;
}

/** The list holds models whose providers are not live, too. */
function modelOf(row: unknown, asked: Asked): readonly AvailableModel[] {
  const { data } = Row.safeParse(row);
  const served = readMapping(data?.inferenceProviderMapping)?.served ?? [];
  const live = served.filter((each) => each.status === "live" && isAsked(each, asked));
  return data === undefined || live.length === 0 ? [] : [{ id: data.id, providers: live }];
}

function isAsked(
  { provider, task }: { readonly provider: string; readonly task?: string | undefined },
  asked: Asked,
) {
  const isHis = asked.provider === ANY_PROVIDER || asked.provider === provider;
  return isHis && (asked.task === undefined || fitsTask(asked.task, task));
}

function ofCatalog({ offers, at }: HubOffers, asked: Asked): AvailableModels {
  const models = new Map<string, Served[]>();
  for (const { nativeId, provider, status = "live", task } of offers) {
    if (status !== "live" || !isAsked({ provider, task }, asked)) continue;
    const served = { provider, status, ...(task === undefined ? {} : { task }) };
    models.set(nativeId, [...(models.get(nativeId) ?? []), served]);
  }
  const all = [...models].map(([id, providers]) => ({ id, providers }));
  return { models: all.slice(0, asked.limit), isAll: all.length <= asked.limit, from: "catalog", at };
}

function believed(answered: Answered): Pick<AvailableModels, "models" | "isAll"> {
  switch (answered.kind) {
    case "models":
      return answered;
    case "no-such-provider":
      throw new BadName("provider", `the Hub knows no such provider; it knows ${answered.known.join(", ")}`);
    case "token-refused":
      throw new WorldError("unauthorized", "the Hub refuses the token");
    case "silent":
      throw new WorldError("unreachable", answered.why);
  }
}
