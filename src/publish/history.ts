/** What offers were, step by step in the upstreams' time: made from every version that the ledger holds of them. */
import type { OfferHistory, Step } from "../domain/history.ts";
import { offerId } from "../domain/offer.ts";
import type { StoredVersion } from "../ledger/recall.ts";
import type { Claim } from "../merge/claim.ts";
import { mergeClaims } from "../merge/merge.ts";
import { keyOf, keysOf, type Remembering } from "./provenance.ts";

/** More versions of one model are not told: the latest are. */
const VERSIONS_MAX = 20_000;

/** Of these offers, as it is known at a moment; one of which nothing is known is not in it. */
export async function historyOf(
  { ledger, standings }: Remembering,
  offerIds: readonly string[],
  knownAt: number,
): Promise<readonly OfferHistory[]> {
  const versions = await ledger.versionsOf(keysOf(offerIds), knownAt, VERSIONS_MAX);
  const known = Map.groupBy(versions, offerId);
  return offerIds.flatMap((id) => {
    const its = known.get(id);
    return its === undefined ? [] : [{ id, steps: stepsOf(its, standings) }];
  });
}

function stepsOf(versions: readonly StoredVersion[], standings: Remembering["standings"]): readonly Step[] {
  const authorityOf = ({ source }: StoredVersion) => standings.get(source)?.authority ?? "own";
  // Once the gateway itself spoke of it, what only others say of it is no offer.
  const isOwn = versions.some((version) => authorityOf(version) === "own");
  const instants = new Set(
    versions.flatMap(({ since, until }) => (until === undefined ? [since] : [since, until])),
  );
  const steps: Step[] = [];
  for (const at of [...instants].toSorted((a, b) => a - b)) {
    const standing = versions.filter(({ since, until = Infinity }) => since <= at && at < until);
    const step = stepAt(at, standing, authorityOf, isOwn);
    const last = steps.at(-1);
    if (last !== undefined && last.to === undefined && step !== undefined && isSame(last, step)) continue;
    if (last !== undefined && last.to === undefined) steps[steps.length - 1] = { ...last, to: at };
    if (step !== undefined) steps.push(step);
  }
  return joined(steps);
}

/** Nothing where it was not offered. */
function stepAt(
  from: number,
  versions: readonly StoredVersion[],
  authorityOf: (version: StoredVersion) => Claim["authority"],
  isOwn: boolean,
): Step | undefined {
  const [first] = versions;
  if (first === undefined) return undefined;
  const claims = versions.map((version): Claim => {
    const { source, facts, since, cause } = version;
    const seen = { firstSeen: since, lastSeen: from, isUnseen: false, factsSince: since };
    return { source, authority: authorityOf(version), facts, ...seen, cause, held: [] };
  });
  const merged = mergeClaims(keyOf(first), claims, isOwn);
  if (merged === undefined || merged.facts.visibility === "account") return undefined;
  const { status, billing, prices, contextTokens, outputTokensMax } = merged.facts;
  return {
    from,
    facts: {
      ...(status === undefined ? {} : { status }),
      ...(billing === undefined ? {} : { billing }),
      ...(prices === undefined ? {} : { prices }),
      ...(contextTokens === undefined ? {} : { contextTokens }),
      ...(outputTokensMax === undefined ? {} : { outputTokensMax }),
    },
    cause: merged.cause,
  };
}

/** Two steps that meet and say the same are one. */
function joined(steps: readonly Step[]): readonly Step[] {
  const whole: Step[] = [];
  for (const step of steps) {
    const last = whole.at(-1);
    if (last?.to !== step.from || !isSame(last, step)) {
      whole.push(step);
      continue;
    }
    const { to: _to, ...rest } = last;
    whole[whole.length - 1] = step.to === undefined ? rest : { ...rest, to: step.to };
  }
  return whole;
}

function isSame(a: Step, b: Step): boolean {
  return JSON.stringify(a.facts) === JSON.stringify(b.facts);
}
