/** A ledger that was there all the time, or is told of it later: lists are read live on their days, or imported as recordings. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LIMITS } from "../../src/kit/limits.ts";
import type { WebSource } from "../../src/kit/source.ts";
import type { Ledger, StoredChange } from "../../src/ledger/ledger.ts";
import type { ChangeQuery } from "../../src/ledger/changes.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { publish, type PublishContext } from "../../src/publish/publish.ts";
import { tellPast } from "../../src/publish/tell-past.ts";
import { runSource } from "../../src/sync/run.ts";
import { sourceOf } from "../worlds/lists.ts";
import { scriptedUpstream, type Script } from "../worlds/scripted-transport.ts";
import { virtualRuntime, type VirtualRuntime } from "../worlds/virtual-runtime.ts";
import { ADDRESS, ALPHA, directoryOf, importInto, instantOf, type Entry, type List } from "./recordings.ts";

/** A second gateway, whose list has an address of its own. */
const BETA: WebSource = { ...sourceOf("beta", "single"), baseUrl: "https://beta.example.com/v1" };
/** A third one, whose list has several pages. */
const GAMMA: WebSource = { ...sourceOf("gamma", "cursor"), baseUrl: "https://gamma.example.com/v1" };
const SOURCES = [ALPHA, BETA, GAMMA];
const ADDRESSES = new Map([
  ["alpha", ADDRESS],
  ["beta", "https://beta.example.com/v1/models"],
  ["gamma", "https://gamma.example.com/v1/models"],
]);

export interface World {
  readonly ledger: Ledger;
  readonly runtime: VirtualRuntime;
  readonly publishing: PublishContext;
  /** A sync on this day of July, and a publish. */
  reads(day: number, list: List, how?: { readonly source?: string; readonly script?: Script }): Promise<void>;
  /** An import as the program does it: read, published, told. How many changes were told. */
  imports(entries: readonly Entry[], stop?: { readonly afterMoments: number }): Promise<number>;
  publish(): Promise<void>;
  changes(query?: Partial<ChangeQuery>): Promise<readonly StoredChange[]>;
  close(): Promise<void>;
}

/** In memory, or in a ledger that is there. */
export async function openWorld(own?: Ledger): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), "modeldex-told-"));
  const runtime = virtualRuntime(instantOf(1), () => 0.5);
  const ledger = own ?? (await openLedger({ url: ":memory:", now: runtime.now }));
  const publishing: PublishContext = {
    ledger,
    runtime,
    directory: join(home, "catalog"),
    standings: new Map(SOURCES.map(({ id, authority, gateway }) => [id, { authority, gateway }])),
    holder: "test",
  };
  const context = {
    ledger,
    runtime,
    limits: LIMITS,
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set<string>(), mirrorCredentials: false },
    credential: () => undefined,
    quotaShare: 1,
    intervalMs: 1,
    holder: "test",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  return {
    ledger,
    runtime,
    publishing,
    reads: async (day, list, { source = "alpha", script = {} } = {}) => {
      runtime.jump(Math.max(0, instantOf(day) - runtime.now()));
      const rows = Object.entries(list).map(([id, price]) => ({ id, name: id, price }));
      const read = SOURCES.find(({ id }) => id === source);
      if (read === undefined) throw new Error(`there is no ${source}`);
      const upstream = scriptedUpstream(read.paging.kind, () => rows);
      upstream.script(script);
      await runSource(read, { ...context, transport: upstream.transport });
      await publish(publishing);
    },
    imports: async (entries, stop) => {
      const now = runtime.now() + 1_000;
      runtime.jump(Math.max(now, instantOf(32)) - runtime.now());
      const directory = directoryOf(entries);
      try {
        await importInto(ledger, directory.path, { sources: SOURCES, now: runtime.now() });
      } finally {
        directory.drop();
      }
      await publish(publishing);
      const stopping = new AbortController();
      let moments = 0;
      return tellPast({
        ...publishing,
        signal: stopping.signal,
        onMoment: () => {
          moments += 1;
          if (moments === stop?.afterMoments) stopping.abort();
        },
      });
    },
    publish: async () => void (await publish(publishing)),
    changes: (query = {}) => ledger.changes({ limit: 100_000, ...query }),
    close: async () => {
      await ledger.close();
      rmSync(home, { recursive: true });
    },
  };
}

/** What a change says, whoever told it and whenever that was. */
export function saidOf({
  at,
  subject,
  subjectId,
  kind,
  cause,
  topics,
  fields,
  gateway,
  model,
}: StoredChange): string {
  return JSON.stringify([
    new Date(at).toISOString().slice(0, 10),
    subject,
    subjectId,
    kind,
    cause,
    topics,
    fields,
    gateway,
    model,
  ]);
}

export function recorded(
  lists: readonly (readonly [day: number, list: List])[],
  source = "alpha",
): readonly Entry[] {
  return lists.map(([number, list]) => ({
    recordedAt: new Date(instantOf(number)).toISOString(),
    list,
    file: `${source}-${number}.json`,
    url: ADDRESSES.get(source) ?? "",
  }));
}
