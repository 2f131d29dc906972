/** Generated pages are generated, and nothing is edited by hand. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PAGES } from "../tools/docs/pages.ts";

test.each(PAGES)("docs/$name is what `npm run docs` writes", ({ file, render }) => {
  expect(readFileSync(file, "utf8")).toBe(render());
});
