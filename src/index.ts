/**
 * The library: the catalog and the sync, without the command line and without a server.
 * Importing it touches neither the network nor a file.
 */
import type { ModelQuery, OfferQuery } from "./catalog/query.ts";
import type { Checks } from "./check/checks.ts";
import type { Flags } from "./config.ts";
import type { OnProgress } from "./domain/progress.ts";
import type { SyncResult } from "./serve/application.ts";
import { OLDEST_NODE } from "./version.ts";

export type { AvailableModels, AvailableQuestion } from "./check/available.ts";
export type { Checks, ModelCheck, ModelCheckOptions } from "./check/checks.ts";
export { BadName } from "./check/names.ts";
export { extractOAuthToken, type ExtractedToken } from "./check/oauth-token.ts";
export type { Provider, Providers } from "./check/providers.ts";
export type { TokenCheck, TokenOptions } from "./check/token.ts";
export type { Coverage } from "./domain/coverage.ts";
export type { Progress } from "./domain/progress.ts";
export type { Report } from "./domain/run.ts";
export type { SyncResult } from "./serve/application.ts";

/** The settings by their names: `{ MODELDEX_HOME: "./data", MODELDEX_MIRROR: "http://127.0.0.1:8765" }`. They go before the environment. */
export type Settings = Flags;

/** A page of an answer, in the words of the HTTP API. */
export interface Page<Document> {
  readonly total: number;
  readonly revision: number;
  readonly data: readonly Document[];
}

/** A model or an offer, as the HTTP API shows it: fields that are unknown are absent. */
export type CatalogDocument = { readonly id: string; readonly [field: string]: unknown };

export interface OpenedCatalog {
  readonly revision: number;
  /** Every parameter may be left out; `gateway: ["hug"]` is Hugging Face. */
  models(query?: Partial<ModelQuery>): Page<CatalogDocument>;
  offers(query?: Partial<OfferQuery>): Page<CatalogDocument>;
  /** One model with its offers, by any id that it has. */
  model(id: string): CatalogDocument | undefined;
  gateways(): readonly { readonly id: string; readonly models: number; readonly offers: number }[];
}

export interface OpenedChecks extends Checks {
  close(): Promise<void>;
}

/** An older Node fails over something that it lacks, in words that tell nobody why. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  if (major < oldest || (major === oldest && minor < oldestMinor))
    throw new Error(`modeldex needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.version}`);
}

/** The catalog as it was last published. Throws where nothing was ever read: `sync` first. */
export async function openCatalog(settings: Settings = {}): Promise<OpenedCatalog> {
  refuseOldNode();
  const [{ openReading }, { loadConfig }, find, { ModelQuery: Models, OfferQuery: Offers }] =
    await Promise.all([
      import("./reading.ts"),
      import("./config.ts"),
      import("./catalog/find.ts"),
      import("./catalog/query.ts"),
    ]);
  const reading = await openReading(loadConfig(undefined, undefined, settings));
  const shelf = await reading.shelf("operator").finally(reading.close);
  if (shelf === undefined) throw new Error("nothing has been read yet: call sync() first");
  const page = ({ total, documents }: { total: number; documents: readonly Uint8Array[] }) => ({
    total,
    revision: shelf.catalog.revision,
    data: documents.map(parse),
  });
  return {
    revision: shelf.catalog.revision,
    models: (query = {}) => page(find.findModels(shelf, { ...Models.parse({}), ...query })),
    offers: (query = {}) => page(find.findOffers(shelf, { ...Offers.parse({}), ...query })),
    model: (id) => {
      const found = find.findModel(shelf, id);
      return found === undefined ? undefined : parse(found.document);
    },
    gateways: () => find.countGateways(shelf),
  };
}

/** Reads these sources (all that are configured, when none is named) and publishes a revision. */
export async function sync(
  options: {
    readonly sources?: readonly string[];
    readonly settings?: Settings;
    readonly onProgress?: OnProgress;
    /** What is under way when it fires breaks off; what was read by then is kept. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<SyncResult> {
  refuseOldNode();
  const [{ openApplication }, { loadConfig }] = await Promise.all([
    import("./app.ts"),
    import("./config.ts"),
  ]);
  const application = await openApplication(loadConfig(undefined, undefined, options.settings));
  try {
    return await application.sync(
      options.sources ?? [],
      options.onProgress ?? (() => undefined),
      options.signal,
    );
  } finally {
    await application.close();
  }
}

/**
 * Live questions about Hugging Face: is this token good, who serves, may this model be called here. Close it when done.
 * A token is used for the question that it came with, and kept nowhere.
 */
export async function openChecks(settings: Settings = {}): Promise<OpenedChecks> {
  refuseOldNode();
  const [{ openApplication }, { loadConfig }] = await Promise.all([
    import("./app.ts"),
    import("./config.ts"),
  ]);
  const { checks, close } = await openApplication(loadConfig(undefined, undefined, settings));
  return { ...checks, close };
}

function parse(bytes: Uint8Array): CatalogDocument {
  // Our own documents: objects with an id, always.
  return JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"),
  ) as CatalogDocument;
}
