/**
 * Reads the whole Hub once, in a process of its own that may be killed: `node test/hub/whole-child.ts <ledger> <url> <share>`.
 * Says after each page how far it is and how much memory it holds, and in the end what came of it.
 */
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { httpTransport } from "../../src/kit/client.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { huggingfaceHub } from "../../src/sources/huggingface-hub.ts";
import { runSource } from "../../src/sync/run.ts";

// Who is killed writes no cache at his end.
flushCompileCache();
const [url = "", hubUrl = "", share = "0.8"] = process.argv.slice(2);
const ledger = await openLedger({ url, now: systemRuntime.now });
const { transport, close } = httpTransport({});
const report = await runSource(huggingfaceHub, {
  ledger,
  runtime: systemRuntime,
  transport,
  limits: LIMITS,
  addresses: {
    sourceUrls: new Map([[huggingfaceHub.id, hubUrl]]),
    sourceCredentials: new Set(),
    mirrorCredentials: false,
  },
  credential: () => undefined,
  quotaShare: Number(share),
  intervalMs: 3_600_000,
  holder: String(process.pid),
  // The one before was killed; nobody else writes here.
  isGone: () => true,
  signal: new AbortController().signal,
  // Past buffers of our own: what is said is said before the next page is kept.
  onProgress: (progress) => {
    const rows = "rows" in progress ? progress.rows : 0;
    writeSync(1, `${progress.kind} ${rows} ${process.memoryUsage.rss()}\n`);
  },
});
writeSync(1, `report ${JSON.stringify(report)}\n`);
await ledger.close();
await close();
