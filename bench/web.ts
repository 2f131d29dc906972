/**
 * `node bench/web.ts [<models>…]`: the explorer in a real Chromium, in front of a server with so many models: bytes of the first
 * view, navigation to a filled table, a key press to its rows, the frames of scrolling, and memory. Beside each stands the
 * floor of the same browser and server in the same run: a page of plain text, the bare request, a plain list.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM, CHROMIUM_FLAGS } from "../test/web/stage.ts";
import { startUpstreams } from "../tools/upstreams/server.ts";
import { median, repeated } from "./cost.ts";
import { slim } from "./lists.ts";
import { serve } from "../tools/served.ts";
import {
  framesWhileReading,
  framesWhileScrolling,
  noteFirstRow,
  rowsOfThatKey,
  listenForNextKey,
} from "./web-page.ts";

const asked = process.argv.slice(2).map(Number);
const SIZES = asked.length === 0 ? [20_000, 200_000] : asked;
const VISITS = 7;
const ROUNDS_OF_KEYS = 4;
const TYPED = ["mistral instruct", "qwen instruct 3b", "llama model 70b"];
const SCROLL_STEPS = 300;
const FRAME_MAX_MS = 32;
/** Twice a second, for a minute. */
const LOOKS_MAX = 120;
const MIB = 1_024 ** 2;
const ALL_AT_ONCE = "--js-flags=--expose-gc";

const chrome = await chromium.launch({
  executablePath: CHROMIUM,
  args: [...CHROMIUM_FLAGS, ALL_AT_ONCE, "--enable-precise-memory-info"],
});
const [busy = 0] = loadavg();
say(
  `Chromium ${chrome.version()}, Node ${process.versions.node}; load of the machine before: ${busy.toFixed(1)}.`,
);
try {
  for (const size of SIZES) await measure(chrome, size);
} finally {
  await chrome.close();
}

async function measure(browser: Browser, size: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "modeldex-web-"));
  const upstreams = await startUpstreams();
  const list = slim(size);
  upstreams.setBody({ host: list.host, path: list.path }, list.body);
  const server = serve({ home, mirror: upstreams.url });
  try {
    const url = await server.url;
    await untilFilled(url, size);
    say(`\n${size.toLocaleString("en")} models`);
    await sayFirstView(browser, url);
    await sayNavigation(browser, url);
    const page = await filled(browser, url);
    await sayKeys(page, url);
    await sayScrolling(page, browser, url);
    await page.context().close();
  } finally {
    server.process.kill();
    await upstreams.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Everything that the browser asks for until the table is filled, compressed as a server without Brotli would. */
async function sayFirstView(browser: Browser, url: string): Promise<void> {
  const page = await filled(browser, url);
  await page.waitForLoadState("networkidle");
  const resources = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name),
  );
  await page.context().close();
  const sizes = await Promise.all(
    [`${url}/`, ...new Set(resources)].map(async (name) => {
      const answer = await fetch(name, { headers: { "accept-encoding": "identity" } });
      return { isData: name.includes("/v1/"), bytes: gzipSync(await answer.bytes()).length };
    }),
  );
  const sum = (isData: boolean) =>
    sizes.filter((each) => each.isData === isData).reduce((total, { bytes }) => total + bytes, 0);
  say(
    `first view, gzip: ${kilobytes(sum(false))} of program (goal 150), ${kilobytes(sum(true))} of data, ${sizes.length} requests`,
  );
}

async function sayNavigation(browser: Browser, url: string): Promise<void> {
  const times = await repeated(VISITS, async () => {
    const page = await filled(browser, url);
    const first = await page.evaluate(() => (globalThis as { firstRowAt?: number }).firstRowAt ?? Number.NaN);
    await page.context().close();
    return first;
  });
  const floors = await repeated(VISITS, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/v1/models`);
    const loaded = await page.evaluate(
      () => performance.getEntriesByType("navigation").map((entry) => entry.duration)[0] ?? Number.NaN,
    );
    await context.close();
    return loaded;
  });
  const [own, floor] = [median(times), median(floors)];
  say(
    `navigation to a filled table, empty cache: ${ms(own)} (worst ${ms(Math.max(...times))}); the bare answer as text ${ms(floor)}: ${(own / floor).toFixed(2)} ×`,
  );
}

async function sayKeys(page: Page, url: string): Promise<void> {
  const field = page.getByRole("searchbox");
  const times: { readonly rows: number; readonly asked: number }[] = [];
  for (let round = 0; round < ROUNDS_OF_KEYS; round += 1) {
    for (const text of TYPED) {
      for (const key of text) {
        await field.focus();
        await page.evaluate(listenForNextKey);
        // Never faster than somebody types.
        await page.waitForTimeout(60);
        await page.keyboard.press(key === " " ? "Space" : key);
        times.push(await page.evaluate(rowsOfThatKey));
      }
      await field.fill("");
      await page.waitForTimeout(200);
    }
    // What was asked before is remembered by the page: the next round begins anew.
    await page.goto(`${url}/`);
    await untilRows(page);
  }
  const rows = times.map((each) => each.rows);
  const requests = times.map((each) => each.asked);
  say(
    `key press to its rows, ${times.length} keys: p50 ${ms(quantile(rows, 0.5))}, p95 ${ms(quantile(rows, 0.95))} (goal 50); the request alone p50 ${ms(quantile(requests, 0.5))}, p95 ${ms(quantile(requests, 0.95))}`,
  );
}

async function sayScrolling(page: Page, browser: Browser, url: string): Promise<void> {
  const before = await heap(page);
  const reading = await page.evaluate(framesWhileReading, SCROLL_STEPS);
  const across = await page.evaluate(framesWhileScrolling, SCROLL_STEPS);
  const after = await heap(page);
  const context = await browser.newContext();
  const plain = await context.newPage();
  await plain.goto(`${url}/v1/models`);
  await plain.evaluate(() => {
    const tall = document.createElement("div");
    tall.style.height = "660000px";
    document.body.append(tall);
  });
  const floor = await plain.evaluate(framesWhileScrolling, SCROLL_STEPS);
  await context.close();
  for (const [name, frames] of [
    ["scrolling as one reads", reading],
    ["from the top to the end", across],
    ["a plain page", floor],
  ] as const)
    say(
      `${name}, ${frames.length} frames: p50 ${ms(quantile(frames, 0.5))}, p99 ${ms(quantile(frames, 0.99))}, longest ${ms(Math.max(...frames))}; over ${FRAME_MAX_MS} ms: ${frames.filter((frame) => frame > FRAME_MAX_MS).length} (goal 0)`,
    );
  say(
    `memory of the page: ${(before.bytes / MIB).toFixed(1)} MiB of heap, ${before.nodes} nodes; after scrolling all of it ${(after.bytes / MIB).toFixed(1)} MiB, ${after.nodes} nodes`,
  );
}

/** What is left after the garbage is taken away. */
async function heap(page: Page): Promise<{ readonly bytes: number; readonly nodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { bytes: of("JSHeapUsedSize"), nodes: of("Nodes") };
}

/** A visitor who was never here. */
async function filled(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_360, height: 850 } });
  const page = await context.newPage();
  await page.addInitScript(noteFirstRow);
  await page.goto(`${url}/`);
  await untilRows(page);
  return page;
}

async function untilRows(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as { firstRowAt?: number }).firstRowAt !== undefined);
}

async function untilFilled(url: string, size: number): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const answer = await fetch(`${url}/v1/models?limit=1`);
    const { total = 0 } = answer.ok ? ((await answer.json()) as { readonly total?: number }) : {};
    if (total >= size) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the server has no ${size} models yet`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function say(line: string): void {
  console.log(line);
}
