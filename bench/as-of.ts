/**
 * `node bench/as-of.ts [<models> [<revisions>]]`: what the past costs. A list as of a time, and numbers over time, over a ledger of so many
 * models and revisions, a page of changes and of stories, and the bytes of a revision. Medians; nothing is asserted.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerModels } from "../src/catalog/answer.ts";
import { ModelQuery } from "../src/catalog/query.ts";
import type { Change } from "../src/domain/change.ts";
import type { Facts } from "../src/domain/listing.ts";
import { emptyReport } from "../src/domain/run.ts";
import { factsHash } from "../src/ledger/hash.ts";
import type { Ledger } from "../src/ledger/ledger.ts";
import { openLedger } from "../src/ledger/open.ts";
import { statsOf } from "../src/publish/stats/stats.ts";
import { shelfThen } from "../src/publish/then.ts";

const [MODELS = 50_000, REVISIONS = 100] = process.argv.slice(2).map(Number);
/** Of all offers, in each revision. */
const SHARE_CHANGED = 0.01;
const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 1);
const BUILDS = 5;
const PAGES = 50;
const SOURCE = "together";

const scratch = mkdtempSync(join(tmpdir(), "modeldex-as-of-"));
const file = join(scratch, "ledger.db");
try {
  const ledger = await openLedger({ url: file, now: () => BEGIN });
  const sizes: number[] = [];
  for (let revision = 0; revision < REVISIONS; revision += 1) {
    await commit(ledger, revision);
    sizes.push(bytes());
  }
  const first = sizes[0] ?? 0;
  const grown = (bytes() - first) / Math.max(1, REVISIONS - 1);
  say(
    `${MODELS} models, ${REVISIONS} revisions, ${Math.round(MODELS * SHARE_CHANGED)} offers changed in each`,
  );
  say(
    `ledger: ${mib(first)} after the first, ${mib(bytes())} at the end: ${(grown / 1_024).toFixed(0)} KiB a revision`,
  );

  const standings = new Map([[SOURCE, { authority: "own" as const, gateway: SOURCE }]]);
  const builds: number[] = [];
  const lists: number[] = [];
  for (let build = 0; build < BUILDS; build += 1) {
    const asOf = at(Math.floor(((build + 0.5) * REVISIONS) / BUILDS));
    const since = performance.now();
    const moment = await ledger.snapped({ asOf, knownAt: at(REVISIONS) });
    if (moment === undefined) throw new Error("nothing had been read");
    const shelf = await shelfThen({ ledger, standings }, moment, "public");
    builds.push(performance.now() - since);
    const asked = performance.now();
    answerModels(shelf, ModelQuery.parse({ sort: "input_price", limit: "100" }));
    lists.push(performance.now() - asked);
  }
  say(`as of a time: ${ms(builds)} to build the catalog, ${ms(lists)} for a list of it`);
  const counting = () =>
    statsOf(
      { ledger, standings, directory: scratch },
      { interval: "day", since: BEGIN, until: at(REVISIONS), knownAt: at(REVISIONS) },
      "public",
    );
  say(`numbers of every day of it: ${ms(await timed(counting, BUILDS))}`);
  say(
    `a page of 100 changes, the latest first: ${ms(await timed(() => ledger.changes({ order: "desc", limit: 100 })))}`,
  );
  say(`a page of 50 stories: ${ms(await timed(() => ledger.stories({ limit: 50 })))}`);
  say(`one model's changes: ${ms(await timed(() => ledger.changes({ model: idOf(7), limit: 100 })))}`);
  await ledger.close();
} finally {
  rmSync(scratch, { recursive: true });
}

async function commit(ledger: Ledger, revision: number): Promise<void> {
  const recordedAt = at(revision);
  const open = new Map((await ledger.sourceState(SOURCE)).open.map((one) => [one.nativeId, one.versionId]));
  const rows = Array.from({ length: MODELS }, (_, row) => row).filter(
    (row) => revision === 0 || (row * 7 + revision) % Math.round(1 / SHARE_CHANGED) === 0,
  );
  const openings = rows.map((row) => {
    const nativeId = idOf(row);
    const facts = factsOf(row, revision);
    const replaces = open.get(nativeId);
    const key = { gateway: SOURCE, provider: "unstated", nativeId };
    return {
      ...key,
      facts,
      hash: factsHash(facts),
      cause: "upstream" as const,
      ...(replaces === undefined ? {} : { replaces }),
    };
  });
  const lease = await ledger.takeLease("bench", "bench", recordedAt, HOUR_MS);
  if (lease === undefined) throw new Error("nobody else writes");
  const nothing = { closings: [], holds: [], endedHolds: [], unseen: [], volatile: [], validators: [] };
  const runId = await ledger.commitRun(
    {
      source: SOURCE,
      startedAt: recordedAt,
      recordedAt,
      observedAt: recordedAt,
      report: { ...emptyReport(SOURCE, "complete"), coverage: { kind: "whole", evidence: "made up" } },
      applied: { fingerprint: "bench", openings, ...nothing },
      findings: [],
      findingKinds: [],
      rawPages: [],
    },
    lease,
  );
  const changes = revision === 0 ? [] : rows.map((row) => changeOf(row, revision));
  const told = { createdAt: recordedAt, knownAt: recordedAt, runId, models: MODELS, offers: MODELS };
  await ledger.commitRevision({ hash: `bench-${revision}`, ...told }, changes, lease);
  await ledger.releaseLease(lease);
}

function changeOf(row: number, revision: number): Change {
  const id = idOf(row);
  return {
    subject: "offer",
    subjectId: `${SOURCE}/unstated/${id}`,
    kind: "changed",
    topics: ["price"],
    cause: "upstream",
    gateway: SOURCE,
    model: id,
    fields: [
      { field: "prices", before: factsOf(row, revision - 1).prices, after: factsOf(row, revision).prices },
    ],
  };
}

function factsOf(row: number, revision: number): Facts {
  const usd = `0.0000${String(1_000 + ((row * 31 + revision) % 8_999))}`;
  return {
    name: `Model ${row}`,
    billing: "metered",
    contextTokens: 1_024 * (1 + (row % 256)),
    prices: [{ meter: "input", unit: "token", usd }],
  };
}

function idOf(row: number): string {
  return `lab-${row % 200}/model-${row}`;
}

function at(revision: number): number {
  return BEGIN + revision * HOUR_MS;
}

function bytes(): number {
  return [file, `${file}-wal`].reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

async function timed(ask: () => Promise<unknown>, often = PAGES): Promise<readonly number[]> {
  const times: number[] = [];
  for (let page = 0; page < often; page += 1) {
    const since = performance.now();
    await ask();
    times.push(performance.now() - since);
  }
  return times;
}

function ms(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} ms (worst ${(sorted.at(-1) ?? 0).toFixed(1)})`;
}

function mib(size: number): string {
  return `${(size / 1_024 ** 2).toFixed(1)} MiB`;
}

function say(line: string): void {
  console.log(line);
}
