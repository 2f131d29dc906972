/** One word for one thing: what the page about it says is what the architecture says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WORDS } from "../../web/src/pages/about/words.ts";

const ARCHITECTURE = readFileSync(new URL("../../ARCHITECTURE.md", import.meta.url), "utf8");

test("the page about the words has every word of ARCHITECTURE.md, in its order and with its meaning", () => {
  const [, section = ""] = ARCHITECTURE.split("## The words");
  const rows = [...section.matchAll(/^\| (\*\*.+?)\s*\| (.+?)\s*\|$/gm)].map(([, word = "", meaning = ""]) =>
    [word, meaning].map((text) => text.replaceAll(/\*\*|`/g, "")),
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(WORDS).toEqual(rows);
});
