/** Questions on the command line: every parameter is a flag, and what was asked for is shown. */
import { describe, expect, test } from "vitest";
import { MODEL_PARAMETERS, OFFER_PARAMETERS } from "../../src/catalog/parameters.ts";
import { fakeApplication } from "./support/application.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";
import { variedShelf } from "./support/varied.ts";

const shelf = variedShelf();
const host = () => fakeHost(fakeApplication({ shelf }));

describe("flags", () => {
  test.each([
    ["models", MODEL_PARAMETERS],
    ["offers", OFFER_PARAMETERS],
  ])("%s takes every parameter of the API, and its help says them all", async (command, parameters) => {
    const { out } = await type([command, "--help"], host());
    for (const { name } of parameters)
      expect(out).toContain(name === "q" ? "[query]" : `--${name.replaceAll("_", "-")} <`);
    expect(out).toContain("Examples:");
  });

  test.each([
    [
      [
        "models",
        "--capability",
        "tools",
        "--max-input-price",
        "1",
        "--sort",
        "input_price",
        "--facets",
        "lab",
      ],
      "/v1/models?capability=tools&max_input_price=1&sort=input_price&facets=lab",
    ],
    [["models", "gguf", "--tag=-moe", "--hub", "include"], "/v1/models?q=gguf&tag=-moe&hub=include"],
    [["models", "--fields", "id,license", "--limit", "2"], "/v1/models?fields=id,license&limit=2"],
    [
      ["offers", "--lab", "openai", "--min-context", "1000", "--sort", "output_price", "--order", "desc"],
      "/v1/offers?lab=openai&min_context=1000&sort=output_price&order=desc",
    ],
  ])("%j is %s", async (line, url) => {
    const { code, out } = await type([...line, "--json"], host());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual((await served({ shelf }).inject(url)).json());
  });
});

describe("what is shown", () => {
  test("facets stand below the list, with what is unknown", async () => {
    const { out } = await type(["models", "--facets", "gateway,input_price,task"], host());
    expect(out).toMatch(/GATEWAY +COUNT\ngroq +3\nopenrouter +3\nhuggingface +1\n/);
    expect(out).toMatch(/INPUT_PRICE +COUNT\n0 up to 0\.000001 +1\n/);
    expect(out).toMatch(/TASK +COUNT\ntext-generation +2\ntext-to-image +1\nunknown +2\n/);
  });

  test("a page that began at a cursor says where the next one does", async () => {
    const { next_cursor: cursor } = (await served({ shelf }).inject("/v1/models?limit=1")).json();
    const { out } = await type(["models", "--limit", "2", "--cursor", cursor], host());
    expect(out).toMatch(/2 of 5 models, revision 7; next: --cursor [\w-]+\n/);
  });

  test("an answer that filters left empty says to ask with less", async () => {
    const { out } = await type(["models", "--min-context", "999999999"], host());
    expect(out).toContain("no model fits; ask with less");
  });
});

describe("what is refused", () => {
  test.each([
    [["models", "--lab", "opnai"], 'did you mean "openai"?'],
    [["models", "--max-input-price", "cheap"], 'max_input_price cannot be "cheap"'],
    [["models", "--max-input-prize", "1"], "unknown option"],
    [["offers", "--sort", "prize"], 'sort cannot be "prize"'],
    [["models", "--fields", "id"], "--fields goes with --json"],
    [["models", "--cursor", "x"], "this is no cursor"],
  ])("%j is a mistake of usage: %s", async (line, message) => {
    const { code, out, err } = await type(line, host());
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });
});
