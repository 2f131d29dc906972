/**
 * The Hugging Face Hub as it answers lists and single models: keyset cursors in `Link`, a page of at most 1,000, names of
 * sorts and expansions that it knows, rate headers, both shapes of the provider mapping, redirects of renamed models.
 * `upstreams.setBody({ host: HUB_HOST }, hub.answer)`.
 */
import { createHash } from "node:crypto";
import type { RecordedRequest, Reply } from "../../tools/upstreams/exchange.ts";
import { afterCursor, cursorOf, SORTS, type Sort } from "./hub-cursor.ts";
import type { HubModel } from "./hub-models.ts";

export const HUB_HOST = "huggingface.co";
export const HUB_LIST = `${HUB_HOST}/api/models`;

export interface HubOptions {
  readonly models: readonly HubModel[];
  /** `founding`: no `Link` at all, as if a list were cut off behind its first page. */
  readonly mode?: "cursor" | "founding";
  /** Requests in a window of five minutes; absent: no rate header is sent. */
  readonly quota?: number;
  readonly now?: () => number;
  /** More items on a page than this, and the answer is a 504. */
  readonly itemsMax?: number;
  /** The origin that links name; the Hub's own by default. */
  readonly origin?: string;
  /** Old ids, with today's. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** Called after each page: counters may move now. */
  onPage?(models: readonly HubModel[]): void;
}

export interface Hub {
  answer(request: RecordedRequest): Reply;
  /** Requests of each window, in order. */
  readonly windows: readonly number[];
  /** Requests that were refused with 429. */
  readonly refused: number;
}

const PAGE_ITEMS_MAX = 1_000;
const WINDOW_MS = 300_000;
const PROVIDERS = [
  "cerebras",
  "cohere",
  "fal-ai",
  "featherless-ai",
  "groq",
  "hf-inference",
  "novita",
  "replicate",
  "together",
];
const EXPANSIONS = (
  "author baseModels cardData config createdAt disabled downloads downloadsAllTime evalResults gated inference " +
  "inferenceProviderMapping lastModified library_name likes mask_token model-index pipeline_tag private safetensors sha " +
  "siblings spaces tags transformersInfo trendingScore widgetData gguf resourceGroup xetEnabled"
).split(" ");
/** What an item holds where nothing is expanded. */
const DEFAULTS = "likes trendingScore private downloads tags pipeline_tag library_name createdAt".split(" ");

export function simulatedHub(options: HubOptions): Hub {
  const { models, mode = "cursor", quota } = options;
  const clock = options.now ?? (() => 0);
  const begin = clock();
  const windows: number[] = [];
  const orders = new Map<Sort, readonly HubModel[]>();
  let refused = 0;

  return {
    windows,
    get refused() {
      return refused;
    },
    answer: (request) => {
      const left = countRequest();
      if (left.isOver) {
        refused += 1;
        return {
          status: 429,
          headers: left.headers,
          value: {
            error: `We had to rate limit you, you hit the quota of ${quota} api requests per 5 minutes period.`,
          },
        };
      }
      const reply = request.path === "/api/models" ? list(request) : detail(request);
      return { ...reply, headers: { ...left.headers, ...reply.headers } };
    },
  };

  /** `r` is what is left of the window, `t` the seconds until the next. */
  function countRequest() {
    const since = clock() - begin;
    const window = Math.floor(since / WINDOW_MS);
    const used = (windows[window] ?? 0) + 1;
    windows[window] = used;
    if (quota === undefined) return { isOver: false, headers: {} };
    const seconds = Math.ceil(((window + 1) * WINDOW_MS - since) / 1_000);
    return {
      isOver: used > quota,
      headers: {
        ratelimit: `"api";r=${Math.max(0, quota - used)};t=${seconds}`,
        "ratelimit-policy": `"fixed window";"api";q=${quota};w=${WINDOW_MS / 1_000}`,
      },
    };
  }

  function list({ query, host }: RecordedRequest): Reply {
    const fault = faultOf(query);
    if (fault !== undefined) return fault;
    const sort = (query.get("sort") ?? "trendingScore") as Sort;
    const items = Math.min(Number(query.get("limit") ?? PAGE_ITEMS_MAX), PAGE_ITEMS_MAX);
    if (items > (options.itemsMax ?? Infinity)) return { status: 504, value: { error: "Gateway Timeout" } };
    const found = ordered(sort).filter(filterOf(query));
    const cursor = query.get("cursor");
    const rest = cursor === null || mode === "founding" ? found : afterCursor(found, sort, cursor);
    if (rest === undefined) return { status: 400, value: { error: "Invalid cursor" } };
    const page = rest.slice(0, items);
    const body = Buffer.from(JSON.stringify(page.map((model) => shown(model, expansionsOf(query)))));
    const last = page.at(-1);
    const next =
      mode === "founding" || last === undefined || rest.length <= items
        ? {}
        : {
            link: `<${options.origin ?? `https://${host}`}/api/models?${nextQuery(query, cursorOf(last, sort))}>; rel="next"`,
          };
    options.onPage?.(models);
    return { body, headers: { etag: weakTag(body), ...next } };
  }

  /** Sorted once, unless counters move between two pages. */
  function ordered(sort: Sort): readonly HubModel[] {
    const known = orders.get(sort);
    if (known !== undefined && options.onPage === undefined) return known;
    const order = models.toSorted(SORTS[sort]);
    orders.set(sort, order);
    return order;
  }

  function detail({ path, host, query }: RecordedRequest): Reply {
    const id = decodeURIComponent(path.replace("/api/models/", ""));
    const today = options.renamed?.get(id);
    if (today !== undefined)
      return { status: 307, headers: { location: `https://${host}/api/models/${today}` }, value: null };
    const model = models.find((one) => one.id === id);
    if (model === undefined) return { status: 401, value: { error: "Invalid username or password." } };
    const byProvider = Object.fromEntries(
      model.inferenceProviderMapping.map(({ provider, status, providerId, task, isModelAuthor }) => [
        provider,
        { status, providerId, task, isModelAuthor },
      ]),
    );
    const expanded = expansionsOf(query);
    const mapping = expanded.includes("inferenceProviderMapping")
      ? { inferenceProviderMapping: byProvider }
      : {};
    return { value: { ...shown(model, expanded), ...mapping } };
  }
}

/** A name that the Hub does not know refuses the whole request. */
function faultOf(query: URLSearchParams): Reply | undefined {
  const sort = query.get("sort");
  if (sort !== null && !Object.hasOwn(SORTS, sort))
    return { status: 400, value: { error: `Invalid sort: ${sort}` } };
  if (expansionsOf(query).some((name) => !EXPANSIONS.includes(name)))
    return { status: 400, value: { error: `"expand" must be one of [${EXPANSIONS.join(", ")}]` } };
  if (providersAsked(query).some((name) => name !== "all" && !PROVIDERS.includes(name)))
    return {
      status: 400,
      value: { error: `"inferenceProviders[0]" must be one of [${PROVIDERS.join(", ")}]` },
    };
  return undefined;
}

function expansionsOf(query: URLSearchParams): readonly string[] {
  return [...query.getAll("expand[]"), ...query.getAll("expand")];
}

function providersAsked(query: URLSearchParams): readonly string[] {
  return query.getAll("inference_provider").flatMap((names) => names.split(","));
}

/** `offset` and `skip` are not among them: they are ignored. */
function filterOf(query: URLSearchParams): (model: HubModel) => boolean {
  const providers = providersAsked(query);
  const [task, author, tags] = [query.get("pipeline_tag"), query.get("author"), query.getAll("filter")];
  return (model) =>
    (providers.length === 0 ||
      model.inferenceProviderMapping.some(
        ({ provider }) => providers.includes("all") || providers.includes(provider),
      )) &&
    (task === null || model.pipeline_tag === task) &&
    (author === null || model.author === author) &&
    tags.every((tag) => model.tags.includes(tag) || model.pipeline_tag === tag);
}

function shown(model: HubModel, expanded: readonly string[]): object {
  const names = expanded.length === 0 ? [...DEFAULTS, "modelId"] : expanded;
  const fields: Readonly<Record<string, unknown>> = { ...model, modelId: model.id };
  return Object.fromEntries(
    ["_id", "id", ...names].flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

/** The query is written anew: `expand[]=x` comes back as `expand=x`. */
function nextQuery(query: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams();
  for (const [name, value] of query) if (name !== "cursor") next.append(name.replace("[]", ""), value);
  next.set("cursor", cursor);
  return next.toString();
}

function weakTag(body: Buffer): string {
  return `W/"${body.length.toString(16)}-${createHash("sha1").update(body).digest("base64")}"`;
}
