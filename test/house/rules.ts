/** The rules of the house, as tables: what lies on which floor, what is banned where, and what to use instead. */

/** A room imports from itself and from the floors below. */
export const FLOORS: Readonly<Record<string, number>> = {
  domain: 0,
  kit: 1,
  store: 1,
  match: 1,
  merge: 1,
  cost: 1,
  sources: 2,
  ledger: 2,
  catalog: 2,
  sync: 3,
  publish: 3,
  check: 3,
  notify: 3,
  serve: 4,
  client: 5,
  "settings.ts": 5,
  "setting-values.ts": 5,
  "telling.ts": 5,
  "watches.ts": 5,
  "config.ts": 5,
  "app.ts": 5,
  "main.ts": 5,
  "index.ts": 5,
  "worker.ts": 5,
  "then.ts": 5,
  "then-worker.ts": 5,
  "engine.ts": 5,
  "holder.ts": 5,
  "reading.ts": 5,
  "provenance.ts": 5,
  "restart.ts": 5,
  "commands.ts": 5,
  "checking.ts": 5,
  "watching.ts": 5,
  "keeping.ts": 5,
  "past.ts": 5,
  "background.ts": 5,
  "messages.ts": 5,
  "version.ts": 5,
};

/** Rooms that lie below and are closed all the same. */
export const CLOSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sync: { sources: "sync is given its sources" },
  serve: {
    sources: "a door asks the application that it is handed",
    sync: "a door asks the application that it is handed",
    publish: "a door asks the application that it is handed",
  },
};

/** The composition root: everybody else is handed what they need. */
export const APP_READERS = /^src\/(main|worker|index)\.ts$|^(test|bench|examples)\//;

/** Packages that one place wraps for everybody. */
export const PACKAGES: Readonly<Record<string, RegExp>> = {
  undici: /^src\/kit\/(client|post)\.ts$/,
  "better-sqlite3": /^src\/(store|ledger)\//,
  pg: /^src\/(store|ledger)\//,
  fastify: /^src\/serve\/http\//,
  commander: /^src\/serve\/cli\//,
  "node:timers/promises": /^src\/kit\/runtime\.ts$/,
  "node:http": /^src\/serve\/http\//,
  "node:https": /^$/,
};

export interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  /** Files it holds for; the sources by default. */
  readonly where?: RegExp;
  readonly except?: RegExp;
  readonly instead: string;
  /** Looked for in comments and strings too. */
  readonly within?: "text";
}

const EVERYWHERE = /^/;
const THESE_RULES = /^test\/house\//;
const DOORS = /^src\/(serve\/|main\.ts$)/;
const TIME = /^src\/(kit\/runtime\.ts$|serve\/)/;

export const BANS: readonly Ban[] = [
  {
    what: "process.env",
    pattern: /\bprocess\.env\b/,
    except: /^src\/config\.ts$/,
    instead: "take a Config; only src/config.ts reads the environment",
  },
  {
    what: "fetch",
    pattern: /(?<![\w.])fetch\(/,
    // The client of a caller asks a server of ours, and runs where there is nothing but fetch.
    except: /^src\/(kit|client)\/client\.ts$/,
    instead: "ask src/kit/client.ts, which paces, authenticates and bounds every request",
  },
  {
    what: "the machine's clock",
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b/,
    except: TIME,
    instead: "take a Runtime and ask now() or monotonic()",
  },
  {
    what: "chance",
    pattern: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/,
    except: /^src\/kit\/runtime\.ts$/,
    instead: "take a Runtime and ask random()",
  },
  {
    what: "a timer",
    pattern: /\bset(Timeout|Interval)\(|\bAbortSignal\.timeout\b/,
    except: TIME,
    instead: "take a Runtime and use sleep() or deadline()",
  },
  {
    what: "printing",
    pattern: /\bconsole\.|\bprocess\.std(out|err)\b/,
    except: DOORS,
    instead: "return it or report it; only the doors print",
  },
  {
    what: "process.exit",
    pattern: /\bprocess\.exit\(/,
    except: DOORS,
    instead: "throw; only the doors end the program",
  },
  {
    what: "an empty list from a catch",
    pattern: /\bcatch\s*(\([^)]*\))?\s*\{[^}]*\breturn \[\]/,
    instead: "let it fail: a failed read changes nothing",
  },
  {
    what: "export default",
    pattern: /\bexport default\b/,
    where: EVERYWHERE,
    except: /\.config\.ts$/,
    instead: "a named export",
  },
  {
    what: "enum",
    pattern: /^\s*(export )?(declare )?(const )?enum\s/m,
    where: EVERYWHERE,
    instead: "a union of literals",
  },
  {
    what: "any",
    pattern: /(?::|<|\bas|,|\|)\s*any\b(?!\s*[:(])|\bany\[\]/,
    where: EVERYWHERE,
    instead: "unknown, and parse it",
  },
  {
    what: "a non-null assertion",
    pattern: /[\w)\]]!(?=[.;,)\]}[\s])(?!\s*=)/,
    where: EVERYWHERE,
    instead: "handle what is absent",
  },
  {
    what: "an unfinished note",
    pattern: /\b(TODO|FIXME|XXX)\b/,
    where: EVERYWHERE,
    except: THESE_RULES,
    instead: "do it, or leave it",
    within: "text",
  },
  {
    what: "a switched-off check",
    pattern: /@ts-(ignore|nocheck|expect-error)|(oxlint|eslint)-disable(?!-(next-)?line [\w/@-]+ -- )/,
    where: EVERYWHERE,
    except: THESE_RULES,
    instead: "make it right, or switch one rule off for one line with the reason after `--`",
    within: "text",
  },
  {
    what: "a test that is skipped or alone",
    pattern: /\b(test|it|describe|suite)\.(only|skip|todo)\b/,
    where: /^test\/|\.test\.ts$/,
    instead: "a test that runs, or none; skipIf names a condition of the machine",
  },
];

/** Words that say nothing about what a file holds. */
export const EMPTY_NAMES = /(^|[-.])(utils?|helpers?|manager|common)([-.]|$)/;

/** kebab-case; what several sources share starts with `_`, so that it is no source itself. */
export const FILE_NAME = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.(test|contract))?\.tsx?$/;

export const LINES_MAX = 300;
export const SOURCE_LINES_MAX = 120;
/** Beyond it a source is asked to grow no further, not refused. */
export const SOURCE_LINES = 80;
/** Tables of words and tests of many cases may be long: each with its own reason to be. */
export const LINES_MAX_EXCEPT = /\.test\.ts$/;
