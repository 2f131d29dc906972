/** How fast the Hub is asked: its own headers decide, our share of them is kept, and half a second is for where it is silent. */
import { expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { huggingface } from "../../src/sources/huggingface.ts";
import { virtualClock } from "../bad-world/scripted.ts";
import { openWorld, type WorldOptions } from "../bad-world/world.ts";
import { HUB_HOST, simulatedHub, type Hub, type HubOptions } from "../simulator/hub.ts";
import { hubModels } from "../simulator/hub-models.ts";
import type { RunReport } from "../../src/sync/run.ts";

const WINDOW_MS = 300_000;

interface Crawl {
  readonly report: RunReport;
  readonly hub: Hub;
  /** When each request was made. */
  readonly askedAt: readonly number[];
  readonly authorizations: readonly (string | undefined)[];
}

/** The Hub, read on a clock that moves only when somebody waits. */
async function crawl(hubOptions: Partial<HubOptions>, options: WorldOptions = {}): Promise<Crawl> {
  const clock = virtualClock();
  const hub = simulatedHub({ models: hubModels(300), now: clock.now, ...hubOptions });
  const world = await openWorld({
    ...options,
    runtime: clock,
    limits: { ...LIMITS, waitMaxMs: WINDOW_MS, runMs: 24 * 3_600_000 },
    addresses: { mirrorCredentials: true },
  });
  const askedAt: number[] = [];
  const authorizations: (string | undefined)[] = [];
  world.upstreams.setBody({ host: HUB_HOST }, (request) => {
    askedAt.push(clock.monotonic());
    authorizations.push(request.headers.authorization);
    return hub.answer(request);
  });
  try {
    return { report: await world.run(SMALL_PAGES), hub, askedAt, authorizations };
  } finally {
    await world.close();
  }
}

/** Many pages of few rows. */
const SMALL_PAGES = {
  ...huggingface,
  paging: { ...huggingface.paging, query: { ...huggingface.paging.query, limit: "10" } },
};

test("without a rate header, half a second lies between two anonymous requests", async () => {
  const { report, askedAt } = await crawl({});
  expect(report).toMatchObject({ outcome: "complete", pages: 30 });
  expect(askedAt).toEqual(Array.from({ length: 30 }, (_, index) => index * 500));
});

test("with a token nobody waits, and the token is sent", async () => {
  for (const name of ["HF_TOKEN", "HUG_API_KEY"]) {
    const { askedAt, authorizations } = await crawl({}, { credentials: { [name]: "hf_canary" } });
    expect(askedAt.at(-1)).toBe(0);
    expect(new Set(authorizations)).toEqual(new Set(["Bearer hf_canary"]));
  }
});

test("where a rate header says how much is left, nobody waits until our share is used", async () => {
  const { report, askedAt } = await crawl({ quota: 500 });
  expect(report).toMatchObject({ outcome: "complete", pages: 30 });
  expect(askedAt.at(-1)).toBe(0);
});

test("our share of a window is never exceeded, and no request is refused", async () => {
  const { report, hub } = await crawl({ quota: 10 });
  expect(report).toMatchObject({ outcome: "complete", pages: 30, retries: 0, unique: 300 });
  expect(hub.refused).toBe(0);
  expect(Math.max(...hub.windows)).toBe(8);
});
