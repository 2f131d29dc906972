/** What runs before a recent Node is there: the command's entry and what the scripts need first. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openCatalog, openChecks, sync } from "../src/index.ts";
import { OLDEST_NODE } from "../src/version.ts";
import { ROOT, stripped } from "./house/tree.ts";

const OLD_SYNTAX = ["bin/modeldex.cjs", "tools/ensure.cjs"] as const;

/** Not readable, or not the same, on the Node versions that the files are there to turn away. */
const NEW_SYNTAX = /=>|`|\?\.|\?\?|\b(?:const|let|class|async|await)\b/g;

test.each(OLD_SYNTAX)("%s is written for an old Node", (file) => {
  const code = stripped(readFileSync(join(ROOT, file), "utf8"));
  expect(code.match(NEW_SYNTAX) ?? []).toEqual([]);
});

test("the entry and the library ask for the Node that the package asks for", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  const [, oldest] = /OLDEST_NODE = \[([^\]]*)\]/.exec(readFileSync(join(ROOT, OLD_SYNTAX[0]), "utf8")) ?? [];
  expect(engines.node).toBe(`>=${oldest?.replace(", ", ".")}`);
  expect(engines.node).toBe(`>=${OLDEST_NODE.join(".")}`);
});

describe("the library on an older Node", () => {
  const { versions } = process;
  const NOWHERE = { MODELDEX_HOME: "/dev/null/none" };
  afterEach(() => Object.defineProperty(process, "versions", { value: versions }));

  test.each([
    ["openCatalog", () => openCatalog(NOWHERE)],
    ["sync", () => sync({ settings: NOWHERE })],
    ["openChecks", () => openChecks(NOWHERE)],
  ])("%s refuses it in one line that says which it needs", async (_name, open) => {
    Object.defineProperty(process, "versions", { value: { ...versions, node: "22.12.0" } });
    await expect(open()).rejects.toThrow(`modeldex needs Node ${OLDEST_NODE.join(".")} or newer`);
  });
});

test("a step that does not exist is refused with what does", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, OLD_SYNTAX[1]), "polish"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toBe("usage: node tools/ensure.cjs [install] [build] [browser]\n");
});
