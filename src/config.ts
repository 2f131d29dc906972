/**
 * The settings, read once and typed: flags before the environment, the environment before a `.env` file, then
 * the defaults. Nothing else reads `process.env`. An empty text counts as not set.
 */

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { SETTINGS, SOURCE_SETTINGS, type Setting } from "./settings.ts";

export interface Config {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly syncIntervalMs: number;
  readonly publishEveryMs: number;
  /** Absent: every source. */
  readonly sources: readonly string[] | undefined;
  readonly quotaShare: number;
  /** Absent: the whole Hub. */
  readonly hubLimit: number | undefined;
  readonly rawBytesMax: number;
  /** Infinite: for ever. */
  readonly rawAgeMs: number;
  /** Infinite: for ever. */
  readonly detailAgeMs: number;
  readonly showAccount: boolean;
  /** Absent: no limit. */
  readonly rateLimit: { readonly requests: number; readonly windowMs: number } | undefined;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  readonly log: "off" | "requests";
  readonly mirror: string | undefined;
  readonly mirrorCredentials: boolean;
  readonly huggingFaceUrl: string | undefined;
  /** Absent: nobody can sign in. */
  readonly huggingFaceClientId: string | undefined;
  readonly huggingFaceFallbackModels: readonly string[];
  readonly webhookPrivate: boolean;
  readonly noProxy: string | undefined;
  /** By source id. */
  readonly sourceUrls: Readonly<Record<string, string>>;
  /** By source id: whether its credential may go to its other address. */
  readonly sourceCredentials: Readonly<Record<string, boolean>>;
  /** What the operator should hear once: settings that look misspelt. */
  readonly warnings: readonly string[];

  // What follows may hold a secret. It is not enumerable, so that printing or copying a Config leaves it out.

  /** A path to a SQLite file, or a `postgres://` URL. */
  readonly database: string;
  readonly adminKey: string | undefined;
  readonly proxy: string | undefined;
  /** The first of these names that is set: `credential(["HF_TOKEN", "HUG_API_KEY"])`. */
  credential(names: readonly string[]): string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;
/** By the setting's name, as the command line gives them: `{ MODELDEX_PORT: "9000" }`. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** A setting is not what it may be. The message has one line for each, and never shows a secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const PREFIX = "MODELDEX_";
const ENV_FILE = ".env";
/** Names of ours that the program itself does not read. */
const FOREIGN = /^MODELDEX_(TEST|BENCH)_/;
const GUESS_DISTANCE_MAX = 3;

export function loadConfig(
  environment: Environment = process.env,
  cwd: string = process.cwd(),
  flags: Flags = {},
): Config {
  const values = merge(readEnvFile(cwd), environment, flags);
  const problems: string[] = [];

  function read<Value>(setting: Setting<Value>): Value | undefined {
    const name = setting.names.find((each) => values.has(each)) ?? setting.names[0];
    const given = values.get(name) ?? setting.initial;
    if (given === undefined) return undefined;
    const value = setting.parse(given);
    if (value === undefined) problems.push(complaint(name, given, setting));
    return value;
  }

  function readForSources<Value>(setting: Setting<Value>): Record<string, Value> {
    const prefix = setting.names[0].replace("<ID>", "");
    const names = [...values.keys()].filter((name) => name.startsWith(prefix) && name !== prefix);
    return Object.fromEntries(
      names.flatMap((name) => {
        const value = read({ ...setting, names: [name] });
        return value === undefined ? [] : [[toSourceId(name.slice(prefix.length)), value]];
      }),
    );
  }

  const home = resolve(cwd, withUserHome(read(SETTINGS.home) ?? platformHome(environment, process.platform)));
  const database = read(SETTINGS.database);
  const secrets = {
    database: database === undefined ? join(home, "modeldex.db") : toDatabase(database, cwd),
    adminKey: read(SETTINGS.adminKey),
    proxy: read(SETTINGS.proxy),
    credential: (names: readonly string[]) => names.map((name) => values.get(name)).find((each) => each),
  };
  const shown = {
    home,
    host: read(SETTINGS.host),
    port: read(SETTINGS.port),
    syncIntervalMs: read(SETTINGS.syncIntervalMs),
    publishEveryMs: read(SETTINGS.publishEveryMs),
    sources: read(SETTINGS.sources),
    quotaShare: read(SETTINGS.quotaShare),
    hubLimit: read(SETTINGS.hubLimit),
    rawBytesMax: read(SETTINGS.rawBytesMax),
    rawAgeMs: read(SETTINGS.rawAgeMs),
    detailAgeMs: read(SETTINGS.detailAgeMs),
    showAccount: read(SETTINGS.showAccount),
    rateLimit: read(SETTINGS.rateLimit),
    trustProxy: read(SETTINGS.trustProxy),
    log: read(SETTINGS.log),
    mirror: read(SETTINGS.mirror),
    mirrorCredentials: read(SETTINGS.mirrorCredentials),
    huggingFaceUrl: read(SETTINGS.huggingFaceUrl),
    huggingFaceClientId: read(SETTINGS.huggingFaceClientId),
    huggingFaceFallbackModels: read(SETTINGS.huggingFaceFallbackModels),
    webhookPrivate: read(SETTINGS.webhookPrivate),
    noProxy: read(SETTINGS.noProxy),
    sourceUrls: readForSources(SOURCE_SETTINGS.sourceUrls),
    sourceCredentials: readForSources(SOURCE_SETTINGS.sourceCredentials),
    warnings: misspelt([...values.keys()]),
  };
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  // With no problem left, every setting that has a default has a value.
  return Object.freeze(Object.defineProperties(shown, hidden(secrets))) as Config;
}

/** The platform's place for a program's data, or what stands in for it where the environment says nothing. */
export function platformHome(environment: Environment, platform: string): string {
  const user = environment["HOME"] || homedir();
  if (platform === "win32")
    return join(environment["LOCALAPPDATA"] || join(user, "AppData", "Local"), "modeldex");
  if (platform === "darwin") return join(user, "Library", "Application Support", "modeldex");
  return join(environment["XDG_DATA_HOME"] || join(user, ".local", "share"), "modeldex");
}

function readEnvFile(cwd: string): Environment {
  const file = join(cwd, ENV_FILE);
  if (!existsSync(file)) return {};
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ConfigError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

/** The later wins. An empty text hides what was set before it, which is how one unsets a line of the file. */
function merge(...layers: ReadonlyArray<Environment | Flags>): ReadonlyMap<string, string> {
  const given = layers.flatMap((layer) => Object.entries(layer)).filter(([, value]) => value !== undefined);
  const last = new Map(given.map(([name, value]) => [name, String(value).trim()]));
  return new Map([...last].filter(([, value]) => value !== ""));
}

/** An address that is refused may be refused for the password in it, so that is never repeated. */
function complaint(name: string, given: string, { allowed, secret }: Setting<unknown>): string {
  const shown = JSON.stringify(given.replace(/\/\/[^/]*@/, "//…@").replace(/\?.*/s, "?…"));
  return `${name} ${secret ? "has a value that is not allowed" : `is ${shown}`}: give ${allowed}`;
}

function misspelt(names: readonly string[]): readonly string[] {
  const known: readonly string[] = Object.values(SETTINGS).flatMap((setting) => setting.names);
  const families = Object.values(SOURCE_SETTINGS).map((setting) => setting.names[0].replace("<ID>", ""));
  return names
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !FOREIGN.test(name))
    .filter((name) => !families.some((family) => name.startsWith(family) && name !== family))
    .map((name) => {
      const [guess] = known
        .map((each) => ({ each, distance: editDistance(name, each) }))
        .filter(({ distance }) => distance <= GUESS_DISTANCE_MAX)
        .toSorted((a, b) => a.distance - b.distance);
      return `${name} is not a setting${guess === undefined ? "" : `; did you mean ${guess.each}?`}`;
    });
}

/** Levenshtein's: how many letters to add, drop or change. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of from.split("").entries()) {
    const next = [above + 1];
    for (let at = 0; at < to.length; at += 1) {
      const changed = (row[at] ?? 0) + (letter === to[at] ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** `FIREWORKS_ACCOUNT` in a setting's name is the source `fireworks-account`. */
function toSourceId(suffix: string): string {
  return suffix.toLowerCase().replaceAll("_", "-");
}

function toDatabase(given: string, cwd: string): string {
  return given.includes("://") || given === ":memory:" ? given : resolve(cwd, withUserHome(given));
}

/** A `.env` file is not read by a shell, so nobody else would replace the tilde. */
function withUserHome(path: string): string {
  return path.replace(/^~(?=[/\\]|$)/, homedir());
}

/** Accessors, because even `inspect` with hidden properties shows an accessor without its value. */
function hidden(secrets: object): PropertyDescriptorMap {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [
      name,
      { get: () => value as unknown, enumerable: false },
    ]),
  );
}

/** `NO_COLOR`, as no-color.org has it: set to anything, it asks for none. */
export function wantsNoColour(environment: Environment = process.env): boolean {
  return (environment["NO_COLOR"] ?? "") !== "";
}
