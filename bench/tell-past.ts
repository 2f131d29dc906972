/**
 * `node bench/tell-past.ts [<offers> [<moments>]]`: what it costs to tell the changes of an imported past: so many readings of a
 * list of so many offers, of which some change in each. Time for each moment, and the largest memory; nothing is asserted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Facts } from "../src/domain/listing.ts";
import { emptyReport } from "../src/domain/run.ts";
import { systemRuntime } from "../src/kit/runtime.ts";
import { factsHash } from "../src/ledger/hash.ts";
import type { Ledger } from "../src/ledger/ledger.ts";
import { openLedger } from "../src/ledger/open.ts";
import { publish } from "../src/publish/publish.ts";
import { tellPast } from "../src/publish/tell-past.ts";

const [OFFERS = 20_000, MOMENTS = 50] = process.argv.slice(2).map(Number);
/** Of all offers, at each moment. */
const SHARE_CHANGED = 0.01;
const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 1);
const SOURCE = "together";
const MIB = 1_024 ** 2;

const scratch = mkdtempSync(join(tmpdir(), "modeldex-tell-"));
try {
  const ledger = await openLedger({ url: join(scratch, "ledger.db"), now: systemRuntime.now });
  for (let moment = 0; moment <= MOMENTS; moment += 1) await read(ledger, moment);
  const publishing = {
    ledger,
    runtime: systemRuntime,
    directory: join(scratch, "catalog"),
    standings: new Map([[SOURCE, { authority: "own" as const, gateway: SOURCE }]]),
    holder: "bench",
  };
  await publish(publishing);
  const began: number[] = [];
  const before = process.memoryUsage().rss;
  const changes = await tellPast({
    ...publishing,
    signal: new AbortController().signal,
    onMoment: () => void began.push(performance.now()),
  });
  const ends = [...began.slice(1), performance.now()];
  const times = ends.map((end, index) => end - (began[index] ?? end)).toSorted((a, b) => a - b);
  const [median, worst] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  const whole = times.reduce((sum, each) => sum + each, 0);
  say(`${OFFERS} offers, ${times.length} moments, ${changes} changes told`);
  say(
    `in all ${(whole / 1_000).toFixed(1)} s: ${median.toFixed(0)} ms for a moment (worst ${worst.toFixed(0)})`,
  );
  say(
    `memory: ${(before / MIB).toFixed(0)} MiB before, ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MiB at most`,
  );
  await ledger.close();
} finally {
  rmSync(scratch, { recursive: true });
}

/** What the source said at a moment, as a recording that is imported. */
async function read(ledger: Ledger, moment: number): Promise<void> {
  const at = BEGIN + moment * DAY_MS;
  const open = new Map((await ledger.sourceState(SOURCE)).open.map((one) => [one.nativeId, one.versionId]));
  const rows = Array.from({ length: OFFERS }, (_, row) => row).filter(
    (row) => moment === 0 || (row * 7 + moment) % Math.round(1 / SHARE_CHANGED) === 0,
  );
  const openings = rows.map((row) => {
    const nativeId = `lab-${row % 200}/model-${row}`;
    const facts = factsOf(row, moment);
    const replaces = open.get(nativeId);
    return {
      gateway: SOURCE,
      provider: "unstated",
      nativeId,
      facts,
      hash: factsHash(facts),
      cause: "upstream" as const,
      ...(replaces === undefined ? {} : { replaces }),
    };
  });
  const lease = await ledger.takeLease("bench", "bench", at, DAY_MS);
  if (lease === undefined) throw new Error("nobody else writes");
  const nothing = { closings: [], holds: [], endedHolds: [], unseen: [], volatile: [], validators: [] };
  await ledger.commitRun(
    {
      source: SOURCE,
      startedAt: at,
      recordedAt: at,
      observedAt: at,
      report: { ...emptyReport(SOURCE, "complete"), coverage: { kind: "whole", evidence: "made up" } },
      applied: { fingerprint: "bench", openings, ...nothing },
      findings: [],
      findingKinds: [],
      rawPages: [],
      recording: { at, hash: `m${moment}` },
    },
    lease,
  );
  await ledger.releaseLease(lease);
}

function factsOf(row: number, moment: number): Facts {
  const usd = `0.0000${String(1_000 + ((row * 31 + moment) % 8_999))}`;
  return {
    name: `Model ${row}`,
    billing: "metered",
    contextTokens: 1_024 * (1 + (row % 256)),
    capabilities: { tools: row % 2 === 0, vision: row % 3 === 0 },
    prices: [{ meter: "input", unit: "token", usd }],
  };
}

function say(line: string): void {
  console.log(line);
}
