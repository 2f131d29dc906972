/** Models that can be called through Hugging Face now: from the catalog, or with a caller's token from the Hub. */
import type { Shelf } from "../catalog/catalog.ts";
import { WorldError } from "../domain/errors.ts";
import type { Runtime } from "../kit/runtime.ts";
import { createAnonymous, type Dated, type Fresh } from "./anonymous.ts";
import { createFlights } from "./flights.ts";
import type { Hub } from "./hub.ts";
import { isAsked, Listed, listModels, type Asked, type AvailableModel } from "./hub-list.ts";
import { hubOffers, type HubOffers } from "./hub-offers.ts";
import type { Kept } from "./kept.ts";
import type { Served } from "./mapping.ts";
import { ANY_PROVIDER, BadName, providerNamed, taskNamed } from "./names.ts";

export interface AvailableModels {
  /** Those with most downloads first. */
  readonly models: readonly AvailableModel[];
  readonly from: "catalog" | "hub";
  /** When this was true, milliseconds since 1970. */
  readonly at: number;
  /** False where there are, or may be, more than are told. */
  readonly isAll: boolean;
  /** How many there are; absent where nobody counts them. */
  readonly total?: number;
}

export interface AvailableQuestion {
  readonly task?: string | undefined;
  /** One provider, or any. */
  readonly inferenceProvider?: string | undefined;
  /** `MODELS_DEFAULT` unless stated, `MODELS_MAX` at most. */
  readonly limit?: number | undefined;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Throws `BadName`, and `WorldError` where nobody answers: an outage is no empty list. */
export type GetAvailable = (question?: AvailableQuestion) => Promise<AvailableModels>;

export const MODELS_DEFAULT = 100;
export const MODELS_MAX = 10_000;

/** Lists are large: fewer of them are remembered than of other answers. */
const LISTS_MAX = 50;
const FLIGHTS_MAX = 1_000;

export function createGetAvailable(
  hub: Hub,
  world: { readonly runtime: Runtime; readonly kept: Kept; shelf(): Shelf | undefined },
  keyOf: (token: string) => string,
): GetAvailable {
  const everybody = createAnonymous(Listed, world, LISTS_MAX);
  const callers = createFlights<Dated<Listed>>(world.runtime, FLIGHTS_MAX);

  return async ({ task, inferenceProvider = ANY_PROVIDER, limit = MODELS_DEFAULT, token, signal } = {}) => {
    const asked: Asked = {
      provider: providerNamed(inferenceProvider),
      task: task === undefined ? undefined : taskNamed(task),
      limit: Math.min(Math.max(1, Math.floor(limit)), MODELS_MAX),
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

  async function askAsEverybody(asked: Asked): Promise<Fresh<Listed>> {
    const value = await listModels(hub, world.runtime, asked, undefined);
    if (value.kind === "silent") return { value, holds: "moment", retryAfterMs: value.retryAfterMs };
    return { value, holds: value.kind === "models" ? "hour" : "minutes" };
  }

  async function askAsCaller(asked: Asked, token: string) {
    const value = await listModels(hub, world.runtime, asked, token);
    return { value: { value, at: world.runtime.now() }, keepMs: 0 };
  }
}

function ofCatalog({ offers, at, downloads }: HubOffers, asked: Asked): AvailableModels {
  const models = new Map<string, Served[]>();
  for (const { nativeId, provider, status = "live", task } of offers) {
    if (status !== "live" || !isAsked({ provider, task }, asked)) continue;
    const served = { provider, status, ...(task === undefined ? {} : { task }) };
    models.set(nativeId, [...(models.get(nativeId) ?? []), served]);
  }
  const all = [...models]
    .map(([id, providers]) => ({ id, providers, downloads: downloads(id) ?? -1 }))
    .toSorted((a, b) => b.downloads - a.downloads)
    .map(({ id, providers }) => ({ id, providers }));
  const isAll = all.length <= asked.limit;
  return { models: all.slice(0, asked.limit), isAll, total: all.length, from: "catalog", at };
}

function believed(listed: Listed): Pick<AvailableModels, "models" | "isAll"> {
  switch (listed.kind) {
    case "models":
      return { models: listed.models, isAll: listed.isAll };
    case "no-such-provider":
      throw new BadName("provider", `the Hub knows no such provider; it knows ${listed.known.join(", ")}`);
    case "token-refused":
      throw new WorldError("unauthorized", "the Hub refuses the token");
    case "silent":
      throw new WorldError("unreachable", listed.why);
  }
}
