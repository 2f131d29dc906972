/**
 * The library: the catalog and the sync, without the command line and without a server.
 * Importing it touches neither the network nor a file.
 */
import type { WordCount } from "./catalog/counts.ts";
import type { Facets } from "./catalog/facets.ts";
import type { ModelQuery, OfferQuery } from "./catalog/query.ts";
import type { Meaning } from "./catalog/resolve.ts";
import type { Checks } from "./check/checks.ts";
import type { Flags } from "./config.ts";
import type { OnProgress } from "./domain/progress.ts";
import type { SyncResult } from "./serve/application.ts";
import { OLDEST_NODE } from "./version.ts";

export type { AvailableModels, AvailableQuestion } from "./check/available.ts";
export type { Checks, ModelCheck, ModelCheckOptions } from "./check/checks.ts";
export type { Meaning } from "./catalog/resolve.ts";
export { ApiProblem, createClient, type Client, type ClientOptions } from "./client/client.ts";
export { BadName } from "./check/names.ts";
export { BadQuestion } from "./serve/http/answers/question.ts";
export { extractOAuthToken, type ExtractedToken } from "./check/oauth-token.ts";
export type { Provider, Providers } from "./check/providers.ts";
export type { TokenCheck, TokenOptions } from "./check/token.ts";
export type { Coverage } from "./domain/coverage.ts";
export type { Progress } from "./domain/progress.ts";
export type { Report } from "./domain/run.ts";
export type { SyncResult } from "./serve/application.ts";

/** The settings by their names: `{ MODELDEX_HOME: "./data", MODELDEX_MIRROR: "http://127.0.0.1:8765" }`. They go before the environment. */
export type Settings = Flags;

/** A page of an answer: what the HTTP API answers to the same question. */
export interface Page<Document> {
  readonly data: readonly Document[];
  readonly total: number;
  readonly has_more: boolean;
  /** `cursor` of the next page. */
  readonly next_cursor?: string;
  readonly revision: number;
  readonly facets?: Facets["facets"];
  readonly facets_left_out?: Facets["leftOut"];
}

/** A model or an offer, as the HTTP API shows it: fields that are unknown are absent. */
export type CatalogDocument = { readonly id: string; readonly [field: string]: unknown };

type Asked<Query> = {
  readonly [Name in keyof Query]?: string | number | readonly string[] | undefined;
};
/** The parameters of `/v1/models` by their names; several words as a list or by comma: `{ gateway: ["groq"], max_input_price: 1 }`. */
export type ModelQuestion = Asked<ModelQuery>;
/** The parameters of `/v1/offers`. */
export type OfferQuestion = Asked<OfferQuery>;

export interface OpenedCatalog {
  readonly revision: number;
  /** Every parameter may be left out. Throws `BadQuestion`, which says what would be right. */
  models(question?: ModelQuestion): Page<CatalogDocument>;
  offers(question?: OfferQuestion): Page<CatalogDocument>;
  /** One model with its offers, by any id that it has. */
  model(id: string): CatalogDocument | undefined;
  /** What an id means, the surest first: none, one model, or several that it may be. */
  resolve(id: string, gateway?: string): readonly Meaning[];
  gateways(): readonly WordCount[];
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
  const [
    { openReading },
    { loadConfig },
    schemas,
    { modelList },
    { offerList },
    ask,
    documents,
    counts,
    resolving,
  ] = await Promise.all([
    import("./reading.ts"),
    import("./config.ts"),
    import("./catalog/query.ts"),
    import("./serve/http/answers/models.ts"),
    import("./serve/http/answers/offers.ts"),
    import("./serve/http/answers/question.ts"),
    import("./catalog/documents.ts"),
    import("./catalog/counts.ts"),
    import("./catalog/resolve.ts"),
  ]);
  const reading = await openReading(loadConfig(undefined, undefined, settings));
  const shelf = await reading.shelf("operator").finally(reading.close);
  if (shelf === undefined) throw new Error("nothing has been read yet: call sync() first");
  const desk = { sources: reading.cards, shelf: () => shelf, earlier: () => undefined };
  const { ModelQuery: Models, OfferQuery: Offers } = schemas;
  return {
    revision: shelf.catalog.revision,
    models: (question = {}) => page(modelList(desk, ask.readQuestion(Models, stated(question))).bytes()),
    offers: (question = {}) => page(offerList(desk, ask.readQuestion(Offers, stated(question))).bytes()),
    model: (id) => {
      const found = documents.findModel(shelf, id);
      return found === undefined ? undefined : parse(found.document);
    },
    resolve: (id, gateway) =>
      resolving.resolveId(
        shelf.catalog,
        id,
        schemas.gatewaysAsked(gateway === undefined ? undefined : [gateway])?.[0],
      ),
    gateways: () => counts.countBy(shelf.catalog, "gateway"),
  };
}

/** What a question states, as an address would write it. */
function stated(question: Asked<ModelQuery & OfferQuery>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(question).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function page(bytes: Buffer): Page<CatalogDocument> {
  // Our own answer: its shape is a page's by construction.
  return JSON.parse(bytes.toString("utf8")) as Page<CatalogDocument>;
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
