/**
 * `npm run picture`: the picture of the explorer in the README, taken of the real program in a real browser, which was filled
 * from the fixtures.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_FLAGS } from "../test/web/stage.ts";
import { serve } from "./served.ts";
import { startUpstreams } from "./upstreams/server.ts";

const FILE = join(import.meta.dirname, "../docs/explorer.png");
const FIXTURES = join(import.meta.dirname, "../fixtures");
/** Those that most gateways offer. */
const SHOWN = "/?sort=offers";

const home = mkdtempSync(join(tmpdir(), "modeldex-picture-"));
const upstreams = await startUpstreams({ directory: FIXTURES });
// The fixtures are as old as their dates: nothing of that is news here.
const server = serve({
  home,
  mirror: upstreams.url,
  MODELDEX_SOURCES: "all",
  MODELDEX_SYNC_INTERVAL: "365d",
});
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  const url = await server.url;
  while (!(await isFilled(url))) await sleep(200);
  const page = await browser.newPage({ viewport: { width: 1_360, height: 765 } });
  await page.goto(url + SHOWN);
  await page.getByRole("cell").first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: FILE });
  console.log(`${FILE} is what the explorer shows`);
} finally {
  await browser.close();
  server.process.kill();
  await upstreams.close();
  rmSync(home, { recursive: true, force: true });
}

/** Every source was read, and what they said is out. */
async function isFilled(origin: string): Promise<boolean> {
  // Our own answer.
  const { revision = 0, reading } = (await (await fetch(`${origin}/v1/progress`)).json()) as {
    readonly revision?: number;
    readonly reading: readonly unknown[];
  };
  return revision > 1 && reading.length === 0;
}
