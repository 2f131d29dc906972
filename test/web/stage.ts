/** A real browser in front of the real program, which was filled from the fixtures over HTTP. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { openApplication, openServingApplication } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";

export const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
/** Without these it asks hosts of its own, and needs rights that a container does not have. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Enough for every look that a page has: priced, free, by subscription, unknown, held by several gateways. */
const SOURCES = [
  "openrouter",
  "groq",
  "deepinfra",
  "together",
  "novita",
  "featherless",
  "huggingface-router",
  "nebius",
];
const ADMIN_KEY = "a key for tests";

export interface Stage {
  readonly url: string;
  /** Where the program keeps what it keeps. */
  readonly home: string;
  readonly browser: Browser;
  /** A page of a visitor of his own; what it complains of is noted. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Errors of scripts and refusals by the policy, on any page. */
  readonly complaints: string[];
  /** Of the server's log, where the settings ask for one. */
  readonly lines: string[];
  close(): Promise<void>;
}

export async function openStage(
  directory = new URL("../../fixtures/", import.meta.url).pathname,
  settings: { readonly [name: string]: string } = {},
  /** Sets what upstreams said before: it is read first, so that there are changes. */
  before?: (upstreams: Upstreams) => void,
): Promise<Stage> {
  if (!existsSync(CHROMIUM))
    throw new Error(
      `no browser at ${CHROMIUM}: install Chromium (apt-get install chromium) or set CHROMIUM_PATH`,
    );
  const home = mkdtempSync(join(tmpdir(), "modeldex-web-"));
  const upstreams = await startUpstreams({ directory });
  const flags = {
    MODELDEX_HOME: home,
    MODELDEX_MIRROR: upstreams.url,
    MODELDEX_ADMIN_KEY: ADMIN_KEY,
    MODELDEX_PORT: "0",
    MODELDEX_SYNC_INTERVAL: "24h",
    MODELDEX_SOURCES: SOURCES.join(","),
    ...settings,
  };
  const first = await openApplication(loadConfig({}, home, flags));
  if (before !== undefined) {
    before(upstreams);
    await first.sync([], () => undefined);
    upstreams.clearBodies();
  }
  await first.sync([], () => undefined);
  await first.close();
  const complaints: string[] = [];
  const lines: string[] = [];
  const application = await openServingApplication(flags, () => undefined);
  const server = createServer(application, {
    clock: systemRuntime,
    staleAfterMs: 24 * 3_600_000,
    onAnswered: (line) => void lines.push(line),
    onMistake: (error, where) => complaints.push(`${where}: ${String(error)}`),
  });
  const url = await server.listen();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  return {
    url,
    home,
    browser,
    complaints,
    lines,
    open: async (path, options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1_360, height: 850 },
        // Requests of a worker pass by whatever a test puts in between; offline.test.ts is about them.
        serviceWorkers: "block",
        ...options,
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(`${path}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
          complaints.push(`${path}: ${message.text()}`);
      });
      await page.goto(`${url}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
      await application.close();
      await upstreams.close();
      rmSync(home, { recursive: true });
    },
  };
}
