/** Every provider behind Hugging Face: from the catalog, else from the Hub itself, else from memory. It says which, and how old. */
import * as z from "zod";
import type { Shelf } from "../catalog/catalog.ts";
import type { Runtime } from "../kit/runtime.ts";
import { createAnonymous, type Fresh } from "./anonymous.ts";
import type { Hub } from "./hub.ts";
import { hubOffers, type HubOffers } from "./hub-offers.ts";
import type { Kept } from "./kept.ts";
import { KNOWN_AT, PROVIDER_NAMES } from "./known-providers.ts";
import type { Models } from "./model.ts";
import { isProviderId } from "./names.ts";

const Provider = z.object({
  id: z.string(),
  name: z.string().optional(),
  /** How many models it serves, by status; absent where nobody counted. */
  live: z.number().optional(),
  staging: z.number().optional(),
  error: z.number().optional(),
  tasks: z.array(z.string()).readonly(),
});
export type Provider = z.infer<typeof Provider>;

/** `mappings`: of the well-known models that the settings name. `enumeration`: the ids that a wrong one makes the Hub list. */
const Origin = z.enum(["catalog", "mappings", "enumeration", "known-list"]);

const Discovered = z.object({
  from: z.array(Origin).readonly(),
  providers: z.array(Provider).readonly(),
  /** What did not answer. */
  trouble: z.array(z.string()).readonly(),
});

export interface Providers extends z.infer<typeof Discovered> {
  /** When this was true, milliseconds since 1970. */
  readonly at: number;
}

export interface ProviderDiscovery {
  discover(signal?: AbortSignal): Promise<Providers>;
}

/** No provider is called so, and none will be. */
const NOBODY = "modeldex-asks-who-there-is";
const PROVIDERS_MAX = 500;

export function createProviderDiscovery(
  hub: Hub,
  models: Models,
  world: {
    readonly runtime: Runtime;
    readonly kept: Kept;
    readonly fallbackModels: readonly string[];
    shelf(): Shelf | undefined;
  },
): ProviderDiscovery {
  const cache = createAnonymous(Discovered, world);
  return {
    discover: async (signal) => {
      const listed = hubOffers(world.shelf());
      if (listed !== undefined) return ofCatalog(listed);
      const name = `providers ${world.fallbackModels.join(",")}`;
      const { value, at } = await cache.get(name, () => found(), signal);
      return { ...value, at: value.from.includes("known-list") ? KNOWN_AT : at };
    },
  };

  async function found(): Promise<Fresh<z.infer<typeof Discovered>>> {
    const [mapped, listed] = await Promise.all([mappings(), enumeration()]);
    const trouble = [...mapped.trouble, ...listed.trouble];
    if (mapped.tasks.size === 0 && listed.ids.length === 0) {
      const providers = Object.keys(PROVIDER_NAMES).map((id) => describe(id, {}));
      return { value: { from: ["known-list"], providers, trouble }, holds: "moment" };
    }
    const ids = [...new Set([...mapped.tasks.keys(), ...listed.ids])].toSorted();
    const providers = ids.map((id) => describe(id, { tasks: [...(mapped.tasks.get(id) ?? [])] }));
    const from = [
      ...(mapped.tasks.size === 0 ? [] : ["mappings" as const]),
      ...(listed.ids.length === 0 ? [] : ["enumeration" as const]),
    ];
    // Half an answer is no answer for an hour.
    return { value: { from, providers, trouble }, holds: listed.ids.length === 0 ? "moment" : "hour" };
  }

  async function mappings() {
    const sightings = await Promise.all(world.fallbackModels.map((id) => models.look(id)));
    const tasks = new Map<string, Set<string>>();
    const whys = new Set<string>();
    for (const { seen } of sightings) {
      if (seen.kind === "silent") whys.add(`a model's mapping: ${seen.why}`);
      for (const { provider, task } of seen.kind === "found" ? seen.served : []) {
        const known = tasks.get(provider) ?? new Set<string>();
        tasks.set(provider, task === undefined ? known : known.add(task));
      }
    }
    return { tasks, trouble: [...whys] };
  }

  async function enumeration() {
    const answer = await hub.ask({
      path: ["models"],
      query: [
        ["inference_provider", NOBODY],
        ["limit", "1"],
      ],
    });
    if (answer.status === undefined) return { ids: [], trouble: [`the list of ids: ${answer.why}`] };
    const ids = answer.status === 400 ? enumerated(answer.body) : undefined;
    return ids === undefined
      ? { ids: [], trouble: [`the list of ids: the Hub no longer gives it (status ${answer.status})`] }
      : { ids, trouble: [] };
  }
}

function ofCatalog({ offers, at }: HubOffers): Providers {
  const counts = new Map<string, { live: number; staging: number; error: number; tasks: Set<string> }>();
  for (const { provider, status = "live", task } of offers) {
    const count = counts.get(provider) ?? { live: 0, staging: 0, error: 0, tasks: new Set<string>() };
    counts.set(provider, count);
    if (status === "live" || status === "staging" || status === "error") count[status] += 1;
    if (task !== undefined) count.tasks.add(task);
  }
  const providers = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { tasks, ...numbers }]) => describe(id, { ...numbers, tasks: [...tasks] }));
  return { from: ["catalog"], providers, trouble: [], at };
}

function describe(id: string, facts: Partial<Omit<Provider, "id" | "name">>): Provider {
  const name = Object.hasOwn(PROVIDER_NAMES, id) ? PROVIDER_NAMES[id] : undefined;
  return { id, ...(name === undefined ? {} : { name }), ...facts, tasks: (facts.tasks ?? []).toSorted() };
}

/** The ids that the Hub says it knows, or nothing where the text is no such refusal: `{"error":"\"inferenceProviders[0]\" must be one of [cohere, groq, …]"}`. */
export function enumerated(body: unknown): readonly string[] | undefined {
  // The Hub writes a refusal as a text, as a list of texts, or as a list of messages.
  const [, list] = /must be one of \[([^\]]*)\]/.exec(JSON.stringify(body) ?? "") ?? [];
  if (list === undefined) return undefined;
  const ids = list.split(",").map((id) => id.trim().replaceAll(/[\\"]/g, ""));
  return ids.filter((id) => isProviderId(id) && id !== "all").slice(0, PROVIDERS_MAX);
}
