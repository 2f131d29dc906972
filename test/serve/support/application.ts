/** An application without a world: a small revision, a ledger of a few lines, and commands that only remember. */
import type { Shelf } from "../../../src/catalog/catalog.ts";
import type { Checks } from "../../../src/check/checks.ts";
import type { SignIn } from "../../../src/check/sign-in.ts";
import type { Decided, Decision } from "../../../src/domain/decision.ts";
import type { OnProgress, Progress } from "../../../src/domain/progress.ts";
import { emptyReport, type Report } from "../../../src/domain/run.ts";
import type { Stats } from "../../../src/domain/stats.ts";
import type { Run, SourceHealth, StoredChange, StoredFinding } from "../../../src/ledger/ledger.ts";
import type { ChangeQuery } from "../../../src/ledger/changes.ts";
import {
  UnknownName,
  type Memory,
  type Provenance,
  type ServingApplication,
  type SourceCard,
  type SyncResult,
} from "../../../src/serve/application.ts";
import type { WatchCommand } from "../../../src/serve/watches.ts";
import { fakeChecks, fakeSignIn } from "./checks.ts";
import { SOME_STATS } from "./stats.ts";
import { fakeWatches } from "./watches.ts";
import { HOSTILE, HOUR_MS, NOW, smallShelf } from "./catalog.ts";

export const ADMIN_KEY = "the right key";

export interface FakeApplication extends ServingApplication {
  readonly synced: (readonly string[])[];
  /** Runs that were accepted, decisions that were made, and the numbers of those that were taken back. */
  readonly commands: (Decision | number)[];
  readonly askedChanges: ChangeQuery[];
  readonly watched: WatchCommand[];
  tell(progress: Progress): void;
  closed: boolean;
}

export interface Fake {
  readonly shelf?: Shelf | undefined;
  /** What the holder of the admin key reads, where that is more. */
  readonly operatorShelf?: Shelf;
  readonly adminKey?: string | undefined;
  readonly reports?: SyncResult["reports"];
  readonly progress?: readonly Progress[];
  readonly health?: () => Promise<readonly SourceHealth[]>;
  readonly port?: number;
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number };
  readonly trustProxy?: number;
  readonly log?: "off" | "requests";
  readonly checks?: Checks;
  readonly signIn?: SignIn;
  readonly provenance?: Provenance;
  readonly shelfAt?: ServingApplication["shelfAt"];
  readonly stats?: ServingApplication["stats"];
  /** What the holder of the admin key is counted, where that is otherwise. */
  readonly operatorStats?: Stats;
}

export const NO_PROVENANCE: Provenance = {
  explain: async () => ({ model: new Map(), offers: new Map() }),
  offersAt: async () => [],
  history: async () => [],
  differences: async () => ({ page: [], total: 0 }),
  accuracy: async () => Promise.reject(new Error("nobody asks how right a source is")),
  diagnose: async () => Promise.reject(new Error("nobody is ill")),
};

export function fakeApplication(fake: Fake = {}): FakeApplication {
  const shelf = "shelf" in fake ? fake.shelf : smallShelf();
  const adminKey = "adminKey" in fake ? fake.adminKey : ADMIN_KEY;
  const followers = new Set<OnProgress>();
  const decided: Decided[] = [{ id: 3, kind: "hide", target: "groq/groq/hidden", createdAt: NOW }];
  const application: FakeApplication = {
    version: "0.0.0-test",
    synced: [],
    commands: [],
    askedChanges: [],
    watched: [],
    closed: false,
    host: "127.0.0.1",
    port: fake.port ?? 0,
    ...(fake.rateLimit === undefined ? {} : { rateLimit: fake.rateLimit }),
    trustProxy: fake.trustProxy ?? 0,
    log: fake.log ?? "off",
    sources: [
      card("groq", "groq", true),
      card("huggingface-router", "huggingface", true),
      card("xai", "xai", false),
      { ...card("a-package", "a-package", true), authority: "third-party" as const, credentials: [] },
    ],
    // The doors ask for no more of a ledger than this.
    ledger: fakeLedger(fake, (query) => application.askedChanges.push(query)),
    provenance: fake.provenance ?? NO_PROVENANCE,
    checks: fake.checks ?? fakeChecks(),
    signIn: fake.signIn ?? fakeSignIn(),
    shelf: () => shelf,
    earlier: () => undefined,
    shelfAt: fake.shelfAt ?? (async () => shelf),
    operatorShelf: () => fake.operatorShelf ?? shelf,
    operatorThen: {
      shelfAt:
        fake.operatorShelf === undefined && fake.shelfAt !== undefined
          ? fake.shelfAt
          : async () => fake.operatorShelf ?? shelf,
      stats: async () => fake.operatorStats ?? SOME_STATS,
    },
    stats: fake.stats ?? (async () => SOME_STATS),
    isAdmin: (key) => (adminKey === undefined ? undefined : key === adminKey),
    inProgress: () => fake.progress ?? [],
    follow: (onProgress) => {
      followers.add(onProgress);
      return () => followers.delete(onProgress);
    },
    tell: (progress) => followers.forEach((follower) => follower(progress)),
    sync: async (sources, onProgress) => {
      application.synced.push(sources);
      const unknown = sources.find((each) => !application.sources.some(({ id }) => id === each));
      if (unknown !== undefined) throw new UnknownName(`no source is called ${unknown}`);
      for (const progress of fake.progress ?? []) onProgress(progress);
      return { revision: 7, reports: fake.reports ?? [report("groq")] };
    },
    accept: async (runId) => {
      application.commands.push(runId);
      if (runId !== 17) throw new UnknownName(`run ${runId} holds nothing`);
      return { revision: 8, runId, removed: 9, prices: 1 };
    },
    decided: async () => decided,
    decide: async (decision) => {
      application.commands.push(decision);
      const id = 3 + decided.length;
      decided.push({ ...decision, id, createdAt: NOW });
      return { revision: 8, id };
    },
    withdraw: async (id) => {
      application.commands.push(id);
      const at = decided.findIndex((each) => each.id === id);
      if (at < 0) throw new UnknownName(`no override of the number ${id} is in force`);
      decided.splice(at, 1);
      return { revision: 9, id };
    },
    watches: fakeWatches((command) => void application.watched.push(command)),
    close: async () => {
      application.closed = true;
    },
  };
  return application;
}

export function report(
  source: string,
  rest: Partial<Report> & { readonly runId?: number } = {},
): Report & { readonly runId?: number } {
  const coverage = { kind: "whole", evidence: "the only page" } as const;
  return {
    ...emptyReport(source, "complete"),
    coverage,
    pages: 1,
    requests: 1,
    rows: 11,
    unique: 11,
    offers: 11,
    added: 2,
    changed: 1,
    ms: 321,
    ...rest,
  };
}

function card(id: string, gateway: string, configured: boolean): SourceCard {
  return {
    id,
    title: id,
    docs: `https://${id}.example/docs`,
    gateway,
    authority: "own",
    url: `https://${id}.example/v1/models`,
    credentials: [`${id.toUpperCase().replaceAll("-", "_")}_API_KEY`],
    credentialOptional: false,
    paging: "single page",
    configured,
    ...(configured ? {} : { lacks: `${id.toUpperCase()}_API_KEY is not set` }),
  };
}

function fakeLedger(fake: Fake, onChanges: (query: ChangeQuery) => void): Memory {
  return {
    health:
      fake.health ??
      (async () => [health("groq", NOW - HOUR_MS), health("huggingface-router", NOW + HOUR_MS)]),
    changes: async (query) => {
      onChanges(query);
      const { afterId = 0, beforeId = Infinity, order, limit } = query;
      const fitting = CHANGES.filter(({ id }) => id > afterId && id < beforeId);
      return (order === "desc" ? fitting.toReversed() : fitting).slice(0, limit);
    },
    knownAt: async (revision) => (revision === 7 ? NOW - HOUR_MS : undefined),
    measuredOf: async (keys) =>
      keys.slice(0, 1).map((key) => ({
        ...key,
        source: "groq",
        at: NOW - HOUR_MS,
        values: { firstTokenLatencyMs: 210.5, tokensPerSecond: 480, downloads: 12 },
      })),
    samplesOf: async () => [{ at: NOW - HOUR_MS, values: { downloads: 12, likes: 3 } }],
    stories: async ({ limit }) =>
      CHANGES.toReversed()
        .map((change) => [change])
        .slice(0, limit),
    runs: async ({ limit }) => [run("groq", NOW - HOUR_MS), run("groq", NOW - 2 * HOUR_MS)].slice(0, limit),
    findings: async () => FINDINGS,
  };
}

function run(source: string, at: number): Run {
  return { id: 17, source, startedAt: at - 300, recordedAt: at, observedAt: at, report: report(source) };
}

function health(source: string, at: number): SourceHealth {
  const coverage = { kind: "whole", evidence: "the only page" } as const;
  return {
    source,
    lastRun: run(source, at),
    lastApplied: { runId: 17, observedAt: at, recordedAt: at, coverage },
    everWhole: true,
    offers: 3,
    held: 0,
    findings: 1,
  };
}

const CHANGES: readonly StoredChange[] = [1, 2, 3].map((id) => ({
  id,
  revision: id,
  at: NOW - (4 - id) * HOUR_MS,
  subject: "offer",
  subjectId: id === 2 ? `groq/groq/${HOSTILE}` : "groq/groq/openai/gpt-oss-120b",
  kind: "changed",
  topics: ["limits"],
  cause: "upstream",
  gateway: "groq",
  model: "openai/gpt-oss-120b",
  fields: [{ field: "context_tokens", before: 8_192, after: 131_072 }],
}));

const FINDINGS: readonly StoredFinding[] = [
  {
    source: "groq",
    kind: "unknown-word",
    subject: "task:sing",
    message: "the task sing is no word that we know",
    firstSeen: NOW - HOUR_MS,
    lastSeen: NOW,
    runs: 2,
  },
];
