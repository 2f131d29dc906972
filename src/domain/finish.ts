/** From a draft to a listing: known words are translated, unknown ones reported, bounds held, what is absent stays absent. */
import { capabilityOf, type Capability } from "./capability.ts";
import type { Finding } from "./finding.ts";
import type { Draft, Facts, HubPage, Listing, Volatile } from "./listing.ts";
import { modalityOf, type Modality } from "./modality.ts";
import { STATUSES, UNSTATED, type Status } from "./offer.ts";
import { allZero, sortPrices, type Billing, type Price } from "./price.ts";
import { taskOf, taskOfModalities } from "./task.ts";
import { idFault, storableText } from "./text.ts";

/** What a source is, as far as its drafts inherit it. */
export interface Origin {
  readonly source: string;
  readonly gateway: string;
  readonly visibility?: "account";
}

/** A draft that names no offer: its item is rejected. */
export class BadDraft extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadDraft";
  }
}

/** Limits beyond which a number is a mistake. */
const TOKENS_MAX = 1_000_000_000;
const INSTANT_MIN = Date.UTC(2015, 0, 1);
const INSTANT_MAX = Date.UTC(2100, 0, 1);

/** The listing that a draft makes, with a finding for each unknown word. Throws `BadDraft` where the draft names no offer. */
export function finish(
  draft: Draft,
  origin: Origin,
): { readonly listing: Listing; readonly findings: readonly Finding[] } {
  const gateway = named(draft.gateway ?? origin.gateway, "gateway");
  const provider = named(draft.provider ?? UNSTATED, "provider");
  const fault = idFault(draft.nativeId);
  if (fault !== undefined) throw new BadDraft(fault);

  const words = new Words();
  const inputModalities = words.all("modality", draft.inputModalities, modalityOf);
  const outputModalities = words.all("modality", draft.outputModalities, modalityOf);
  const task =
    words.one("task", draft.task, taskOf) ?? taskOfModalities(inputModalities ?? [], outputModalities ?? []);
  const prices =
    draft.prices === undefined || draft.prices.length === 0 ? undefined : sortPrices(draft.prices);

  const facts: { -readonly [name in keyof Facts]?: Facts[name] | undefined } = {
    name: text(draft.name),
    description: text(draft.description),
    lab: text(draft.lab),
    createdAt: instant(draft.createdAt),
    task,
    inputModalities,
    outputModalities,
    contextTokens: tokens(draft.contextTokens, "contextTokens"),
    modelContextTokens: tokens(draft.modelContextTokens, "modelContextTokens"),
    outputTokensMax: tokens(draft.outputTokensMax, "outputTokensMax"),
    capabilities: capabilities(draft.capabilities, words),
    billing: billing(draft.billing, prices),
    prices,
    status: words.one("status", draft.status, statusOf),
    license: text(draft.license),
    openWeights: draft.openWeights,
    parameters: draft.parameters,
    huggingFaceId: text(draft.huggingFaceId),
    canonicalId: text(draft.canonicalId),
    aliases: list(draft.aliases),
    providerNativeId: text(draft.providerNativeId),
    variant: text(draft.variant),
    quantization: text(draft.quantization)?.toLowerCase(),
    regions: list(draft.regions),
    knowledgeCutoff: text(draft.knowledgeCutoff),
    deprecatedAt: instant(draft.deprecatedAt),
    endsAt: instant(draft.endsAt),
    successor: text(draft.successor),
    visibility: draft.visibility ?? origin.visibility,
    tags: list(draft.tags),
    call: draft.call,
    hub: hubPage(draft.hub),
  };
  const volatile = present<Volatile>(draft.volatile ?? {});
  const listing: Listing = {
    source: origin.source,
    gateway,
    provider,
    nativeId: draft.nativeId,
    facts: present<Facts>(facts),
    ...(Object.keys(volatile).length === 0 ? {} : { volatile }),
  };
  return { listing, findings: words.findings };
}

/** Free only where it is stated; an all-zero price list without that word is not known to be free. */
function billing(stated: Billing | undefined, prices: readonly Price[] | undefined): Billing {
  if (stated !== undefined) return stated;
  if (prices === undefined || allZero(prices)) return "unknown";
  return "metered";
}

function statusOf(word: string): Status | undefined {
  return STATUSES.find((status) => status === word.toLowerCase());
}

function capabilities(stated: Draft["capabilities"], words: Words): Facts["capabilities"] {
  const known: { [capability in Capability]?: boolean } = {};
  for (const [word, value] of Object.entries(stated ?? {})) {
    if (value === undefined) continue;
    const capability = words.one("capability", word, capabilityOf);
    if (capability !== undefined) known[capability] = (known[capability] ?? false) || value;
  }
  return Object.keys(known).length === 0 ? undefined : known;
}

function named(id: string, what: string): string {
  const fault = idFault(id) ?? (id.includes("/") ? `a ${what} holds no slash` : undefined);
  if (fault !== undefined) throw new BadDraft(`${what}: ${fault}`);
  return id;
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : storableText(value);
}

function list(values: readonly string[] | undefined): readonly string[] | undefined {
  const kept = [...new Set((values ?? []).flatMap((value) => storableText(value) ?? []))].toSorted();
  return kept.length === 0 ? undefined : kept;
}

function hubPage(stated: Draft["hub"]): Facts["hub"] {
  const { gated, pipelineTag, libraryName } = stated ?? {};
  const page = present<HubPage>({
    gated: typeof gated === "string" ? text(gated) : gated,
    private: stated?.private,
    pipelineTag: text(pipelineTag),
    libraryName: text(libraryName),
  });
  return Object.keys(page).length === 0 ? undefined : page;
}

/** 0 is how upstreams spell "not stated"; below it, or past the limit, is a mistake. */
function tokens(count: number | undefined, what: string): number | undefined {
  if (count === undefined || count === 0) return undefined;
  if (!Number.isInteger(count) || count < 0 || count > TOKENS_MAX) throw new BadDraft(`${what} is ${count}`);
  return count;
}

/** An instant outside the life of this field is a placeholder: not stated. */
function instant(ms: number | undefined): number | undefined {
  return ms !== undefined && ms >= INSTANT_MIN && ms < INSTANT_MAX ? Math.trunc(ms) : undefined;
}

function present<T extends object>(fields: { readonly [name in keyof T]?: T[name] | undefined }): T {
  // What is left has no undefined field, which is exactly what T says.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** Translates words and remembers those that no table knows. */
class Words {
  readonly findings: Finding[] = [];

  one<T>(kind: string, word: string | undefined, translate: (word: string) => T | undefined): T | undefined {
    if (word === undefined || word === "") return undefined;
    const known = translate(word);
    if (known === undefined) {
      this.findings.push({
        kind: "unknown-word",
        subject: `${kind}:${word.slice(0, 100)}`,
        message: `the ${kind} ${JSON.stringify(word.slice(0, 100))} is no word that we know`,
      });
    }
    return known;
  }

  all(
    kind: string,
    words: readonly string[] | undefined,
    translate: (word: string) => Modality | undefined,
  ): readonly Modality[] | undefined {
    const known = [
      ...new Set((words ?? []).flatMap((word) => this.one(kind, word, translate) ?? [])),
    ].toSorted();
    return known.length === 0 ? undefined : known;
  }
}
