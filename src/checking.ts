/** The checks, wired: loaded when the first one is asked for, over a network of their own and with no credential of the operator's. */
import { join } from "node:path";
import type { Shelf } from "./catalog/catalog.ts";
import type { Checks } from "./check/checks.ts";
import type { SignIn } from "./check/sign-in.ts";
import type { Config } from "./config.ts";
import type { Reading } from "./reading.ts";

export interface Checking {
  readonly checks: Checks;
  readonly signIn: SignIn;
  close(): Promise<void>;
}

export function openChecking(
  config: Config,
  reading: () => Promise<Pick<Reading, "runtime" | "settings">>,
  shelf: () => Shelf | undefined,
): Checking {
  let loaded: Promise<Checking> | undefined;
  const load = async () => {
    loaded ??= reading().then((opened) => loadChecking(config, opened, shelf));
    try {
      return await loaded;
    } catch (error) {
      // Whoever asks next tries again.
      loaded = undefined;
      throw error;
    }
  };
  return {
    checks: {
      validateToken: async (...asked) => (await load()).checks.validateToken(...asked),
      discoverProviders: async (...asked) => (await load()).checks.discoverProviders(...asked),
      getAvailableModels: async (...asked) => (await load()).checks.getAvailableModels(...asked),
      getModelsForProvider: async (...asked) => (await load()).checks.getModelsForProvider(...asked),
      validateModelProvider: async (...asked) => (await load()).checks.validateModelProvider(...asked),
    },
    signIn: {
      invitation: async () => (await load()).signIn.invitation(),
      exchange: async (brought) => (await load()).signIn.exchange(brought),
    },
    close: async () => (await loaded)?.close(),
  };
}

async function loadChecking(
  config: Config,
  { runtime, settings }: Pick<Reading, "runtime" | "settings">,
  shelf: () => Shelf | undefined,
): Promise<Checking> {
  const [
    { createChecks },
    { createSignIn },
    { keptIn },
    { httpTransport },
    { placeOf },
    { keyedHash },
    { huggingface },
  ] = await Promise.all([
    import("./check/checks.ts"),
    import("./check/sign-in.ts"),
    import("./check/kept.ts"),
    import("./kit/client.ts"),
    import("./kit/place.ts"),
    import("./kit/runtime.ts"),
    import("./sources/huggingface.ts"),
  ]);
  const { transport, post, close } = httpTransport({
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(config.noProxy === undefined ? {} : { noProxy: config.noProxy }),
  });
  return {
    checks: createChecks({
      transport,
      runtime,
      place: placeOf(huggingface, settings.addresses),
      keyOf: keyedHash(),
      kept: keptIn(join(config.home, "checks")),
      fallbackModels: config.huggingFaceFallbackModels,
      shelf,
    }),
    signIn: createSignIn({
      post,
      runtime,
      clientId: config.huggingFaceClientId,
      hubUrl: config.huggingFaceUrl,
    }),
    close,
  };
}
