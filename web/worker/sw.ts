/**
 * The explorer while the server is away: its own files, and the last public answers, each with the time at which it was kept.
 * Whatever the server answers goes first. What is asked with a key or a token, and what nobody may keep, never comes in here.
 */
declare const self: ServiceWorkerGlobalScope;
/** The build's files, and a name that changes with them: both are put in by the build. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_NAME: string;

const SHELL = `shell-${SHELL_NAME}`;
const ANSWERS = "answers";
const ANSWERS_MAX = 200;
/** Whoever types asks again within this: what he asked is kept when he stops. */
const QUIET_MS = 1_000;
/** A page that is open while a new edition comes still finds the files of its own. */
const SHELLS_MAX = 2;
const PAGE = "/";
const PAGES = /^\/($|models\/|(compare|map|changes|sources|check|about)$)/;
const KEPT =
  /^\/v1\/(models|offers|stories|changes|deprecations|sources|runs|findings|gateways|labs|tasks|compare|stats)(\/|$)/;
/** A proxy says so where nobody stands behind it. */
const AWAY: ReadonlySet<number> = new Set([502, 504]);
const GONE: ReadonlySet<number> = new Set([404, 410]);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!PAGES.test(pathname)) return;
    event.respondWith(page(event));
    event.waitUntil(leaveIfGone());
  } else if (pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (SHELL_FILES.includes(pathname)) event.respondWith(shellFile(request));
  else if (mayBeKept(request)) event.respondWith(answer(event));
});

async function install(): Promise<void> {
  const shell = await caches.open(SHELL);
  await shell.addAll(SHELL_FILES.map((path) => new Request(path, { cache: "no-cache" })));
  const html = (await (await shell.match(PAGE))?.text()) ?? "";
  const named = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
  // The server was exchanged meanwhile: the next look finds the worker that belongs to these files.
  if (!named.every((path) => SHELL_FILES.includes(path))) throw new Error("the page is of another edition");
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  await self.registration.navigationPreload.enable();
  const shells = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  for (const name of shells.slice(0, -(SHELLS_MAX - 1))) await caches.delete(name);
  await self.clients.claim();
}

async function page(event: FetchEvent): Promise<Response> {
  try {
    // What the browser asks while this worker wakes up; nothing where it does not do that.
    const preloaded: unknown = await event.preloadResponse;
    const response = preloaded instanceof Response ? preloaded : await fetch(event.request);
    if (!AWAY.has(response.status)) return response;
    return (await ownFile(PAGE)) ?? response;
  } catch {
    return (await ownFile(PAGE)) ?? Response.error();
  }
}

/** Its name changes with its content: whichever edition kept it, it is the same. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function shellFile(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok) return response;
  } catch {
    // Nobody answers: the file of this edition stands in.
  }
  return (await ownFile(new URL(request.url).pathname)) ?? Response.error();
}

async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (!AWAY.has(response.status)) {
      if (isForEverybody(response)) event.waitUntil(keepSoon(request.url));
      return response;
    }
    return (await keptAnswer(request.url)) ?? response;
  } catch {
    return (await keptAnswer(request.url)) ?? Response.error();
  }
}

function mayBeKept({ url, headers }: Request): boolean {
  return (
    KEPT.test(new URL(url).pathname) &&
    !headers.has("authorization") &&
    headers.get("accept") === "application/json"
  );
}

function isForEverybody({ status, headers }: Response): boolean {
  return status === 200 && !/no-store|private/.test(headers.get("cache-control") ?? "no-store");
}

const soon = new Set<string>();
let asks = 0;

/** An answer goes to the page as it comes; what is kept is what the browser itself still has of it. */
async function keepSoon(url: string): Promise<void> {
  soon.add(url);
  asks += 1;
  const ask = asks;
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  if (ask !== asks) return;
  const urls = [...soon];
  soon.clear();
  await keepAll(urls);
}

async function keep(url: string, response: Response): Promise<void> {
  // A worker that has left still stands beside the pages that were open.
  if (!(await caches.has(SHELL))) return;
  const answers = await caches.open(ANSWERS);
  const headers = {
    "content-type": response.headers.get("content-type") ?? "application/json",
    "x-kept-at": new Date().toISOString(),
  };
  await answers.put(url, new Response(await response.blob(), { headers }));
  const kept = await answers.keys();
  for (const oldest of kept.slice(0, Math.max(0, kept.length - ANSWERS_MAX))) await answers.delete(oldest);
}

/** What was asked a moment ago, or by a page before this worker stood beside it. */
async function keepAll(urls: unknown): Promise<void> {
  if (!Array.isArray(urls)) return;
  for (const url of urls.filter((each) => typeof each === "string").slice(-ANSWERS_MAX)) {
    const request = new Request(url, { headers: { accept: "application/json" } });
    if (new URL(request.url).origin !== self.location.origin || !mayBeKept(request)) continue;
    const response = await fetch(request, { cache: "force-cache" }).catch(() => undefined);
    if (response !== undefined && isForEverybody(response)) await keep(request.url, response);
  }
}

async function keptAnswer(url: string): Promise<Response | undefined> {
  return (await caches.open(ANSWERS)).match(url);
}

async function ownFile(path: string): Promise<Response | undefined> {
  return (await caches.open(SHELL)).match(path);
}

/** Whoever serves no worker any more does not want this one: it takes everything with it that it kept. */
async function leaveIfGone(): Promise<void> {
  const response = await fetch("/sw.js", { cache: "no-cache" }).catch(() => undefined);
  if (response === undefined || !GONE.has(response.status)) return;
  await self.registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
