/** `npm run new-source <id>`: writes a source that works on an invented item, for its author to make true. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Source } from "../src/kit/source.ts";
import { itemsIn } from "./check-source/body.ts";
import { indexText, parseIndex, withEntry } from "./check-source/fixture-index.ts";
import { goldenText } from "./check-source/golden.ts";
import {
  fixtureFolder,
  goldenFile,
  INDEX,
  mainBody,
  REGISTRY,
  ROOT,
  sourceFile,
} from "./check-source/repository.ts";
import { exampleBody } from "./new-source/example.ts";
import { nameOf } from "./new-source/name.ts";
import { isPagingKind, PAGINGS } from "./new-source/paging-word.ts";
import type { Plan } from "./new-source/plan.ts";
import { priceUnits, type PriceUnit } from "./new-source/price-unit.ts";
import { registryOf, withSource } from "./new-source/registry.ts";
import { skeleton } from "./new-source/skeleton.ts";

const DOCS = "docs/sources.md";
const HELP = `Writes a new source: its file, its line in the registry, a fixture with its golden result, and its entry in ${DOCS}.

usage: npm run new-source <id> -- [options]

  --url <url>         where the list lies; default https://api.<id>.example/v1/models
  --items <path>      where a page keeps its array: data (default), models, result.items, "" for a bare array
  --auth <NAME>       the environment's name for the key, sent as a bearer token; default: the list is public
  --paging <kind>     ${Object.keys(PAGINGS).join(", ")}; default single
  --price <name>      the constructor for its prices, such as centsPerThousandTokens; default usdPerMillionTokens
  --help              this page

docs/adding-a-source.md says what to do with it.
`;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

class UsageError extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`new-source: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const plan = planOf(positionals, values);
  const written = await write(plan);
  process.stdout.write(`${written.map((file) => `wrote ${file}\n`).join("")}${next(plan)}`);
}

/** All that can be refused is refused before the first file is written. */
async function write(plan: Plan): Promise<readonly string[]> {
  const { id, identifier, url } = plan;
  const registry = withSource(read(REGISTRY), { id, identifier });
  const entry = {
    file: `${id}/models.json`,
    source: id,
    url: url.href,
    recordedAt: new Date().toISOString().slice(0, 10),
    rows: 1,
  };
  const index = indexText(withEntry(parseIndex(read(INDEX)), entry));
  save(sourceFile(id), skeleton(plan));
  save(mainBody(id), exampleBody(plan));
  save(REGISTRY, registry);
  save(INDEX, index);
  const source = await sourceIn(sourceFile(id), identifier);
  save(goldenFile(id), goldenText(source, itemsIn(source, join(ROOT, mainBody(id)))));
  // Only now, because this page is made from the registry.
  const { renderSources } = await import("./docs/sources.ts");
  save(DOCS, renderSources());
  return [sourceFile(id), REGISTRY, mainBody(id), goldenFile(id), INDEX, DOCS];
}

function next({ id }: Plan): string {
  return `
Now make it true (docs/adding-a-source.md says how):
  1. ${mainBody(id)}: a few items as the upstream sends them, one of each kind
  2. ${sourceFile(id)}: its fields, prices and title
  3. npm run check-source ${id}                      what the source makes of it
     npm run check-source ${id} -- --live            the same of the real answer
     npm run check-source ${id} -- --write-golden    keeps the result as the golden one, once it is right
  4. npm run docs && npm test
`;
}

function planOf(
  [id, ...others]: readonly string[],
  { url, items = "data", auth, paging = "single", price = "usdPerMillionTokens" }: Values,
): Plan {
  if (id === undefined || others.length > 0) throw new UsageError("name one source; see --help");
  const name = nameOf(id);
  if (name === undefined)
    throw new UsageError(
      `${id} is no id for a source: give kebab-case that begins with a letter and is no word of the language, like acme-cloud`,
    );
  expectNew(name.id, name.identifier);
  if (!/^([\w-]+(\.[\w-]+)*)?$/.test(items))
    throw new UsageError(`--items ${items} is no path like result.items`);
  if (auth !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(auth))
    throw new UsageError(`--auth ${auth} is no name like ACME_API_KEY`);
  if (!isPagingKind(paging))
    throw new UsageError(`--paging ${paging} is none of ${Object.keys(PAGINGS).join(", ")}`);
  if (items === "" && Object.keys(PAGINGS[paging].lastPage).length > 0)
    throw new UsageError(`a bare array has no place for what --paging ${paging} reads beside it`);
  return {
    ...name,
    url: urlOf(url ?? `https://api.${id}.example/v1/models`),
    items,
    ...(auth === undefined ? {} : { auth }),
    paging,
    price: priceNamed(price),
  };
}

function expectNew(id: string, identifier: string): void {
  const taken = [sourceFile(id), fixtureFolder(id)].find((path) => existsSync(join(ROOT, path)));
  if (taken !== undefined) throw new UsageError(`${taken} is already there`);
  const same = registryOf(read(REGISTRY)).find((line) => line.identifier === identifier);
  if (same !== undefined)
    throw new UsageError(
      `${id} would be called ${identifier} in the registry, as ${same.id} is; give another id`,
    );
}

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "") return url;
  throw new UsageError(`--url ${text} is no https address`);
}

function priceNamed(constructor: string): PriceUnit {
  const units = priceUnits(ROOT).filter(({ unit }) => unit === "token");
  const unit = units.find((each) => each.constructor === constructor);
  if (unit !== undefined) return unit;
  throw new UsageError(
    `--price ${constructor} is none of ${units.map((each) => each.constructor).join(", ")}`,
  );
}

async function sourceIn(file: string, identifier: string): Promise<Source> {
  const module: unknown = await import(pathToFileURL(join(ROOT, file)).href);
  // The skeleton exports a source under this name.
  return (module as { readonly [name: string]: Source })[identifier] as Source;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function save(file: string, text: string): void {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), text);
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: "string" },
        items: { type: "string" },
        auth: { type: "string" },
        paging: { type: "string" },
        price: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}
