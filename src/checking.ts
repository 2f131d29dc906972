/** The checks, wired: loaded when the first one is asked for, over a network of their own and with no credential of the operator's. */
import { join } from "node:path";
import type { Shelf } from "./catalog/catalog.ts";
import type { Checks } from "./check/checks.ts";
import type { Config } from "./config.ts";
import type { Addresses } from "./kit/place.ts";
import type { Reading } from "./reading.ts";
import { SOURCES } from "./sources/index.ts";

export interface Checking {
  readonly checks: Checks;
  close(): Promise<void>;
}

/** Whose settings say where the Hub is asked: `MODELDEX_SOURCE_URL_HUGGINGFACE` and its like. */
const HUB_SOURCE = "huggingface";

export function openChecking(config: Config, reading: Reading, shelf: () => Shelf | undefined): Checking {
  let loaded: Promise<Checking> | undefined;
  const load = () => (loaded ??= loadChecking(config, reading, shelf));
  return {
    checks: {
      validateToken: async (...asked) => (await load()).checks.validateToken(...asked),
      discoverProviders: async (...asked) => (await load()).checks.discoverProviders(...asked),
      getAvailableModels: async (...asked) => (await load()).checks.getAvailableModels(...asked),
      getModelsForProvider: async (...asked) => (await load()).checks.getModelsForProvider(...asked),
      validateModelProvider: async (...asked) => (await load()).checks.validateModelProvider(...asked),
    },
    close: async () => (await loaded)?.close(),
  };
}

async function loadChecking(
  config: Config,
  { runtime, settings }: Reading,
  shelf: () => Shelf | undefined,
): Promise<Checking> {
  const [{ createChecks }, { HUB_URL }, { keptIn }, { httpTransport }, { placeOf }, { secretKey }] =
    await Promise.all([
      import("./check/checks.ts"),
      import("./check/hub.ts"),
      import("./check/kept.ts"),
      import("./kit/client.ts"),
      import("./kit/place.ts"),
      import("./kit/runtime.ts"),
    ]);
  const declared = SOURCES.find(({ id }) => id === HUB_SOURCE);
  const baseUrl = declared?.kind === "web" ? declared.baseUrl : HUB_URL;
  const network = httpTransport({
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(config.noProxy === undefined ? {} : { noProxy: config.noProxy }),
  });
  const place = placeOf({ id: HUB_SOURCE, baseUrl }, withEndpoint(settings.addresses, config, baseUrl));
  return {
    checks: createChecks({
      transport: network.transport,
      runtime,
      place,
      secret: secretKey(),
      kept: keptIn(join(config.home, "checks")),
      fallbackModels: config.huggingFaceFallbackModels,
      shelf,
    }),
    close: network.close,
  };
}

/** `HF_ENDPOINT` stands for the Hub's origin, unless the source's own setting names another address. */
function withEndpoint(
  addresses: Addresses,
  { huggingFaceUrl }: Pick<Config, "huggingFaceUrl">,
  baseUrl: string,
): Addresses {
  if (huggingFaceUrl === undefined || addresses.sourceUrls.has(HUB_SOURCE)) return addresses;
  const there = huggingFaceUrl.replace(/\/+$/, "") + new URL(baseUrl).pathname.replace(/\/$/, "");
  return { ...addresses, sourceUrls: new Map([...addresses.sourceUrls, [HUB_SOURCE, there]]) };
}
