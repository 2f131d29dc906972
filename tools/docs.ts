/** `npm run docs`: writes the generated pages of the documentation. A test holds that they are current. */

import { readFileSync, writeFileSync } from "node:fs";
import { PAGES } from "./docs/pages.ts";

for (const { name, file, render } of PAGES) {
  const current = readCurrent(file);
  const page = render();
  if (page === current) continue;
  writeFileSync(file, page);
  console.log(`wrote docs/${name}`);
}

function readCurrent(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
