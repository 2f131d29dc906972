/** What every way of running reads: the ledger, the sources as they are declared and set, and the revision that is out. */
import { join } from "node:path";
import type { Catalog, Freshness, Shelf } from "./catalog/catalog.ts";
import type { Config } from "./config.ts";
import type { Addresses } from "./kit/place.ts";
import { readiness, type SourceSettings } from "./kit/readiness.ts";
import { systemRuntime, type Runtime } from "./kit/runtime.ts";
import type { Source } from "./kit/source.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { openLedger } from "./ledger/open.ts";
import { currentShelf, type Audience, type Shelving } from "./publish/shelves.ts";
import { UnknownName, type SourceCard } from "./serve/application.ts";
import { huggingface } from "./sources/huggingface.ts";
import { huggingfaceHub } from "./sources/huggingface-hub.ts";
import { guess } from "./serve/http/answers/guess.ts";
import { SOURCES } from "./sources/index.ts";

export interface Reading extends Shelving {
  readonly runtime: Runtime;
  readonly settings: SourceSettings;
  /** The sources that the operator selected: all, unless he named some. */
  readonly sources: readonly Source[];
  readonly cards: readonly SourceCard[];
  /** Those of these names; all selected ones where none is named, or `all` is. Throws `UnknownName`. */
  sourcesNamed(names: readonly string[]): readonly Source[];
  /** What can be read now, for everybody or for the operator; nothing before the first revision. */
  shelf(audience: Audience): Promise<Shelf | undefined>;
  /** What is in memory already need not be read from its file, should it be what can be read now. */
  hold(audience: Audience, catalog: Catalog): void;
  close(): Promise<void>;
}

/** Why a source that could be asked is left alone. */
const UNNAMED = "MODELDEX_SOURCES does not name it";

export async function openReading(config: Config, known: readonly Source[] = SOURCES): Promise<Reading> {
  const runtime = systemRuntime;
  const settings = {
    addresses: addressesOf(config),
    credential: (names: readonly string[]) => config.credential(names),
  };
  const sources = selectedOf(known, config.sources);
  const ledger = await openLedger({ url: config.database, now: runtime.now });
  const shelving: Shelving = {
    ledger,
    directory: join(config.home, "catalog"),
    standings: new Map(known.map(({ id, authority, gateway }) => [id, { authority, gateway }])),
  };
  const out = new Map<Audience, Catalog>();
  return {
    ...shelving,
    runtime,
    settings,
    sources,
    sourcesNamed: (names) => {
      const named = namedOf(
        known,
        names.filter((name) => name !== "all"),
      );
      const isAll = names.length === 0 || names.includes("all");
      return known.filter((source) => named.includes(source) || (isAll && sources.includes(source)));
    },
    cards: known.map((source) => {
      const asked = readiness(source, settings);
      const lacks = "reason" in asked ? asked.reason : sources.includes(source) ? undefined : UNNAMED;
      return { ...cardOf(source, "source" in asked), ...(lacks === undefined ? {} : { lacks }) };
    }),
    shelf: async (audience) => {
      const elsewhere = out.get(audience === "public" ? "operator" : "public");
      const catalog = await currentShelf(shelving, audience, out.get(audience), elsewhere);
      if (catalog !== undefined) out.set(audience, catalog);
      if (catalog === undefined) return undefined;
      return { catalog, freshness: await freshnessOf(ledger) };
    },
    hold: (audience, catalog) => void out.set(audience, catalog),
    close: () => ledger.close(),
  };
}

/** All that need no word of their own, unless the operator names some; `all` among the names stands for those. */
function selectedOf(known: readonly Source[], names: readonly string[] = ["all"]): readonly Source[] {
  const named = namedOf(
    known,
    names.filter((name) => name !== "all"),
    "MODELDEX_SOURCES: ",
  );
  const isSelected = (source: Source) =>
    named.includes(source) || (names.includes("all") && source.optIn !== true);
  return known.filter(isSelected);
}

function namedOf(known: readonly Source[], names: readonly string[], where = ""): readonly Source[] {
  const ids = known.map(({ id }) => id);
  const unknown = names.find((name) => !ids.includes(name));
  if (unknown !== undefined) {
    const meant = guess(unknown, ids);
    const hint = meant === undefined ? "the" : `did you mean ${meant}? The`;
    throw new UnknownName(`${where}there is no source ${unknown}; ${hint} sources are ${ids.join(", ")}`);
  }
  return known.filter(({ id }) => names.includes(id));
}

/** When each source was last read. */
async function freshnessOf(ledger: Ledger): Promise<Freshness> {
  const health = await ledger.health();
  return new Map(
    health.flatMap(({ source, lastApplied }) =>
      lastApplied === undefined ? [] : [[source, lastApplied.observedAt]],
    ),
  );
}

function addressesOf(config: Config): Addresses {
  return {
    sourceUrls: new Map([...hubUrls(config), ...Object.entries(config.sourceUrls)]),
    sourceCredentials: new Set(
      Object.entries(config.sourceCredentials).flatMap(([id, allowed]) => (allowed ? [id] : [])),
    ),
    mirrorCredentials: config.mirrorCredentials,
    ...(config.mirror === undefined ? {} : { mirror: config.mirror }),
  };
}

/** `HF_ENDPOINT` stands for the Hub itself, not for the router. */
function hubUrls({ huggingFaceUrl }: Config): readonly (readonly [string, string])[] {
  return huggingFaceUrl === undefined
    ? []
    : [huggingface, huggingfaceHub].map(({ id }) => [id, huggingFaceUrl] as const);
}

function cardOf(source: Source, configured: boolean): SourceCard {
  const { id, title, docs, gateway, authority, priceUnit } = source;
  const isWeb = source.kind === "web";
  return {
    id,
    title,
    docs,
    gateway,
    authority,
    url: isWeb ? source.baseUrl + source.views[0].path : docs,
    credentials: isWeb ? source.auth.names : [],
    credentialOptional: isWeb ? source.auth.optional : true,
    paging: isWeb ? source.paging.kind : "package",
    configured,
    ...(priceUnit === undefined ? {} : { priceUnit }),
  };
}
