/** The checks as the program wires them: which address is asked, whose token goes there, and what stays on the disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openApplication, openServingApplication } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { extractOAuthToken, openChecks } from "../../src/index.ts";
import { createServer } from "../../src/serve/http/server.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { startCheckHub, type CheckHub } from "../simulator/hub-check.ts";

const CALLERS = "hf_c4n4ryOfACallerVtLr9KdW3bNs6JyHpEu";
const OURS = "hf_0urOwnT0kenWhichServesNobodyElse0000";

let hub: CheckHub;
let home: string;

beforeEach(async () => {
  hub = await startCheckHub();
  hub.models.set("lab/chat", { mapping: { groq: { status: "live", task: "conversational" } } });
  hub.tokens.set(CALLERS, { name: "sam", auth: { type: "oauth" } });
  hub.tokens.set(OURS, { name: "operator", auth: { type: "oauth" } });
  home = mkdtempSync(join(tmpdir(), "modeldex-checks-"));
});

afterEach(async () => {
  await hub.close();
  rmSync(home, { recursive: true });
});

describe("where the Hub is asked", () => {
  test.each([
    ["MODELDEX_SOURCE_URL_HUGGINGFACE", {}, "MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE", ""],
    ["HF_ENDPOINT", {}, "MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE", ""],
    ["MODELDEX_MIRROR", {}, "MODELDEX_MIRROR_CREDENTIALS", "/huggingface.co"],
  ])("%s is honoured, and takes a token where %3$s says so", async (setting, _none, credentials, prefix) => {
    const ask = async (flags: { readonly [name: string]: string }) => {
      const settings = { MODELDEX_HOME: home, [setting]: hub.url, ...flags };
      const application = await openApplication(loadConfig({}, home, settings));
      try {
        const { verdict } = await application.checks.validateToken(CALLERS);
        await application.checks.validateModelProvider("lab/chat", "groq");
        return verdict;
      } finally {
        await application.close();
      }
    };
    expect(await ask({})).toBe("unknown");
    expect(hub.requests.map(({ path, authorization }) => [path, authorization])).toEqual([
      [`${prefix}/api/models/lab/chat`, undefined],
    ]);
    await ask({ [credentials]: "1" });
    expect(hub.requests[1]).toMatchObject({
      path: `${prefix}/api/whoami-v2`,
      authorization: `Bearer ${CALLERS}`,
    });
  });
});

describe("a program that serves", () => {
  test("keeps no token of a caller's, and lends nobody its own", async () => {
    const troubles: string[] = [];
    const flags = {
      MODELDEX_HOME: home,
      MODELDEX_SOURCES: "featherless",
      MODELDEX_SOURCE_URL_FEATHERLESS: "http://127.0.0.1:9",
      MODELDEX_SOURCE_URL_HUGGINGFACE: hub.url,
      MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE: "1",
      HF_TOKEN: OURS,
    };
    const application = await openServingApplication(flags, (message) => troubles.push(message));
    const server = createServer(application, {
      clock: systemRuntime,
      staleAfterMs: 1,
      onMistake: (error) => troubles.push(String(error)),
      onAnswered: (line) => troubles.push(line),
    });
    const said: string[] = [];
    try {
      const headers = { authorization: `Bearer ${CALLERS}` };
      const ask = async (method: "GET" | "POST", url: string, sent: object = headers) => {
        const answer = await server.inject({ method, url, headers: { ...sent } });
        said.push(answer.body);
        return answer.json() as { readonly [field: string]: unknown };
      };
      expect(await ask("POST", "/v1/check/token")).toMatchObject({
        verdict: "valid",
        account: { name: "sam" },
      });
      expect(await ask("GET", "/v1/check?model=lab/chat&provider=groq")).toMatchObject({ verdict: "live" });
      expect(await ask("GET", "/v1/check?model=lab/none", {})).toMatchObject({ verdict: "unknown_model" });
      expect(await ask("GET", "/v1/check?model=lab/none")).toMatchObject({ seen_as: "the caller" });
      expect(await ask("GET", "/v1/providers", {})).toMatchObject({ from: ["enumeration"] });
      hub.answer("/api", { status: 403, body: { error: CALLERS }, headers: { "x-error-message": CALLERS } });
      await ask("POST", "/v1/check/token", { authorization: `Bearer ${CALLERS}x` });
      await ask("GET", "/v1/check?model=lab/other");
    } finally {
      await server.close();
      await application.close();
    }
    expect(
      hub.requests.map(({ authorization }) => authorization).filter((each) => each?.includes(OURS)),
    ).toEqual([]);
    const everything = [...filesUnder(home), ...said, ...troubles].join("\n");
    expect(everything).toContain("lab/chat");
    for (const token of [CALLERS, OURS]) {
      const windows = Array.from({ length: token.length - 11 }, (_, at) => token.slice(at, at + 12));
      expect(windows.filter((window) => everything.includes(window))).toEqual([]);
    }
  });
});

describe("the library", () => {
  test("asks the same questions, under the founding names", async () => {
    const checks = await openChecks({
      MODELDEX_HOME: home,
      HF_ENDPOINT: hub.url,
      MODELDEX_SOURCE_CREDENTIALS_HUGGINGFACE: "1",
    });
    try {
      expect(await checks.validateToken(extractOAuthToken({ token: CALLERS }))).toMatchObject({
        verdict: "valid",
      });
      expect(await checks.discoverProviders()).toMatchObject({ from: ["enumeration"] });
      expect(await checks.getAvailableModels({ inferenceProvider: "groq" })).toMatchObject({
        models: [{ id: "lab/chat" }],
      });
      expect(await checks.getModelsForProvider("groq", { task: "conversational" })).toMatchObject({
        isAll: true,
      });
      expect(await checks.validateModelProvider("lab/chat", "groq")).toMatchObject({
        verdict: "live",
        passes: true,
      });
    } finally {
      await checks.close();
    }
  });
});

function filesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
