/** A Hub that is asked one question at a time, over real HTTP: who a token is, who serves a model, which providers there are. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Mapped {
  readonly status: string;
  readonly providerId?: string;
  readonly task?: string;
  readonly [field: string]: unknown;
}

export interface HubModel {
  readonly gated?: false | "auto" | "manual";
  readonly pipelineTag?: string;
  /** As the detail route writes it; the list route makes the array of it. */
  readonly mapping?: { readonly [provider: string]: Mapped };
  /** In place of the mapping: what the Hub might write one day. */
  readonly oddMapping?: unknown;
  /** `private`: there for its owner alone. `closed`: seen by those who were let in. `disabled`: by nobody. */
  readonly access?: "private" | "closed" | "disabled";
}

export interface HubAnswerGiven {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  /** The connection is cut in place of an answer. */
  readonly cut?: boolean;
}

export interface HubRequest {
  readonly path: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

export interface CheckHub {
  readonly url: string;
  readonly requests: HubRequest[];
  readonly models: Map<string, HubModel>;
  readonly renamed: Map<string, string>;
  /** By token: what whoami says. */
  readonly tokens: Map<string, unknown>;
  /** Ids of those who may see what is private or closed. */
  readonly providers: string[];
  /** In place of the Hub's own answer, for paths that begin so; the last one that fits. */
  answer(path: string, given: HubAnswerGiven | undefined): void;
  /** Nothing is answered until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

const BAD_TOKEN = "Invalid credentials in Authorization header";
const NOT_THERE = "Invalid username or password.";

export async function startCheckHub(): Promise<CheckHub> {
  const requests: HubRequest[] = [];
  const models = new Map<string, HubModel>();
  const renamed = new Map<string, string>();
  const tokens = new Map<string, unknown>();
  const given = new Map<string, HubAnswerGiven>();
  const providers = ["cohere", "fal-ai", "fireworks-ai", "groq", "hf-inference", "novita", "replicate"];
  let gate = Promise.resolve();

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = incoming.url ?? "/";
    const { pathname, searchParams } = new URL(url, "http://hub.invalid");
    requests.push({ path: pathname, url, authorization: incoming.headers.authorization });
    await gate;
    const override = [...given].findLast(([path]) => pathname.startsWith(path))?.[1];
    send(response, override ?? decide(pathname, searchParams, incoming.headers.authorization));
  }

  function decide(path: string, query: URLSearchParams, authorization: string | undefined): HubAnswerGiven {
    const token = authorization?.replace(/^Bearer /, "");
    if (token !== undefined && !tokens.has(token)) return refusal(401, BAD_TOKEN);
    if (path === "/api/whoami-v2")
      return token === undefined ? refusal(401, BAD_TOKEN) : { status: 200, body: tokens.get(token) };
    if (path === "/api/models") return list(query);
    const id = decodeURIComponent(path.replace(/^\/api\/models\//, ""));
    const newName = renamed.get(id);
    if (newName !== undefined) return { status: 307, headers: { location: `/api/models/${newName}` } };
    return detail(id, models.get(id), token !== undefined);
  }

  function detail(id: string, model: HubModel | undefined, isKnown: boolean): HubAnswerGiven {
    if (model === undefined || (model.access === "private" && !isKnown)) {
      return isKnown
        ? refusal(404, "Repository not found", { "x-error-code": "RepoNotFound" })
        : refusal(401, NOT_THERE);
    }
    if (model.access === "closed")
      return refusal(403, `Access to model ${id} is restricted`, { "x-error-code": "GatedRepo" });
    if (model.access === "disabled") return refusal(403, "Access to this resource is disabled.");
    const mapping = model.oddMapping ?? model.mapping;
    return {
      status: 200,
      body: {
        _id: "0",
        id,
        gated: model.gated ?? false,
        ...(model.pipelineTag === undefined ? {} : { pipeline_tag: model.pipelineTag }),
        ...(mapping === undefined ? {} : { inferenceProviderMapping: mapping }),
      },
    };
  }

  function list(query: URLSearchParams): HubAnswerGiven {
    const asked = query.get("inference_provider");
    if (asked !== null && asked !== "all" && !providers.includes(asked))
      return refusal(400, `"inferenceProviders[0]" must be one of [${providers.join(", ")}]`);
    const rows = [...models].flatMap(([id, { mapping = {} }]) => {
      const array = Object.entries(mapping).map(([provider, mapped]) => ({ _id: "0", provider, ...mapped }));
      const isHis = asked === null || asked === "all" || Object.hasOwn(mapping, asked);
      return array.length === 0 || !isHis ? [] : [{ _id: "0", id, inferenceProviderMapping: array }];
    });
    const items = Math.min(Number(query.get("limit") ?? 1_000), 1_000);
    const place = Number(query.get("cursor") ?? 0);
    const next = new URLSearchParams(query.toString().replaceAll("%5B%5D", ""));
    next.set("cursor", String(place + items));
    const more =
      rows.length > place + items
        ? { link: `<https://huggingface.co/api/models?${String(next)}>; rel="next"` }
        : {};
    return { status: 200, headers: more, body: rows.slice(place, place + items) };
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    models,
    renamed,
    tokens,
    providers,
    answer: (path, answer) => {
      if (answer === undefined) given.delete(path);
      else given.set(path, answer);
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The Hub says why in the body, and again in a header. */
function refusal(
  status: number,
  error: string,
  headers: { readonly [name: string]: string } = {},
): HubAnswerGiven {
  return { status, headers: { "x-error-message": error.replaceAll('"', ""), ...headers }, body: { error } };
}

function send(response: ServerResponse, { status, headers = {}, body, cut }: HubAnswerGiven): void {
  if (cut === true) {
    response.destroy();
    return;
  }
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(text);
}
