/** Syncs and publishes without end, and says what it has acknowledged: `node test/crash/writer.ts <home> <first step>`. */
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { publish } from "../../src/publish/publish.ts";
import { runSource } from "../../src/sync/run.ts";
import { scriptedUpstream } from "../worlds/scripted-transport.ts";
import { INTERVAL_MS, ledgerPath, listAt, publishingOf, SOURCES } from "./home.ts";

// Who is killed writes no cache at his end.
flushCompileCache();
const [home = "", first = "0"] = process.argv.slice(2);
const ledger = await openLedger({ url: ledgerPath(home), now: systemRuntime.now });
const publishing = publishingOf(home, ledger);

for (let step = Number(first); ; step += 1) {
  for (const source of SOURCES) {
    const { kind } = source.paging;
    const { transport } = scriptedUpstream(kind, () => listAt(step));
    const report = await runSource(source, {
      ledger,
      runtime: systemRuntime,
      transport,
      limits: LIMITS,
      addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
      credential: () => undefined,
      quotaShare: 1,
      intervalMs: INTERVAL_MS,
      holder: publishing.holder,
      // The one before was killed; nobody else writes here.
      isGone: () => true,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    // Past buffers of our own: what is said is said before the next write begins.
    writeSync(1, `run ${report.runId ?? "none"}\n`);
  }
  const { revision } = await publish(publishing);
  writeSync(1, `revision ${revision.number} ${revision.hash}\n`);
}
