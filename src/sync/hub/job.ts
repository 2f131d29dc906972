/** The job that reads the whole Hub: what each of its parts is given, and what it has cost so far. */
import { WorldError } from "../../domain/errors.ts";
import type { Finding } from "../../domain/finding.ts";
import { createClient, type Client } from "../../kit/client.ts";
import type { Credential } from "../../kit/auth.ts";
import { placeOf, type Place } from "../../kit/place.ts";
import type { Crawl, View, WebSource } from "../../kit/source.ts";
import { withQuery } from "../../kit/address.ts";
import { LeaseLost, type Lease } from "../../ledger/ledger.ts";
import type { SyncContext } from "../context.ts";
import { gateOf } from "../gate.ts";

/** A list of millions, with what says how it is read. */
export type HubSource = WebSource & { readonly crawl: Crawl<unknown> };

export interface HubJob {
  readonly source: HubSource;
  readonly context: SyncContext;
  readonly lease: Lease;
  readonly client: Client;
  readonly place: Place;
  /** True where requests prove who asks: a model that is not there is then answered otherwise. */
  readonly isKnown: boolean;
  /** Of this run. */
  readonly read: { pages: number; rows: number; rejected: number; leaseUntil: number; listed?: string };
  readonly findings: Finding[];
  /** What was asked ahead is of no use any more. */
  end(): void;
}

/** Of our share of the quota: the rest is for those who read a list while millions of models are read. */
const CRAWL_SHARE = 0.96;
/** A window of the Hub's quota lasts five minutes: waiting for the next one is part of the job. */
const WAIT_MS_MAX = 10 * 60_000;
/** The lease is renewed when less than this is left of it. */
const LEASE_LEFT_MS_MIN = 12 * 60_000;
const LEASE_MS = 16 * 60_000;

export function openJob(
  source: HubSource,
  context: SyncContext,
  lease: Lease,
  credential: Credential | undefined,
): HubJob {
  const done = new AbortController();
  const place = placeOf(source, context.addresses);
  const { transport, runtime, limits, quotaShare } = context;
  return {
    source,
    context,
    lease,
    place,
    isKnown: credential !== undefined,
    client: createClient(source, {
      transport,
      runtime,
      limits: { ...limits, waitMaxMs: Math.max(limits.waitMaxMs, WAIT_MS_MAX) },
      quotaShare: quotaShare * CRAWL_SHARE,
      place,
      signal: AbortSignal.any([context.signal, done.signal]),
      ...(credential === undefined ? {} : { credential }),
      ...gateOf(context, source, credential),
      onWait: (ms, why) => context.onProgress({ kind: "waiting", source: source.id, ms, why }),
    }),
    read: { pages: 0, rows: 0, rejected: 0, leaseUntil: lease.expiresAt },
    findings: [],
    end: () => done.abort(),
  };
}

/** Whoever works for hours shows that he lives. Throws where somebody else took over, and where the work is broken off. */
export async function goOn({ context, lease, read }: HubJob): Promise<void> {
  if (context.signal.aborted) throw new WorldError("aborted", "stopped");
  const now = context.runtime.now();
  if (read.leaseUntil - now > LEASE_LEFT_MS_MIN && read.leaseUntil - now <= LEASE_MS) return;
  const renewed = await context.ledger.renewLease(lease, now, LEASE_MS);
  if (renewed === undefined) throw new LeaseLost(lease.name);
  read.leaseUntil = renewed.expiresAt;
}

/** A run that was killed knew that our share of the quota was used up. What lies further ahead, no clock of ours wrote. */
export async function waitOut({ context, source }: HubJob, notBefore: number | undefined): Promise<void> {
  const ms = (notBefore ?? 0) - context.runtime.now();
  if (ms <= 0 || ms > WAIT_MS_MAX) return;
  context.onProgress({ kind: "waiting", source: source.id, ms, why: "the upstream's quota" });
  await context.runtime.sleep(ms, context.signal).catch(() => undefined);
}

/** The first page of a view. */
export function firstPage({ source, place }: HubJob, view: View): URL {
  return withQuery(place.viewUrl(view.path), { ...source.paging.query, ...view.query });
}
