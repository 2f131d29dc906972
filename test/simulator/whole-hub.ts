/**
 * A Hub of millions over real HTTP that keeps none of them: each model is made from its number whenever a page shows it.
 * The list by `createdAt` alone, with the Hub's cursor, its rate headers, and an account of what was asked.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface WholeHubOptions {
  readonly models: number;
  /** Requests in one window. */
  readonly quota: number;
  readonly windowMs: number;
  readonly latencyMs: number;
}

export interface WholeHub {
  readonly url: string;
  /** How often each page of the list was asked for, by its cursor. */
  readonly pages: ReadonlyMap<string, number>;
  /** Requests of each window, in order. */
  readonly windows: readonly number[];
  readonly refused: number;
  close(): Promise<void>;
}

const PAGE_ITEMS_MAX = 1_000;
/** One in so many is older than the field and carries its instant. */
const OLDEST_SHARE = 10;
const SENTINEL = "2022-03-02T23:29:04.000Z";
const FIRST_BIRTH_MS = Date.UTC(2022, 3, 1);
const BIRTH_EVERY_MS = 60_000;
const TASKS = ["text-generation", "fill-mask", "text-to-image", "translation"];

export async function startWholeHub(options: WholeHubOptions): Promise<WholeHub> {
  const { models, quota, windowMs, latencyMs } = options;
  const oldest = Math.floor(models / OLDEST_SHARE);
  const pages = new Map<string, number>();
  const windows: number[] = [];
  const begin = performance.now();
  let refused = 0;

  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? "/", "https://huggingface.co");
    const since = performance.now() - begin;
    const window = Math.floor(since / windowMs);
    const used = (windows[window] ?? 0) + 1;
    windows[window] = used;
    const left = Math.ceil(((window + 1) * windowMs - since) / 1_000);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      ratelimit: `"api";r=${Math.max(0, quota - used)};t=${left}`,
      "ratelimit-policy": `"fixed window";"api";q=${quota};w=${Math.ceil(windowMs / 1_000)}`,
    };
    if (used > quota) {
      refused += 1;
      response.writeHead(429, headers).end("{}");
      return;
    }
    const { body, link } = page(url);
    void sleep(latencyMs).then(() => {
      response.writeHead(200, { ...headers, ...(link === undefined ? {} : { link }) });
      return response.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });

  /** Newest first; those that share one instant by their `_id`, ascending. */
  function numberAt(place: number): number {
    return place < models - oldest ? models - 1 - place : place - (models - oldest);
  }

  function placeOf(number: number): number {
    return number >= oldest ? models - 1 - number : models - oldest + number;
  }

  function page(url: URL): { readonly body: string; readonly link?: string } {
    const cursor = url.searchParams.get("cursor");
    const limit = Math.min(Number(url.searchParams.get("limit") ?? PAGE_ITEMS_MAX), PAGE_ITEMS_MAX);
    pages.set(cursor ?? "", (pages.get(cursor ?? "") ?? 0) + 1);
    const from = cursor === null ? 0 : placeOf(numberBehind(cursor)) + 1;
    const to = Math.min(models, from + limit);
    const rows = Array.from({ length: to - from }, (_, index) => model(numberAt(from + index), oldest));
    const body = JSON.stringify(rows);
    if (to >= models) return { body };
    const next = new URLSearchParams();
    for (const [name, value] of url.searchParams)
      if (name !== "cursor") next.append(name.replace("[]", ""), value);
    next.set("cursor", cursorAt(numberAt(to - 1), oldest));
    return { body, link: `<https://huggingface.co/api/models?${next.toString()}>; rel="next"` };
  }

  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pages,
    windows,
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function idOf(number: number): string {
  return `lab-${number % 9_973}/model-${number}`;
}

function model(number: number, oldest: number): object {
  return {
    _id: hexOf(number),
    id: idOf(number),
    createdAt: bornAt(number, oldest),
    lastModified: new Date(FIRST_BIRTH_MS + number * BIRTH_EVERY_MS).toISOString(),
    downloads: (number * 104_729) % 1_000_003,
    likes: (number * 7_919) % 1_009,
    gated: number % 20 === 0 ? "auto" : false,
    private: false,
    ...(number % 5 === 0 ? {} : { pipeline_tag: TASKS[number % TASKS.length] }),
    ...(number % 7 === 0 ? {} : { library_name: "transformers" }),
    tags: [
      "transformers",
      "safetensors",
      `base_model:lab/base-${number % 1_000}`,
      "en",
      "license:mit",
      "region:us",
    ],
    ...(number % 3 === 0 ? { safetensors: { parameters: { BF16: number }, total: number } } : {}),
  };
}

function bornAt(number: number, oldest: number): string {
  return number < oldest ? SENTINEL : new Date(FIRST_BIRTH_MS + number * BIRTH_EVERY_MS).toISOString();
}

function cursorAt(number: number, oldest: number): string {
  const createdAt = bornAt(number, oldest);
  const filter = { $or: [{ createdAt, _id: { $gt: hexOf(number) } }, { createdAt: { $lt: createdAt } }] };
  return Buffer.from(JSON.stringify(filter)).toString("base64");
}

function numberBehind(cursor: string): number {
  const text = Buffer.from(cursor, "base64").toString();
  return Number.parseInt(/"\$gt":"([0-9a-f]+)"/.exec(text)?.[1] ?? "", 16);
}

function hexOf(number: number): string {
  return number.toString(16).padStart(24, "0");
}
