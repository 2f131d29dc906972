/** The guide is about the code as it is: its quotations are the file, its tables are what the code exports. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as price from "../src/domain/price.ts";
import * as auth from "../src/kit/auth.ts";
import * as paging from "../src/kit/paging.ts";
import * as wire from "../src/kit/wire.ts";
import { ROOT } from "../tools/check-source/repository.ts";
import { PAGINGS } from "../tools/new-source/paging-word.ts";
import { priceUnits } from "../tools/new-source/price-unit.ts";

const guide = readFileSync(join(ROOT, "docs/adding-a-source.md"), "utf8");

test("the blocks of the real source, joined, are the file", () => {
  const quoted = [...section("A real one, line by line").matchAll(/^```ts\n([^]*?)^```$/gm)];
  const name = /`(src\/sources\/[\w-]+\.ts)`/.exec(section("A real one, line by line"))?.[1] ?? "";
  expect(lines(quoted.map(([, code]) => code).join(""))).toEqual(
    lines(readFileSync(join(ROOT, name), "utf8")),
  );
});

test("every constructor of a price is read from domain/price.ts, with what the wire states", () => {
  const exported = Object.keys(price).filter((name) =>
    /^(usd|cents|ten)[A-Z]|^ten(Thousand|Billion)ths/.test(name),
  );
  expect(exported.length).toBeGreaterThan(10);
  expect(
    priceUnits(ROOT)
      .map(({ constructor }) => constructor)
      .toSorted(),
  ).toEqual(exported.toSorted());
});

test("new-source knows every way to page", () => {
  const offered = Object.keys(paging).filter((name) => name !== "valueAt");
  expect(
    Object.values(PAGINGS)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(offered.toSorted());
});

test("the table of credentials is what kit/auth.ts offers", () => {
  const offered = Object.keys(auth).filter((name) => !name.startsWith("credential"));
  expect(
    rows("How a credential goes out")
      .flatMap(([code = ""]) => /\w+/.exec(code) ?? [])
      .toSorted(),
  ).toEqual(offered.toSorted());
});

test("the table of the wire is what kit/wire.ts offers", () => {
  const named = rows("What the wire spells").flatMap(([cell = ""]) => [...cell.matchAll(/\w+/g)].map(String));
  expect(named.toSorted()).toEqual(Object.keys(wire).toSorted());
});

test("every file that the guide names is there, but for the invented source's", () => {
  const named = [...guide.matchAll(/`((?:src|test|docs|fixtures)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  const real = named.filter((path) => !path.includes("acme"));
  expect(real.length).toBeGreaterThan(3);
  expect(real.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

/** What stands under a heading that begins so. */
function section(heading: string): string {
  const found = guide.split(/^## /m).find((part) => part.startsWith(heading));
  if (found === undefined) throw new Error(`the guide has no section ${heading}`);
  return found;
}

/** The cells of the section's table, without its head. */
function rows(heading: string): readonly (readonly string[])[] {
  return section(heading)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** Blank lines between two blocks are the guide's. */
function lines(code: string): readonly string[] {
  return code.split("\n").filter((line) => line !== "");
}
