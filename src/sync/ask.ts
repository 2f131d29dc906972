/** Asks a source of any kind: over the network, offer by offer, or a package that is installed with us. */
import { WorldError } from "../domain/errors.ts";
import type { Credential } from "../kit/auth.ts";
import { createClient } from "../kit/client.ts";
import { placeOf } from "../kit/place.ts";
import type { PackageSource, Source, WebSource } from "../kit/source.ts";
import type { SourceState } from "../ledger/ledger.ts";
import type { Counts } from "./account.ts";
import type { SyncContext } from "./context.ts";
import { gateOf } from "./gate.ts";
import { readEach } from "./read-each.ts";
import { readPackage, readWebSource, type Reading } from "./read-source.ts";

export interface Question {
  readonly state: SourceState;
  readonly fingerprint: string;
  readonly credential: Credential | undefined;
}

export interface Answer {
  readonly reading: Reading;
  readonly counts: Counts;
  /** The upstream's quota is used up until then. */
  readonly notBefore?: number;
}

export async function ask(source: Source, context: SyncContext, question: Question): Promise<Answer> {
  return source.kind === "package"
    ? readFromPackage(source, question.state, question.fingerprint)
    : askOverNetwork(source, context, question);
}

async function askOverNetwork(
  source: WebSource,
  context: SyncContext,
  { state, fingerprint, credential }: Question,
): Promise<Answer> {
  const done = new AbortController();
  const signal = AbortSignal.any([
    context.signal,
    context.runtime.deadline(context.limits.runMs),
    done.signal,
  ]);
  const place = placeOf(source, context.addresses);
  const client = createClient(source, {
    transport: context.transport,
    runtime: context.runtime,
    limits: context.limits,
    quotaShare: context.quotaShare,
    place,
    signal,
    ...(credential === undefined ? {} : { credential }),
    ...gateOf(context, source, credential),
    onWait: (ms, why) => context.onProgress({ kind: "waiting", source: source.id, ms, why }),
  });
  try {
    const options = {
      client,
      place,
      limits: context.limits,
      // What another server said of its list says nothing of this one's.
      fingerprint: `${fingerprint}|${place.asked(place.viewUrl("")).href}`,
      validators: state.validators,
      onPage: ({ rows, pages, total }: { rows: number; pages: number; total?: number }) => {
        const rowsExpected = total ?? state.lastApplied?.rows;
        context.onProgress({
          kind: "page",
          source: source.id,
          rows,
          pages,
          bytes: client.counts.bytes,
          ...(rowsExpected === undefined ? {} : { rowsExpected }),
        });
      },
    };
    const { each } = source;
    const reading =
      each === undefined
        ? await readWebSource(source, options)
        : await readEach(source, each, {
            ...options,
            parents: (await context.ledger.sourceState(each.source)).open,
            open: state.open,
            now: context.runtime.now(),
          });
    const notBefore = client.notBefore();
    return { reading, counts: { ...client.counts }, ...(notBefore === undefined ? {} : { notBefore }) };
  } finally {
    // A page that was asked for ahead is of no use any more.
    done.abort();
  }
}

/** A package says the same as long as its edition is the same: the edition is its ETag. */
async function readFromPackage(
  source: PackageSource,
  state: SourceState,
  fingerprint: string,
): Promise<Answer> {
  const counts = { requests: 0, retries: 0, bytes: 0 };
  const edition = source.edition();
  const validators = [{ view: "package", etag: edition, fingerprint }];
  const unchanged = state.validators.some(
    ({ etag, fingerprint: before }) => etag === edition && before === fingerprint,
  );
  const coverage = { kind: "whole", evidence: `edition ${edition} of the package` } as const;
  try {
    const snapshot = await readPackage(source, unchanged);
    const statedAt = source.statedAt?.();
    return {
      counts,
      reading: {
        unchanged,
        snapshot,
        coverage,
        pages: 1,
        rawPages: [],
        validators,
        ...(statedAt === undefined ? {} : { statedAt }),
      },
    };
  } catch (error) {
    const broken = new WorldError("package-broken", error instanceof Error ? error.message : String(error));
    return {
      counts,
      reading: {
        unchanged: false,
        snapshot: await readPackage(source, true),
        coverage,
        error: broken,
        pages: 0,
        rawPages: [],
        validators: [],
      },
    };
  }
}
