/** `npm run upstreams -- <directory>`: serves recorded upstream answers as a mirror, until it is stopped. */

import { parseArgs } from "node:util";
import { isDate } from "./upstreams/date.ts";
import type { Answer, Fault, RecordedRequest } from "./upstreams/exchange.ts";
import { RecordingsError } from "./upstreams/recordings.ts";
import { startUpstreams, type UpstreamsOptions } from "./upstreams/server.ts";

const HELP = `Serves recorded upstream answers as a mirror.

usage: npm run upstreams -- <directory with index.json> [options]

  --at <date>     answer as of this day, month or year (2026-08-05, 2026-08, 2026); default: the newest
  --port <port>   default 8765; 0 takes any free port
  --host <host>   default 127.0.0.1
  --quiet         no line for each request
  --help          this page

Of several recordings of one URL the newest as of that date is answered; one without a date counts as the
oldest. The query is ignored. Entries with "serve": false are not answered; .gz files are unpacked.

examples:
  npm run upstreams -- fixtures
  npm run upstreams -- ../recordings --at 2026-07-20 --port 9000
  MODELDEX_MIRROR=http://127.0.0.1:8765 npm start
`;
const DEFAULT_PORT = 8765;
const PORT_MAX = 65_535;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

class UsageError extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof RecordingsError;
  console.error(`upstreams: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isUsage ? EXIT_USAGE : EXIT_FAILED;
}

async function main(args: readonly string[]): Promise<void> {
  const options = parse(args);
  if (options === "help") {
    process.stdout.write(HELP);
    return;
  }
  const { url, recordings, close } = await startUpstreams(options);
  const { all, hosts } = recordings;
  console.log(
    `${url} serves ${all.length} recordings of ${hosts.length} hosts${options.at ? ` as of ${options.at}` : ""}`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
}

function parse(args: readonly string[]): UpstreamsOptions | "help" {
  const { values, positionals } = read(args);
  if (values.help) return "help";
  const [directory, ...rest] = positionals;
  if (directory === undefined || rest.length > 0) throw new UsageError("name one directory; see --help");
  if (values.at !== undefined && !isDate(values.at)) {
    throw new UsageError(`--at ${values.at} is no date: give one like 2026-08-05, 2026-08 or 2026`);
  }
  return {
    directory,
    at: values.at,
    host: values.host,
    port: values.port === undefined ? DEFAULT_PORT : toPort(values.port),
    ...(values.quiet ? {} : { onRequest: log }),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        at: { type: "string" },
        port: { type: "string" },
        host: { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; see --help`);
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw new UsageError(`--port ${text} is no port: give a whole number from 0 to ${PORT_MAX}`);
}

function log(request: RecordedRequest, answer: Answer, fault: Fault | undefined): void {
  const outcome = fault === undefined ? `${answer.status} ${answer.origin}` : `fault ${fault.name}`;
  console.log(`${request.method} ${request.url} → ${outcome} (${answer.body.length} bytes)`);
}
