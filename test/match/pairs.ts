/** Pairs of offers and what they are to each other, written by hand from what the upstreams' lists and documentation say. */
import type { Facts } from "../../src/domain/listing.ts";
import type { Linkable } from "../../src/match/claim.ts";
import { linkOffers, type Link } from "../../src/match/link.ts";
import { variantsOf } from "../../src/match/variant.ts";
import { CLOSED } from "./pairs/closed.ts";
import { SPELLED_OTHERWISE } from "./pairs/same.ts";
import { TWINS } from "./pairs/twins.ts";
import { UNSAID } from "./pairs/unsaid.ts";

export type Verdict = "same" | "variant" | "different";

export interface Pair {
  readonly a: Linkable;
  readonly b: Linkable;
  readonly verdict: Verdict;
  readonly line: string;
}

const VERDICTS: { readonly [mark: string]: Verdict } = { "=": "same", "~": "variant", "!": "different" };

export const PAIRS: readonly Pair[] = [SPELLED_OTHERWISE, CLOSED, TWINS, UNSAID]
  .flatMap((text) => text.split("\n").filter((line) => line !== ""))
  .map(readPair);

function readPair(line: string): Pair {
  const [, a = "", mark = "", b = ""] = /^(.+) ([=~!]) (.+)$/.exec(line) ?? [];
  const verdict = VERDICTS[mark];
  if (verdict === undefined) throw new Error(`not a pair: ${line}`);
  return { a: readOffer(a), b: readOffer(b), verdict, line };
}

/** `gateway id [hf=…] [canonical=…] [variant=…] [quantization=…] [via=provider/id] [name="…"]`. */
function readOffer(text: string): Linkable {
  const named = / name="([^"]*)"$/.exec(text);
  const [gateway = "", nativeId = "", ...stated] = text.slice(0, named?.index).split(" ");
  const fact = (name: string) => stated.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  const via = fact("via");
  const slash = via?.indexOf("/") ?? 0;
  const all = {
    huggingFaceId: fact("hf"),
    canonicalId: fact("canonical"),
    variant: fact("variant"),
    quantization: fact("quantization"),
    providerNativeId: via?.slice(slash + 1),
    name: named?.[1],
  };
  // What is undefined is taken away: the rest are facts.
  const facts = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Facts;
  return { gateway, provider: via?.slice(0, slash) ?? gateway, nativeId, facts };
}

export interface Judged extends Pair {
  readonly found: Verdict;
  readonly links: readonly [Link | undefined, Link | undefined];
}

/** Every pair as the rules see it, all offers of the table being known together. */
export function judgePairs(): readonly Judged[] {
  const offers = PAIRS.flatMap(({ a, b }) => [a, b]);
  const links = linkOffers(offers);
  const variants = variantsOf(
    links.map(({ model }, index) => ({ model, gateway: offers[index]?.gateway ?? "" })),
  );
  const root = (model: string): string => {
    const of = variants.get(model);
    return of === undefined ? model : root(of);
  };
  return PAIRS.map((pair, index) => {
    const [a, b] = [links[index * 2], links[index * 2 + 1]];
    const found =
      a?.model === b?.model
        ? "same"
        : root(a?.model ?? "") === root(b?.model ?? "")
          ? "variant"
          : "different";
    return { ...pair, found, links: [a, b] };
  });
}

export interface Score {
  readonly pairs: number;
  /** Of the pairs found to be one model, those that are. */
  readonly precision: number;
  /** Of the pairs that are one model, those that were found. */
  readonly recall: number;
  /** Of the pairs that are variants, those that were found to be. */
  readonly variantRecall: number;
  readonly wrong: readonly Judged[];
}

export function scoreOf(judged: readonly Judged[]): Score {
  const of = (verdict: Verdict) => judged.filter((pair) => pair.verdict === verdict);
  const found = judged.filter((pair) => pair.found === "same");
  const share = (some: readonly Judged[], verdict: Verdict, by: "found" | "verdict") =>
    some.filter((pair) => pair[by] === verdict).length / some.length;
  return {
    pairs: judged.length,
    precision: share(found, "same", "verdict"),
    recall: share(of("same"), "same", "found"),
    variantRecall: share(of("variant"), "variant", "found"),
    wrong: judged.filter((pair) => pair.found !== pair.verdict),
  };
}
