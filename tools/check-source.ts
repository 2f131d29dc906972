/** `npm run check-source <id>`: runs one source against its fixture, a file, a mirror or the live service, and prints what it makes of it. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, wantsNoColour } from "../src/config.ts";
import type { Source } from "../src/kit/source.ts";
import { plain, plainJson } from "../src/serve/cli/plain.ts";
import { screenOf } from "../src/serve/cli/screen.ts";
import { SOURCES } from "../src/sources/index.ts";
import type { Answer } from "./check-source/answer.ts";
import { fixtureBodies, itemsIn, readBodyFile } from "./check-source/body.ts";
import { checkSource } from "./check-source/check.ts";
import { indexText, parseIndex } from "./check-source/fixture-index.ts";
import { goldenText } from "./check-source/golden.ts";
import { linesPage, sourceLines } from "./check-source/lines.ts";
import { readFromNetwork } from "./check-source/network.ts";
import { checkPage } from "./check-source/page.ts";
import { goldenFile, INDEX, mainBody, ROOT } from "./check-source/repository.ts";

const HELP = `Runs one source and prints what it makes of an answer.

usage: npm run check-source <id> -- [options]
       npm run check-source -- --lines

without an option: every body of the source's fixture folder, each on its own
  --file <body.json>   this answer (.gz is unpacked)
  --mirror <url>       the answer of a mirror, as \`npm run upstreams\` serves one
  --live               the answer of the service itself, with the credential of the environment
  --write-golden       first rewrites the golden result from the fixture, and the rows in fixtures/index.json
  --json               one object in place of the page
  --lines              how long each source file is, the median and the longest

exit codes: 0 fine · 1 something is rejected or incomplete, nothing was read, or the golden result differs · 2 usage
`;
const EXIT_TROUBLE = 1;
const EXIT_USAGE = 2;

class UsageError extends Error {}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof ConfigError;
  console.error(`check-source: ${plain(error instanceof Error ? error.message : String(error))}`);
  process.exitCode = isUsage ? EXIT_USAGE : EXIT_TROUBLE;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const screen = screenOf(process.stdout, { noColour: wantsNoColour() });
  if (values.help === true) return print(HELP);
  if (values.lines === true) {
    const lines = sourceLines(ROOT);
    return print(values.json === true ? json(lines) : linesPage(lines));
  }
  const source = sourceNamed(positionals);
  const ways = [values.file, values.mirror, values.live].filter((way) => way !== undefined);
  if (ways.length > 1) throw new UsageError("give one of --file, --mirror and --live");
  if (values["write-golden"] === true) writeGolden(source);
  const check = checkSource(source, await answersOf(source, values), {
    root: ROOT,
    isFixture: ways.length === 0,
  });
  screen.write(values.json === true ? json(check) : checkPage(check, screen));
  return check.isFine ? 0 : EXIT_TROUBLE;

  function print(text: string): number {
    screen.write(text);
    return 0;
  }
}

async function answersOf(
  source: Source,
  { file, mirror, live }: ReturnType<typeof parse>["values"],
): Promise<readonly Answer[]> {
  if (file !== undefined) {
    if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
    return [readBodyFile(source, file, basename(file))];
  }
  if (mirror !== undefined && !/^https?:$/.test(URL.parse(mirror)?.protocol ?? ""))
    throw new UsageError(`--mirror ${mirror} is no address: give one like http://127.0.0.1:8765`);
  if (mirror !== undefined || live === true) return [await readFromNetwork(source, mirror)];
  const bodies = fixtureBodies(ROOT, source.id);
  return bodies.map((body) => readBodyFile(source, join(ROOT, body), body));
}

function writeGolden(source: Source): void {
  const body = mainBody(source.id);
  if (!fixtureBodies(ROOT, source.id).includes(body)) throw new UsageError(`${body} is not there`);
  writeFileSync(join(ROOT, goldenFile(source.id)), goldenText(source, itemsIn(source, join(ROOT, body))));
  const index = join(ROOT, INDEX);
  const entries = parseIndex(readFileSync(index, "utf8")).map((entry) =>
    entry.source === source.id
      ? { ...entry, rows: itemsIn(source, join(ROOT, "fixtures", entry.file)).length }
      : entry,
  );
  writeFileSync(index, indexText(entries));
}

function sourceNamed([id, ...others]: readonly string[]): Source {
  if (id === undefined || others.length > 0) throw new UsageError("name one source; see --help");
  const source = SOURCES.find((each) => each.id === id);
  if (source !== undefined) return source;
  throw new UsageError(
    `there is no source ${id}; the sources are ${SOURCES.map((each) => each.id).join(", ")}`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: "string" },
        mirror: { type: "string" },
        live: { type: "boolean" },
        "write-golden": { type: "boolean" },
        json: { type: "boolean" },
        lines: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}

function json(value: unknown): string {
  return `${plainJson(JSON.stringify(value, null, 2))}\n`;
}
