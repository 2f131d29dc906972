/** Ready calls: the right address, id and key in every protocol that offers carry, and no id leaves its quotes. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { SOURCES } from "../../src/sources/index.ts";
import {
  anthropicMessages,
  bedrockConverse,
  googleGenerate,
  openaiChat,
  openaiResponses,
} from "../../src/kit/call.ts";
import { LANGUAGES } from "../../web/src/pages/model/calls/call.ts";
import { keyName, snippetsOf } from "../../web/src/pages/model/calls/snippets.ts";

const HOSTILE = `it's "a"\n$(touch /tmp/x) \`id\` \\ \${HOME} </script>\u2028 {x}`;

/** What a POSIX shell would hand to curl. */
function argumentsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const environment = { PATH: process.env["PATH"] ?? "", THE_KEY: "secret" };
  return execFileSync("sh", ["-c", script], { env: environment, encoding: "utf8" }).split("\0").slice(0, -1);
}

const CALLS = [
  ["openai-chat", openaiChat("https://api.example/v1/", "lab/m"), "https://api.example/v1/chat/completions"],
  [
    "openai-responses",
    openaiResponses("https://api.example/v1", "lab/m"),
    "https://api.example/v1/responses",
  ],
  [
    "anthropic-messages",
    anthropicMessages("https://api.anthropic.com/v1", "claude"),
    "https://api.anthropic.com/v1/messages",
  ],
  [
    "google-generate",
    googleGenerate("https://generativelanguage.googleapis.com/v1beta", "gemini-2.5-pro"),
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent",
  ],
  [
    "bedrock-converse",
    bedrockConverse("eu-central-1", "openai.gpt-oss-120b-1:0"),
    "https://bedrock-runtime.eu-central-1.amazonaws.com/model/openai.gpt-oss-120b-1%3A0/converse",
  ],
] as const;

describe.each(CALLS)("%s", (protocol, call, address) => {
  const snippets = snippetsOf(protocol);

  test("is called at its address with its key, its id and a greeting", () => {
    const [url, ...rest] = argumentsOf(snippets?.curl(call, "THE_KEY") ?? "");
    expect(url).toBe(address);
    expect(rest.join("\n")).toContain("secret");
    const body: unknown = JSON.parse(rest.at(-1) ?? "");
    expect(JSON.stringify(body)).toContain("Hello!");
    expect(address + JSON.stringify(body)).toContain(encodeURIComponent(call.model).replace("%2F", "/"));
  });

  test("has the key's name and the id in every language", () => {
    for (const language of LANGUAGES) expect(snippets?.[language](call, "THE_KEY")).toContain("THE_KEY");
    for (const language of ["Python", "TypeScript"] as const)
      expect(snippets?.[language](call, "THE_KEY")).toContain(JSON.stringify(call.model));
  });

  test("keeps a hostile id within its quotes", () => {
    const hostile = { ...call, model: HOSTILE };
    const [url, ...rest] = argumentsOf(snippets?.curl(hostile, "THE_KEY") ?? "");
    const said =
      decodeURIComponent(url ?? "") + rest.map((each) => (each.startsWith("{") ? texts(each) : "")).join("");
    expect(said).toContain(HOSTILE);
    for (const language of ["Python", "TypeScript"] as const) {
      const lines = (snippets?.[language](hostile, "THE_KEY") ?? "").split(/[\n\u2028]/);
      const line = lines.find((each) => each.includes("touch")) ?? "";
      const literal = /"(?:[^"\\]|\\.)*"/.exec(line)?.[0] ?? "";
      expect(JSON.parse(literal)).toBe(HOSTILE);
    }
  });
});

function texts(body: string): string {
  // A body that we wrote ourselves: its model, where it holds one.
  return (JSON.parse(body) as { readonly model?: string }).model ?? "";
}

test("every protocol that a source writes down has its snippets", () => {
  expect(CALLS.map(([, call]) => snippetsOf(call.protocol)).every((snippets) => snippets !== undefined)).toBe(
    true,
  );
  expect(snippetsOf("another-protocol")).toBeUndefined();
});

test("the key of a gateway has the name under which this program reads it, too", () => {
  const named = SOURCES.flatMap((source) =>
    "auth" in source && source.auth.names[0] !== undefined
      ? [[source.gateway, source.auth.names[0]] as const]
      : [],
  );
  expect(named.length).toBeGreaterThan(20);
  for (const [gateway, name] of named) expect([gateway, keyName(gateway)]).toEqual([gateway, name]);
});
