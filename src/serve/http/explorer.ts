/** The explorer's files as the build left them: read when they are first asked for, sent as they are. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { codingFor, codingOf } from "./coding.ts";
import { fixedBytes, type FixedPage } from "./fixed.ts";
import { Problem } from "./problem.ts";

/** Beside the compiled program, or where the build puts it when the sources run as they are. */
const FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../../dist/web" : "../../../web", import.meta.url),
);

const TYPES: { readonly [extension: string]: string } = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** Its own scripts and styles, its own server, and nothing else: whatever text an upstream sent stays text. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What keeps the explorer readable while the server is away asks this server, and runs nothing else. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** A name in this folder changes with its content. */
const HASHED = "assets";
const HASHED_CACHING = "public, max-age=31536000, immutable";
const PAGE_CACHING = "no-cache";

/** Addresses that are pages of the explorer: one file shows them all. */
export const PAGES = [
  "/",
  "/models/*",
  "/compare",
  "/map",
  "/changes",
  "/sources",
  "/check",
  "/about",
] as const;

export function registerExplorer(server: FastifyInstance, folder = FOLDER): void {
  const files = new Map<string, FixedPage>();
  const config = { policy: "public" } as const;
  for (const url of PAGES) {
    server.get(url, { config }, (request, reply) =>
      sendFile(request, reply.header("content-security-policy", PAGE_POLICY), "index.html"),
    );
  }
  server.get(`/${HASHED}/:name`, { config }, (request, reply) => {
    // Fastify's parts of a path are texts by construction.
    const { name } = request.params as { readonly name: string };
    return sendFile(request, reply, `${HASHED}/${name}`);
  });
  for (const name of ["icon.svg", "theme.js"])
    server.get(`/${name}`, { config }, (request, reply) => sendFile(request, reply, name));
  // It asks the server, and its own headers say that it may. Where this address is gone, the worker leaves the browser.
  server.get("/sw.js", { config }, (request, reply) =>
    sendFile(request, reply.header("content-security-policy", WORKER_POLICY), "sw.js"),
  );

  async function sendFile(request: FastifyRequest, reply: FastifyReply, name: string): Promise<FastifyReply> {
    const page = files.get(name) ?? readPage(folder, name);
    files.set(name, page);
    const coding = codingOf(page.bytes, codingFor(request.headers["accept-encoding"]));
    if (coding !== "identity") reply.header("content-encoding", coding);
    return reply
      .header("cache-control", name.startsWith(HASHED) ? HASHED_CACHING : PAGE_CACHING)
      .type(page.type)
      .send(await fixedBytes(page, coding));
  }
}

/** Only what the build left there has a name: nothing that is asked for leads out of the folder. */
function readPage(folder: string, name: string): FixedPage {
  const type = TYPES[extname(name)];
  if (type === undefined || !isBuilt(folder, name))
    throw new Problem(
      "no-such-route",
      name === "index.html"
        ? "the explorer is not built: npm run build makes it; the same answers are at /v1/models"
        : "the explorer has no such file",
    );
  return { type, bytes: readFileSync(join(folder, name)) };
}

function isBuilt(folder: string, name: string): boolean {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).includes(name);
  } catch {
    return false;
  }
}
