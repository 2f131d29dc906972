/** The command line: what each command prints, with which exit code, and what it does with hostile text. */
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { plain, plainJson } from "../../src/serve/cli/plain.ts";
import { screenOf } from "../../src/serve/cli/screen.ts";
import type { ChangeQuery } from "../../src/ledger/changes.ts";
import type { StoredChange } from "../../src/ledger/ledger.ts";
import { fakeApplication } from "./support/application.ts";
import { HOSTILE, NOW, smallShelf } from "./support/catalog.ts";
import { fakeHost, memoryScreen, type } from "./support/host.ts";
import { served } from "./support/server.ts";

/** Whatever a terminal could act on: all but printable characters and the line feed. */
const RAW = /[^\P{C}\n]/u;

describe("models, offers, show, sources, changes", () => {
  test("models are a table with prices for a million tokens, and a line that says how many", async () => {
    const { code, out } = await type(["models", "--gateway", "hug"]);
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toMatch(/^MODEL +CONTEXT +INPUT \$\/M +OUTPUT \$\/M +OFFERS +GATEWAYS$/);
    expect(out).toMatch(/openai\/gpt-oss-120b +131,072 +\$0\.05 +\$0\.25 +3 +groq, huggingface/);
    expect(out).toContain("1 model, revision 7\n");
  });

  test("a model without a price for tokens says in a word how it is paid", async () => {
    const { out } = await type(["models", "whisper"]);
    expect(out).toMatch(/whisper\/large-v3 +subscription +subscription +1 +groq/);
  });

  test("a page says where the next begins", async () => {
    expect((await type(["models", "--limit", "1"])).out).toContain(
      "1–1 of 3 models, revision 7; next: --offset 1\n",
    );
  });

  test("free, subscription and unknown are written out", async () => {
    const { out } = await type(["offers"]);
    expect(out).toMatch(/huggingface +groq +openai\/gpt-oss-120b +live +free +free +2 hours ago/);
    expect(out).toMatch(/audio\/whisper\/large-v3 +subscription +subscription +1 hour ago/);
    expect(out).toMatch(/ +unknown +unknown +1 hour ago/);
  });

  test("show prints the model, its offers and how to call the cheapest", async () => {
    const { code, out } = await type(["show", "gpt-oss-120b"]);
    expect(code).toBe(0);
    expect(out).toContain("openai/gpt-oss-120b\n");
    expect(out).toMatch(/license +apache-2\.0/);
    expect(out).toContain(
      "To call the cheapest, at huggingface ($0.05 in, $0.25 out, for a million tokens):",
    );
    expect(out).toContain("curl 'https://huggingface.example/v1/chat/completions'");
    expect(out).toContain('-H "Authorization: Bearer $HUGGINGFACE_ROUTER_API_KEY"');
  });

  test("nothing that an upstream wrote leaves the quotes of the command to copy", async () => {
    const { out } = await type(["show", `~groq/${HOSTILE}`]);
    expect(out).toContain(String.raw`'\''; rm -rf ~`);
  });

  test("sources say how each is, how old, and what it waits for", async () => {
    const { out } = await type(["sources"]);
    expect(out).toMatch(/groq +groq +complete +whole +3 +1 hour ago/);
    expect(out).toMatch(/xai +xai +0 +never +set XAI_API_KEY/);
  });

  test("changes of the last seven days, field by field", async () => {
    const { application, ...host } = fakeHost();
    const { out } = await type(["changes"], { ...host, application });
    expect(application.askedChanges[0]?.since).toBe(Date.UTC(2026, 6, 29, 12));
    expect(out).toMatch(
      /2026-08-05 09:00 +changed +offer +groq\/groq\/openai\/gpt-oss-120b +context_tokens: 8192 → 131072 +upstream/,
    );
  });

  test("a change that an import told of the past says so", async () => {
    const fake = fakeApplication();
    const changes = async (query: ChangeQuery) =>
      (await fake.ledger.changes(query)).map((change): StoredChange => ({ ...change, isImported: true }));
    const { out } = await type(["changes"], fakeHost({ ...fake, ledger: { ...fake.ledger, changes } }));
    expect(out).toMatch(/8192 → 131072 +upstream, imported/);
  });

  test("an empty answer says what to do next", async () => {
    expect((await type(["models", "nothing like it"])).out).toContain("no model fits; ask with less");
    const empty = fakeApplication({
      shelf: { ...smallShelf(), catalog: buildCatalog([], 7, NOW) },
    });
    expect((await type(["models"], fakeHost(empty))).out).toContain("modeldex sync");
  });

  test.each([["models"], ["show", "a/b"], ["offers"]])(
    "%s before the first sync says what to run",
    async (...line) => {
      const { code, out, err } = await type(line, fakeHost(fakeApplication({ shelf: undefined })));
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("modeldex sync");
    },
  );

  test("what is opened is closed, and only for reading", async () => {
    const host = fakeHost();
    await type(["--home", "/data", "models", "--database", "x.db"], host);
    expect(host.opened).toEqual([
      { how: "reading", flags: { MODELDEX_HOME: "/data", MODELDEX_DATABASE: "x.db" } },
    ]);
    expect(host.application.closed).toBe(true);
  });
});

describe("--json", () => {
  test.each([
    [["models", "--json"], "/v1/models"],
    [["models", "oss", "--gateway", "hug", "--limit", "1", "--json"], "/v1/models?q=oss&gateway=hug&limit=1"],
    [["offers", "--model", "gpt-oss-120b", "--json"], "/v1/offers?model=gpt-oss-120b"],
    [["show", "openai/gpt-oss-120b", "--json"], "/v1/models/openai/gpt-oss-120b"],
    [["sources", "--json"], "/v1/sources"],
    [["changes", "--since", "7d", "--limit", "2", "--json"], "/v1/changes?since=7d&limit=2"],
  ])("%j is the object of %s, and nothing else", async (line, url) => {
    const { code, out, err } = await type(line);
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual((await served().inject(url)).json());
  });

  test("accept and sync print one object", async () => {
    expect(JSON.parse((await type(["accept", "17", "--json"])).out)).toEqual({
      revision: 8,
      run: 17,
      removed: 9,
      prices: 1,
    });
    expect(JSON.parse((await type(["sync", "--json"])).out)).toMatchObject({
      revision: 7,
      runs: [{ source: "groq" }],
    });
  });
});

describe("hostile text", () => {
  test.each([
    ["models"],
    ["models", "--json"],
    ["offers"],
    ["offers", "--json"],
    ["changes"],
    ["changes", "--json"],
    ["show", `~groq/${HOSTILE}`],
    ["show", `~groq/${HOSTILE}`, "--json"],
    ["show", HOSTILE],
    ["models", "--gateway", HOSTILE],
    [HOSTILE],
    ["models", `--${HOSTILE}`],
  ])("%j reaches no terminal raw", async (...line) => {
    const { out, err } = await type(line);
    expect(out).not.toMatch(RAW);
    expect(err).not.toMatch(RAW);
  });

  test("escapes are written out, in JSON so that it still says the same", () => {
    expect(plain("a\u001b[2J\u009b\u202e\u200bz\n")).toBe(String.raw`a\u{1b}[2J\u{9b}\u{202e}\u{200b}z\u{a}`);
    const text = JSON.stringify({ name: `${HOSTILE}\u{e0041}\ud800` });
    expect(plainJson(text)).not.toMatch(RAW);
    expect(JSON.parse(plainJson(text))).toEqual(JSON.parse(text));
  });
});

describe("usage", () => {
  test.each([
    [["modles"], "Did you mean models?"],
    [["models", "--gatway", "groq"], "Did you mean --gateway?"],
    [["models", "--gateway", "grok"], 'did you mean "groq"?'],
    [["models", "--limit", "0"], "1 to 1000"],
    [["changes", "--since", "yesterday"], "ISO date"],
    [["changes", "--topic", "prize"], 'did you mean "price"?'],
    [["accept", "many"], "a run is a number"],
    [["accept", "18"], "run 18 holds nothing"],
    [["sync", "nope"], "no source is called nope"],
    [["show"], "missing required argument"],
    [["models", "a", "b"], "too many arguments"],
    [[], "Usage: modeldex"],
  ])("%j is a usage error", async (line, says) => {
    const { code, out, err } = await type(line);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(says);
  });

  test("a model that is not there is no usage error, and names what is near", async () => {
    const { code, err } = await type(["show", "nobody/gpt-oss-120b"]);
    expect(code).toBe(1);
    expect(err).toContain("near it: openai/gpt-oss-120b");
  });

  test.each([[["--help"]], [["help"]], [["sync", "--help"]], [["help", "changes"]], [["--version"]]])(
    "%j is answered on standard output",
    async (line) => {
      const { code, out, err } = await type(line);
      expect([code, err]).toEqual([0, ""]);
      expect(out).not.toBe("");
    },
  );

  test.each(["serve", "sync", "accept", "sources", "models", "show", "offers", "changes"])(
    "the help of %s has examples",
    async (command) => {
      expect((await type([command, "--help"])).out).toContain(`$ modeldex ${command}`);
    },
  );
});

describe("the terminal", () => {
  test("a table fits it, and nothing wraps", async () => {
    const host = fakeHost(fakeApplication(), { columns: 60 });
    const { out } = await type(["models"], host);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    expect(out).toContain("…");
  });

  test("colours only there, and not where none are wanted", () => {
    const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
    const coloured = (isTTY: boolean, noColour: boolean) =>
      screenOf(stream(isTTY), { noColour }).colours.isColorSupported;
    expect([coloured(true, false), coloured(true, true), coloured(false, false)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(memoryScreen().colours.red("x")).toBe("x");
  });

  test("a reader who goes away early is no error", () => {
    const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
    const screen = screenOf(stream, { noColour: true });
    stream.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    screen.write("more");
    expect(stream.read()).toBeNull();
  });
});
