/** The checks on the command line: what is printed, and with which exit code. */
import { describe, expect, test } from "vitest";
import type { Checks } from "../../src/check/checks.ts";
import { readInput } from "../../src/serve/cli/input.ts";
import { fakeApplication } from "./support/application.ts";
import { NOW } from "./support/catalog.ts";
import { fakeChecks, GOOD_TOKEN } from "./support/checks.ts";
import { fakeHost, type } from "./support/host.ts";

function hostWith(typed: { readonly token?: string; readonly input?: string }, checks: Partial<Checks> = {}) {
  return fakeHost(fakeApplication({ checks: { ...fakeChecks(), ...checks } }), {}, typed);
}

describe("modeldex providers", () => {
  test("is a table, and a line that says where it is from and how old", async () => {
    const { code, out } = await type(["providers"]);
    expect(code).toBe(0);
    expect(out).toMatch(/groq +Groq +12 +1 +0 +conversational/);
    expect(out).toContain(
      "2 providers, from the mappings of well-known models and the Hub's own list of ids, 2 hours ago\n",
    );
  });

  test("exits with 3 where nobody answered, and says who did not", async () => {
    const known = {
      from: ["known-list"],
      at: NOW,
      providers: [],
      trouble: ["the list of ids: 503"],
    } as const;
    const host = hostWith({}, { discoverProviders: async () => known });
    const { code, out, err } = await type(["providers"], host);
    expect([code, err]).toEqual([3, "no answer to the list of ids: 503\n"]);
    expect(out).toContain("a list of ours, because nobody answers");
  });

  test("--json prints the API's object, and nothing else", async () => {
    const { out } = await type(["providers", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ object: "list", total: 2, as_of: "2026-08-05T10:00:00Z" });
  });
});

describe("modeldex providers <provider>", () => {
  test("is a table of its models, and a line that says how many there are", async () => {
    const { code, out } = await type(["providers", "groq", "--limit", "1"]);
    expect(code).toBe(0);
    expect(out).toMatch(/lab\/chat +groq +conversational/);
    expect(out).toContain("1 model of 3, from the catalog, 2 hours ago\n");
  });

  test("--json prints the API's object, and nothing else", async () => {
    const { out } = await type(["providers", "groq", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ data: [{ id: "lab/chat" }], has_more: false, from: ["catalog"] });
  });

  test.each([
    [["providers", "groq", "--limit", "0"], /limit/],
    [["providers", "--task", "conversational"], /go with a provider/],
  ])("%j is a mistake of typing", async (typed, says) => {
    expect(await type(typed)).toMatchObject({ code: 2, err: says });
  });
});

describe("modeldex check", () => {
  test.each([
    ["groq", 0, "passes"],
    ["novita", 1, "does not pass"],
    ["nobody", 3, "nobody can tell"],
  ])("at %s exits with %i: it %s", async (provider, exit, says) => {
    const { code, out } = await type(["check", "lab/chat", "--provider", provider]);
    expect(code).toBe(exit);
    expect(out).toContain(`strict: ${says}; as of just now`);
    expect(out).toMatch(/groq +live +conversational +its-own-id/);
  });

  test("--json prints the API's object, and nothing else", async () => {
    const { code, out } = await type(["check", "lab/chat", "--mode", "lenient", "--json"]);
    expect([code, JSON.parse(out)]).toEqual([
      1,
      expect.objectContaining({ provider: "auto", mode: "lenient" }),
    ]);
  });

  test("uses the token of whoever types", async () => {
    const { out } = await type(["check", "lab/chat", "--json"], hostWith({ token: GOOD_TOKEN }));
    expect(JSON.parse(out)).toMatchObject({ seen_as: "the caller" });
  });

  test("a mode that is none is a mistake of typing", async () => {
    expect(await type(["check", "lab/chat", "--mode", "hard"])).toMatchObject({
      code: 2,
      err: /strict or lenient/,
    });
  });
});

describe("modeldex token", () => {
  test("a good one exits with 0, and says what it may do", async () => {
    const { code, out } = await type(["token"], hostWith({ token: GOOD_TOKEN }));
    expect(code).toBe(0);
    expect(out).toMatch(/^valid\n/);
    expect(out).toMatch(/user +sam\n/);
    expect(out).toMatch(/Inference Providers +yes: inference-api/);
    expect(out).not.toContain(GOOD_TOKEN);
  });

  test("one that is piped in goes before the setting's", async () => {
    const { code } = await type(["token", "--stdin"], hostWith({ token: "bad", input: GOOD_TOKEN }));
    expect(code).toBe(0);
  });

  test("a bad one exits with 1, and one of which nobody can tell with 3", async () => {
    expect(await type(["token"], hostWith({ token: "bad" }))).toMatchObject({ code: 1, out: /^invalid: / });
    const validateToken = async () => ({ verdict: "unknown", reason: "503", checkedAt: NOW }) as const;
    const unknown = hostWith({ token: GOOD_TOKEN }, { validateToken });
    expect(await type(["token"], unknown)).toMatchObject({ code: 3, out: "unknown: 503\n" });
  });

  test("none at all is a mistake of typing, which says both ways", async () => {
    expect(await type(["token"])).toMatchObject({
      code: 2,
      err: /HF_TOKEN or HUG_API_KEY, or pipe one in with --stdin/,
    });
    expect(await type(["token", "--stdin"])).toMatchObject({ code: 2 });
  });

  test("one that is typed is refused, and not repeated", async () => {
    const { code, out, err } = await type(["token", GOOD_TOKEN], hostWith({}));
    expect(code).toBe(2);
    expect(out + err).not.toContain(GOOD_TOKEN);
  });

  test("what is piped in has an end", async () => {
    expect(await readInput(chunks(["hf_", "x\n"]))).toBe("hf_x");
    await expect(readInput(chunks(Array<string>(70).fill("x".repeat(1_000))))).rejects.toThrow(
      "more than 65536 bytes",
    );
  });
});

async function* chunks(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
