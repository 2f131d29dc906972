/** Holds the shape of the house: layers, bans, names and sizes. The rules are the tables of `house/rules.ts`. */

import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import * as rules from "./house/rules.ts";
import {
  entriesOf,
  foldersIn,
  placesOf,
  readTree,
  resolveImport,
  stripped,
  type SourceFile,
} from "./house/tree.ts";

const tree = readTree();
const sources = tree.filter(({ path }) => path.startsWith("src/"));
const imports = tree.flatMap((file) =>
  file.imports.map((specifier) => ({ from: file.path, to: resolveImport(file.path, specifier) })),
);

/** `src/kit/client.ts` lies in the room `kit`; `src/app.ts` is a room of its own. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1];
}

describe("layers", () => {
  const inside = imports.flatMap(({ from, to }) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    return room === undefined || other === undefined ? [] : [{ from, to, room, other }];
  });

  test("every room has a floor", () => {
    const rooms = new Set(sources.map(({ path }) => roomOf(path) ?? path));
    expect([...rooms].filter((room) => rules.FLOORS[room] === undefined)).toEqual([]);
  });

  test("a room imports from itself and from the floors below", () => {
    const upward = inside.filter(
      ({ room, other }) => room !== other && floor(other) >= floor(room) && floor(room) < 5,
    );
    expect(
      upward.map(({ from, to }) => `${from} may not import ${to}: it would point up or sideways`),
    ).toEqual([]);
  });

  test("some rooms below are closed", () => {
    const closed = inside.flatMap(({ from, to, room, other }) => {
      const why = rules.CLOSED[room]?.[other];
      return why === undefined ? [] : [`${from} may not import ${to}: ${why}`];
    });
    expect(closed).toEqual([]);
  });

  test("the sources do not reach back into tests or tools", () => {
    const outside = imports.filter(
      ({ from, to }) => from.startsWith("src/") && /^(test|tools|bench|examples)\//.test(to),
    );
    expect(outside.filter(({ from }) => !from.endsWith(".test.ts"))).toEqual([]);
  });

  test("only the program and its tests know the composition root", () => {
    const readers = imports.filter(({ to }) => to === "src/app.ts").map(({ from }) => from);
    expect(readers.filter((from) => !rules.APP_READERS.test(from))).toEqual([]);
  });

  test("a source imports no other source", () => {
    const siblings = imports.filter(
      ({ from, to }) => isSource(from) && to.startsWith("src/sources/") && !basename(to).startsWith("_"),
    );
    expect(siblings.map(({ from, to }) => `${from} may not import ${to}: share a file named _….ts`)).toEqual(
      [],
    );
  });

  test.each(Object.entries(rules.PACKAGES))("the package %s is wrapped in one place", (name, allowed) => {
    const users = imports.filter(
      ({ from, to }) => from.startsWith("src/") && (to === name || to.startsWith(`${name}/`)),
    );
    expect(users.map(({ from }) => from).filter((from) => !allowed.test(from))).toEqual([]);
  });

  function floor(room: string): number {
    return rules.FLOORS[room] ?? Infinity;
  }
});

describe("bans", () => {
  test.each(rules.BANS)("$what: $instead", ({ pattern, where = /^src\//, except, within }) => {
    const held = tree.filter(({ path }) => where.test(path) && !except?.test(path));
    expect(held.flatMap((file) => placesOf(file, pattern, within))).toEqual([]);
  });

  test.each([
    ["const a = process.env;", "process.env"],
    ["const a = await fetch(url);", "fetch"],
    ["const a = new Date();", "the machine's clock"],
    ["const a = b as any;", "any"],
    ["const a = b!.c;", "a non-null assertion"],
    ["  } catch { return []; }", "an empty list from a catch"],
    ["export enum A {}", "enum"],
    ["it.only('a', b)", "a test that is skipped or alone"],
  ])("%s is seen as %s", (code, what) => {
    const seen = rules.BANS.filter(({ pattern }) => pattern.test(stripped(code))).map((ban) => ban.what);
    expect(seen).toEqual([what]);
  });

  test.each([
    'const a = "process.env";',
    "// console.log",
    "a !== b",
    "const a = !b;",
    "/** as any */",
    "new Date(0)",
  ])("%s is allowed", (code) => {
    expect(rules.BANS.filter(({ pattern }) => pattern.test(stripped(code)))).toEqual([]);
  });
});

describe("names and sizes", () => {
  test("a file is named in kebab-case", () => {
    expect(
      tree.map(({ path }) => path).filter((path) => !rules.FILE_NAME.test(configless(basename(path)))),
    ).toEqual([]);
  });

  test("no file is named with a word that says nothing", () => {
    expect(tree.map(({ path }) => path).filter((path) => rules.EMPTY_NAMES.test(basename(path)))).toEqual([]);
  });

  test(`a file has at most ${rules.LINES_MAX} lines, a source at most ${rules.SOURCE_LINES_MAX}`, () => {
    const long = tree.filter((file) => linesOf(file) > linesMax(file.path));
    expect(long.map((file) => `${file.path} has ${linesOf(file)} lines; split it by nouns`)).toEqual([]);
    const growing = tree.filter((file) => isSource(file.path) && linesOf(file) > rules.SOURCE_LINES);
    for (const file of growing)
      console.warn(`${file.path} has ${linesOf(file)} lines; ${rules.SOURCE_LINES} is plenty`);
  });

  test("a file says in its first lines what it is", () => {
    const held = tree.filter(({ path }) => /^(src|tools)\//.test(path) && !path.endsWith(".test.ts"));
    const silent = held.filter(({ text }) => !/^(import\b[^;]*;\s*)*\/\*\*/.test(text));
    expect(silent.map(({ path }) => `${path} does not start with a doc comment`)).toEqual([]);
  });

  function linesMax(path: string): number {
    if (isSource(path)) return rules.SOURCE_LINES_MAX;
    return rules.LINES_MAX_EXCEPT.test(path) ? Infinity : rules.LINES_MAX;
  }

  function linesOf({ text }: SourceFile): number {
    return text.trimEnd().split("\n").length;
  }

  function configless(name: string): string {
    return name.replace(".config.ts", ".ts");
  }
});

describe("the registry of sources", () => {
  const registry = tree.find(({ path }) => path === "src/sources/index.ts");
  const files = sources.filter(({ path }) => isSource(path)).map(({ path }) => basename(path, ".ts"));

  test("lists every file of the folder, and no other", () => {
    const listed = (registry?.imports ?? [])
      .filter((each) => each.startsWith("./"))
      .map((each) => basename(each, ".ts"));
    const named = listed.filter((name) => !name.startsWith("_"));
    expect(without(files, named).map((name) => `src/sources/index.ts does not list ${name}`)).toEqual([]);
    expect(
      without(named, files).map((name) => `src/sources/index.ts lists ${name}, which is not there`),
    ).toEqual([]);
  });

  test("every source has a folder of fixtures, and every such folder a source", () => {
    const folders = foldersIn("fixtures").filter((name) => !name.startsWith("_"));
    expect(without(files, folders).map((name) => `fixtures/${name} is missing`)).toEqual([]);
    expect(without(folders, files).map((name) => `fixtures/${name} belongs to no source`)).toEqual([]);
  });

  function without(names: readonly string[], others: readonly string[]): readonly string[] {
    return names.filter((name) => !others.includes(name));
  }

  test("no folder of fixtures is empty", () => {
    expect(foldersIn("fixtures").filter((name) => entriesOf(`fixtures/${name}`).length === 0)).toEqual([]);
  });
});

/** A file that declares one upstream, not the registry and not what several share. */
function isSource(path: string): boolean {
  return /^src\/sources\/(?!index\.ts$|_)[^/]+\.ts$/.test(path) && !path.endsWith(".test.ts");
}
