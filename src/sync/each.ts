/** Which offers of another source a source that asks for each of them asks for now: those that moved, then the rest in turn. */
import type { OpenVersion, Validator } from "../ledger/ledger.ts";

/** One offer to ask for; its version tells later whether it moved. */
export interface Turn {
  readonly nativeId: string;
  readonly version: string;
}

/**
 * `read` remembers when each was last asked for, and with which version. At most `perRun` are chosen: new and moved ones
 * first, then those that were asked for longest ago.
 */
export function turnsNow(
  parents: readonly OpenVersion[],
  read: readonly Validator[],
  perRun: number,
): readonly Turn[] {
  const before = new Map(read.map((validator) => [validator.view, validator]));
  const turns = parents.map(({ nativeId, versionId }) => {
    const last = before.get(nativeId);
    return {
      nativeId,
      version: String(versionId),
      moved: last?.etag !== String(versionId),
      at: last?.lastModified ?? "",
    };
  });
  const ordered = turns.toSorted(
    (a, b) => Number(b.moved) - Number(a.moved) || compare(a.at, b.at) || compare(a.nativeId, b.nativeId),
  );
  return ordered.slice(0, perRun);
}

/** What is remembered after the turns that were read; what is no longer a parent is forgotten. */
export function turnsRead(
  parents: readonly OpenVersion[],
  read: readonly Validator[],
  done: readonly Turn[],
  fingerprint: string,
  at: number,
): readonly Validator[] {
  const now = new Map(done.map(({ nativeId, version }) => [nativeId, version]));
  const before = new Map(read.map((validator) => [validator.view, validator]));
  return parents.flatMap(({ nativeId }): Validator | readonly Validator[] => {
    const version = now.get(nativeId);
    if (version !== undefined)
      return { view: nativeId, etag: version, lastModified: new Date(at).toISOString(), fingerprint };
    return before.get(nativeId) ?? [];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
