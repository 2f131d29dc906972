/** Reads one list in a process of its own, and prints by how much its memory grew: `memory-child.ts <mirror> <attemptMs>`. */
import { runSource } from "../../src/sync/run.ts";
import { sourceOf } from "./kinds.ts";
import { openWorld } from "./world.ts";
import type { Upstreams } from "../../tools/upstreams/server.ts";
import { LIMITS } from "../../src/kit/limits.ts";

const [, , mirror = "", attemptMs = "60000"] = process.argv;

const world = await openWorld({
  limits: { ...LIMITS, attemptMs: Number(attemptMs), retriesPerPageMax: 0 },
  addresses: { mirror },
  // The simulator is the parent's; only its address is needed here.
  upstreams: { url: mirror } as Upstreams,
});
// What any first run costs is not the recipe's: code is loaded, and the heap finds its size.
await runSource(sourceOf("single", "warm"), world.context);
const before = process.resourceUsage().maxRSS;
const started = performance.now();
const report = await runSource(sourceOf("single", "bad"), world.context);
const ms = performance.now() - started;
const grewMb = (process.resourceUsage().maxRSS - before) / 1_024;
process.stdout.write(
  JSON.stringify({ outcome: report.outcome, code: report.error?.code, grewMb, ms, offers: report.offers }),
);
await world.close();
