/**
 * `npm run acceptance -- <directory>`: the program as a whole against recorded upstream answers, over real HTTP.
 * The last line is `N passed, N failed`.
 */
import { join, resolve } from "node:path";
import { startVitest } from "vitest/node";
import { Tally } from "../../tools/tally.ts";
import { openRecordings, RecordingsError } from "../../tools/upstreams/recordings.ts";
import { DIRECTORY } from "./recorded.ts";

const EXIT_USAGE = 2;

const [directory, ...rest] = process.argv.slice(2);
const mistake =
  directory === undefined || rest.length > 0
    ? "name one directory with recorded answers and their index.json: npm run acceptance -- <directory>"
    : await openRecordings(directory).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof RecordingsError) return error.message;
          throw error;
        },
      );

if (mistake === undefined && directory !== undefined) {
  process.env[DIRECTORY] = resolve(directory);
  await accept();
} else {
  console.error(`acceptance: ${mistake}`);
  process.exitCode = EXIT_USAGE;
}

async function accept(): Promise<void> {
  const root = join(import.meta.dirname, "../..");
  const vitest = await startVitest("test", [], {
    root,
    config: false,
    watch: false,
    include: ["test/acceptance/*.test.ts"],
    // One at a time: the times in the report are those of the program alone.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["verbose", new Tally()],
  });
  await vitest.close();
}
