/** An id that stands for another model tomorrow: it is a model of its own, and says what it stands for now. */
import { MOVING_ALIASES } from "../aliases.ts";
import type { Linkable } from "../claim.ts";

export interface Moving {
  readonly evidence: string;
  /** What the source itself states that it stands for now, as the source spells it. */
  readonly target?: string;
}

/** `…-latest`, `…-nightly`, and what a source or our table says to move. */
export function movingAlias({ gateway, nativeId, facts }: Linkable): Moving | undefined {
  const known = MOVING_ALIASES.find((alias) => alias.gateway === gateway && alias.nativeId === nativeId);
  const last = known?.stoodFor.at(-1);
  if (known !== undefined && last !== undefined)
    return { evidence: `it moves: ${last.model} since ${last.since}, when ${known.source} last said so` };
  if (nativeId.startsWith("~") || facts.tags?.includes("moving-alias") === true || MOVES.test(nativeId)) {
    const { canonicalId } = facts;
    const target = canonicalId === nativeId ? undefined : canonicalId;
    return {
      evidence:
        target === undefined
          ? "it moves, and nobody states where to"
          : `it moves: ${target} now, as the source states`,
      ...(target === undefined ? {} : { target }),
    };
  }
  return undefined;
}

const MOVES = /(?:^|[-_/:.])(?:latest|nightly)(?:$|[-_:])/;
