import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConfigError, loadConfig, platformHome, type Environment, type Flags } from "../src/config.ts";

let empty: string;
let withFile: string;

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), "modeldex-config-"));
  withFile = mkdtempSync(join(tmpdir(), "modeldex-config-"));
  writeFileSync(
    join(withFile, ".env"),
    'MODELDEX_PORT=9000\nMODELDEX_HOST="0.0.0.0"\nGROQ_API_KEY=from-file\n',
  );
});

afterAll(() => {
  rmSync(empty, { recursive: true });
  rmSync(withFile, { recursive: true });
});

function load(environment: Environment = {}, flags: Flags = {}) {
  return loadConfig({ HOME: "/home/someone", ...environment }, empty, flags);
}

describe("where a value comes from", () => {
  test("nothing set gives the defaults", () => {
    expect(load()).toEqual(
      expect.objectContaining({
        host: "127.0.0.1",
        port: 8080,
        syncIntervalMs: 3_600_000,
        publishEveryMs: 10_000,
        quotaShare: 0.8,
        sources: undefined,
        mirror: undefined,
        showAccount: false,
        warnings: [],
      }),
    );
  });

  test("a .env file is read from the working directory", () => {
    expect(loadConfig({}, withFile)).toMatchObject({ port: 9000, host: "0.0.0.0" });
  });

  test("the environment goes before the file, and a flag before both", () => {
    expect(loadConfig({ MODELDEX_PORT: "9001" }, withFile).port).toBe(9001);
    expect(loadConfig({ MODELDEX_PORT: "9001" }, withFile, { MODELDEX_PORT: "9002" }).port).toBe(9002);
  });

  test("an empty text counts as not set, also over the file", () => {
    const config = loadConfig({ MODELDEX_PORT: "", GROQ_API_KEY: "" }, withFile);
    expect(config.port).toBe(8080);
    expect(config.credential(["GROQ_API_KEY"])).toBeUndefined();
  });

  test("a credential is found under the first of its names that is set", () => {
    const config = load({ HF_TOKEN: " ", HUG_API_KEY: "a-token" });
    expect(config.credential(["HF_TOKEN", "HUG_API_KEY"])).toBe("a-token");
    expect(config.credential(["GROQ_API_KEY"])).toBeUndefined();
  });

  test("a setting for one source is found under the source's id", () => {
    const config = load({
      MODELDEX_SOURCE_URL_FIREWORKS_ACCOUNT: "http://127.0.0.1:9/",
      MODELDEX_SOURCE_CREDENTIALS_GROQ: "1",
    });
    expect(config.sourceUrls).toEqual({ "fireworks-account": "http://127.0.0.1:9" });
    expect(config.sourceCredentials).toEqual({ groq: true });
  });

  test.each([
    ["linux", { HOME: "/home/u" }, "/home/u/.local/share/modeldex"],
    ["linux", { HOME: "/home/u", XDG_DATA_HOME: "/data" }, "/data/modeldex"],
    ["darwin", { HOME: "/Users/u" }, "/Users/u/Library/Application Support/modeldex"],
    ["win32", { LOCALAPPDATA: "/local" }, "/local/modeldex"],
  ] as const)("on %s with %o the data is kept in %s", (platform, environment, expected) => {
    expect(platformHome(environment, platform)).toBe(expected);
  });

  test("the ledger is a file in the data directory unless a database is named", () => {
    expect(load({ MODELDEX_HOME: "/data" }).database).toBe("/data/modeldex.db");
    expect(load({ MODELDEX_DATABASE: "ledger.db" }).database).toBe(join(empty, "ledger.db"));
    expect(load({ MODELDEX_DATABASE: "postgres://db/modeldex" }).database).toBe("postgres://db/modeldex");
  });
});

describe("what a value may be", () => {
  test.each([
    ["MODELDEX_SYNC_INTERVAL", "90s", "syncIntervalMs", 90_000],
    ["MODELDEX_SYNC_INTERVAL", "1.5h", "syncIntervalMs", 5_400_000],
    ["MODELDEX_SOURCES", "openrouter, groq,groq", "sources", ["openrouter", "groq"]],
    ["MODELDEX_HUB_LIMIT", "100000", "hubLimit", 100_000],
    ["MODELDEX_SHOW_ACCOUNT", "yes", "showAccount", true],
    ["MODELDEX_QUOTA_SHARE", "1", "quotaShare", 1],
    ["MODELDEX_MIRROR", "http://127.0.0.1:8765/", "mirror", "http://127.0.0.1:8765"],
    ["HF_ENDPOINT", "http://localhost:1", "huggingFaceUrl", "http://localhost:1"],
    ["MODELDEX_HF_CLIENT_ID", "1b2c-3d", "huggingFaceClientId", "1b2c-3d"],
    ["https_proxy", "http://proxy:3128", "proxy", "http://proxy:3128"],
  ] as const)("%s=%s is understood", (name, value, key, expected) => {
    expect(load({ [name]: value })[key]).toEqual(expected);
  });

  test.each([
    ["MODELDEX_PORT", "80a"],
    ["MODELDEX_PORT", "65536"],
    ["MODELDEX_SYNC_INTERVAL", "3600000"],
    ["MODELDEX_SYNC_INTERVAL", "0s"],
    ["MODELDEX_QUOTA_SHARE", "0"],
    ["MODELDEX_QUOTA_SHARE", "80"],
    ["MODELDEX_SOURCES", "open router"],
    ["MODELDEX_SOURCES", "groq,,xai"],
    ["MODELDEX_HUB_LIMIT", "0"],
    ["MODELDEX_HUB_LIMIT", "1e6"],
    ["MODELDEX_SHOW_ACCOUNT", "maybe"],
    ["MODELDEX_MIRROR", "ftp://host"],
    ["MODELDEX_SOURCE_URL_GROQ", "not a url"],
    ["HF_ENDPOINT", "http://elsewhere.example"],
    ["MODELDEX_HF_CLIENT_ID", "two words"],
    ["MODELDEX_HF_CLIENT_ID", "a".repeat(256)],
  ])("%s=%s is refused by name, with the value and what is allowed", (name, value) => {
    expect(() => load({ [name]: value })).toThrow(ConfigError);
    expect(() => load({ [name]: value })).toThrow(`${name} is ${JSON.stringify(value)}: give `);
  });

  test("every setting that is wrong is named at once", () => {
    expect(() => load({ MODELDEX_PORT: "x", MODELDEX_QUOTA_SHARE: "x" })).toThrow(
      /MODELDEX_PORT is "x".*\nMODELDEX_QUOTA_SHARE is "x"/,
    );
  });

  test("a misspelt name is warned of, with a guess", () => {
    expect(
      load({ MODELDEX_PROT: "80", MODELDEX_XYZZY_PLUGH: "1", MODELDEX_TEST_SEEDS: "9" }).warnings,
    ).toEqual([
      "MODELDEX_PROT is not a setting; did you mean MODELDEX_PORT?",
      "MODELDEX_XYZZY_PLUGH is not a setting",
    ]);
  });
});

describe("what is never shown", () => {
  const CANARY = "canary-5f1d0c";
  const secrets = {
    GROQ_API_KEY: CANARY,
    MODELDEX_ADMIN_KEY: CANARY,
    MODELDEX_DATABASE: `postgres://user:${CANARY}@db/modeldex`,
    HTTPS_PROXY: `http://user:${CANARY}@proxy:3128`,
  };

  test("a printed, copied or written Config holds no secret, and still gives it to who asks", () => {
    const config = load(secrets);
    const shown = [
      JSON.stringify(config),
      inspect(config, { showHidden: true, depth: 9 }),
      inspect({ ...config }),
    ];
    expect(shown.join("\n")).not.toContain(CANARY);
    expect(config.adminKey).toBe(CANARY);
    expect(config.credential(["GROQ_API_KEY"])).toBe(CANARY);
  });

  test.each([
    ["MODELDEX_DATABASE", `mysql://user:${CANARY}@db`],
    ["HTTPS_PROXY", `socks://${CANARY}@proxy`],
    ["MODELDEX_MIRROR", `http://user:${CANARY}@mirror`],
    ["MODELDEX_SOURCE_URL_GROQ", `https://groq.example/?key=${CANARY}`],
  ])("the refusal of %s does not repeat a secret", (name, value) => {
    expect(() => load({ [name]: value })).toThrow(new RegExp(`^${name} (?!.*${CANARY})`));
  });
});

describe("how long things are kept", () => {
  test("a gigabyte of answers for a year, and every detail for ninety days, where nothing is said", () => {
    expect(load()).toMatchObject({
      rawBytesMax: 1024 ** 3,
      rawAgeMs: 365 * 86_400_000,
      detailAgeMs: 90 * 86_400_000,
    });
  });

  test.each([
    ["MODELDEX_RAW_SIZE", "500MB", { rawBytesMax: 500 * 1024 ** 2 }],
    ["MODELDEX_RAW_SIZE", "2TB", { rawBytesMax: 2 * 1024 ** 4 }],
    ["MODELDEX_RAW_AGE", "3650d", { rawAgeMs: 3_650 * 86_400_000 }],
    ["MODELDEX_RAW_AGE", "forever", { rawAgeMs: Infinity }],
    ["MODELDEX_DETAIL_AGE", "7d", { detailAgeMs: 7 * 86_400_000 }],
  ])("%s=%s", (name, value, expected) => {
    expect(load({ [name]: value })).toMatchObject(expected);
  });

  test.each([
    ["MODELDEX_RAW_SIZE", "1000"],
    ["MODELDEX_RAW_SIZE", "1.5GB"],
    ["MODELDEX_RAW_AGE", "0d"],
    ["MODELDEX_RAW_AGE", "12h"],
    ["MODELDEX_DETAIL_AGE", "never"],
  ])("%s=%s is refused", (name, value) => {
    expect(() => load({ [name]: value })).toThrow(ConfigError);
  });
});
