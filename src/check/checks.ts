/** Live questions for a caller, about Hugging Face: is this token good, who serves, may this model be called here. */
import type { Shelf } from "../catalog/catalog.ts";
import type { Place } from "../kit/place.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Transport } from "../kit/transport.ts";
import { createGetAvailable, type AvailableModels, type AvailableQuestion } from "./available.ts";
import { createHub } from "./hub.ts";
import { lastKnown } from "./hub-offers.ts";
import type { Kept } from "./kept.ts";
import { createModels } from "./model.ts";
import { BadName, modelNamed, providerNamed, taskNamed } from "./names.ts";
import { createProviderDiscovery, type Providers } from "./providers.ts";
import { createTokenChecks, type TokenCheck, type TokenOptions } from "./token.ts";
import { judge, passes, type Judgement, type Mode } from "./verdict.ts";

export interface ModelCheck extends Judgement {
  /** As the Hub spells it now. */
  readonly model: string;
  readonly provider: string;
  readonly task?: string;
  /** As it was asked for, where the Hub has renamed the model. */
  readonly renamedFrom?: string;
  readonly mode: Mode;
  /** Whether the verdict passes in this mode; absent where a strict check cannot tell. */
  readonly passes?: boolean;
  /** `auto` or `manual`: the weights are gated, which says nothing of calls. */
  readonly gated?: string;
  /** When this was true, milliseconds since 1970. */
  readonly at: number;
  readonly seenAs: "everybody" | "the caller";
  readonly tokenRefused?: true;
  /** What the catalog says, where nobody could be asked. */
  readonly lastKnown?: { readonly status: string };
  /** Entries of the Hub's that made no sense. */
  readonly unread?: number;
}

export interface ModelCheckOptions {
  readonly task?: string | undefined;
  /** The caller's own token; nobody else's is ever used. */
  readonly token?: string | undefined;
  /** `strict` by default. */
  readonly mode?: Mode | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Checks {
  /** Never rejects for what the world does: an outage is `unknown`. */
  validateToken(token: unknown, options?: TokenOptions): Promise<TokenCheck>;
  discoverProviders(options?: { readonly signal?: AbortSignal | undefined }): Promise<Providers>;
  /** Throws `BadName`, and `WorldError` where nobody answers. */
  getAvailableModels(question?: AvailableQuestion): Promise<AvailableModels>;
  getModelsForProvider(
    provider: string,
    question?: Omit<AvailableQuestion, "inferenceProvider">,
  ): Promise<AvailableModels>;
  /** Makes no call to the model. Throws `BadName`; an outage is `unreachable`. */
  validateModelProvider(model: string, provider: string, options?: ModelCheckOptions): Promise<ModelCheck>;
}

export interface ChecksOptions {
  readonly transport: Transport;
  readonly runtime: Runtime;
  readonly place: Place;
  /** Names a token without saying anything of it: a keyed hash of the whole, since many share their first hundred characters. */
  keyOf(token: string): string;
  readonly kept: Kept;
  readonly fallbackModels: readonly string[];
  shelf(): Shelf | undefined;
}

export function createChecks(options: ChecksOptions): Checks {
  const { runtime, keyOf } = options;
  const fallbackModels = options.fallbackModels.filter(isModel);
  const hub = createHub(options);
  const models = createModels(hub, options, keyOf);
  const tokens = createTokenChecks(hub, runtime, keyOf);
  const providers = createProviderDiscovery(hub, models, { ...options, fallbackModels });
  const getAvailableModels = createGetAvailable(hub, options, keyOf);

  return {
    validateToken: tokens.validate,
    discoverProviders: ({ signal } = {}) => providers.discover(signal),
    getAvailableModels,
    getModelsForProvider: async (provider, question = {}) =>
      getAvailableModels({ ...question, inferenceProvider: provider }),
    validateModelProvider: async (writtenModel, writtenProvider, asked = {}) => {
      const { mode = "strict", token, signal } = asked;
      const model = modelNamed(writtenModel);
      const provider = providerNamed(writtenProvider);
      const task = asked.task === undefined ? undefined : taskNamed(asked.task);
      const { seen, at, as, tokenRefused } = await models.look(model, { token, signal });
      const judgement = judge(seen, provider, task);
      const verdict = passes(judgement.verdict, mode);
      const known = seen.kind === "silent" ? lastKnown(options.shelf(), model, provider) : undefined;
      return {
        ...judgement,
        model: seen.kind === "found" ? seen.id : model,
        provider,
        mode,
        at,
        seenAs: as,
        ...(task === undefined ? {} : { task }),
        ...(seen.kind === "found" && seen.id !== model ? { renamedFrom: model } : {}),
        ...(verdict === undefined ? {} : { passes: verdict }),
        ...(seen.kind === "found" && seen.gated !== undefined ? { gated: seen.gated } : {}),
        ...(seen.kind === "found" && seen.unread > 0 ? { unread: seen.unread } : {}),
        ...(tokenRefused === undefined ? {} : { tokenRefused }),
        ...(known === undefined ? {} : { lastKnown: known }),
      };
    },
  };
}

/** A fallback that is no model's id is passed over: the others do. */
function isModel(id: string): boolean {
  try {
    return modelNamed(id) === id;
  } catch (error) {
    if (error instanceof BadName) return false;
    throw error;
  }
}
