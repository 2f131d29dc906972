/** Reads a dump line by line, and compares everything that it states of itself: a damaged one, or one cut short, is refused. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { DUMP_FORMAT, type Copied } from "./dump.ts";
import { MIGRATIONS } from "./migrations.ts";

/** The dump cannot be used, or must not replace what is there; the message says which, and what to do. */
export class DumpRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DumpRefused";
  }
}

const DumpHead = z.object({ modeldex: z.literal("ledger"), format: z.number(), steps: z.array(z.string()) });
const TableHead = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableHead = z.infer<typeof TableHead>;
const TableEnd = z.object({ rows: z.number(), sha256: z.string(), last_number: z.number().optional() });
export type TableEnd = z.infer<typeof TableEnd>;
const DumpEnd = z.object({ tables: z.number(), rows: z.number(), sha256: z.string() });
const Values = z.array(z.union([z.string(), z.number(), z.null()]));
export type Values = z.infer<typeof Values>;

/** Takes what the dump holds, in its order. */
export interface DumpTaker {
  /** How many of the known steps made its tables. */
  begin(steps: number): Promise<void>;
  rows(head: TableHead, batch: readonly Values[]): Promise<void>;
  /** The rows were all there, as the dump states them. */
  end(head: TableHead, end: TableEnd): Promise<void>;
}

const BATCH_ROWS = 2_000;
const BATCH_LETTERS = 8 * 1024 * 1024;

/** Throws `DumpRefused`, perhaps after something was taken. */
export async function readDump(
  chunks: AsyncIterable<string | Uint8Array>,
  taker: DumpTaker,
): Promise<Copied> {
  const lines = linesOf(chunks);
  const whole = createHash("sha256");
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw damaged("it is cut short");
    return value;
  };

  const first = await next();
  whole.update(first);
  await taker.begin(stepsOf(first));
  const tableRows: { table: string; rows: number }[] = [];
  for (;;) {
    const line = await next();
    const end = DumpEnd.safeParse(parse(line));
    if (end.success) {
      if (end.data.sha256 !== whole.digest("hex"))
        throw damaged("its lines do not have the hash that it states");
      if ((await lines.next()).done !== true) throw damaged("it goes on behind its end");
      const rows = tableRows.reduce((sum, each) => sum + each.rows, 0);
      if (end.data.tables !== tableRows.length || end.data.rows !== rows)
        throw damaged("it does not hold what its end states");
      return { ...end.data, tableRows };
    }
    whole.update(line);
    const head = read(TableHead, parse(line));
    tableRows.push({ table: head.table, rows: await readTable(head) });
  }

  async function readTable(head: TableHead): Promise<number> {
    const hash = createHash("sha256");
    let rows = 0;
    let batch: Values[] = [];
    let letters = 0;
    const pass = async () => {
      if (batch.length > 0) await taker.rows(head, batch);
      rows += batch.length;
      batch = [];
      letters = 0;
    };
    for (;;) {
      const line = await next();
      whole.update(line);
      const value = parse(line);
      if (!Array.isArray(value)) {
        await pass();
        const end = read(TableEnd, value);
        if (end.rows !== rows || end.sha256 !== hash.digest("hex"))
          throw damaged(`the rows of ${head.table} do not have the hash that it states`);
        await taker.end(head, end);
        return rows;
      }
      hash.update(line);
      const values = read(Values, value);
      if (values.length !== head.columns.length)
        throw damaged(`a row of ${head.table} has too few or too many values`);
      batch.push(values);
      letters += line.length;
      if (batch.length >= BATCH_ROWS || letters >= BATCH_LETTERS) await pass();
    }
  }
}

function stepsOf(line: string): number {
  const head = DumpHead.safeParse(parse(line));
  if (!head.success) throw new DumpRefused("this is no backup of modeldex");
  const { format, steps } = head.data;
  const isKnown = steps.length > 0 && steps.every((step, index) => MIGRATIONS[index]?.name === step);
  if (format !== DUMP_FORMAT || !isKnown)
    throw new DumpRefused(
      `the backup was written by another modeldex (format ${format}, last step ${steps.at(-1) ?? "none"}): use that one, or a newer one`,
    );
  return steps.length;
}

const LINE_END = 0x0a;
/** The largest raw body is far smaller: a longer line is no row of a ledger. */
const LINE_BYTES_MAX = 256 * 1024 * 1024;

/** Each with its end, however the chunks are cut; the last one too where it has none. */
async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string, undefined> {
  const begun: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk);
    for (let end = rest.indexOf(LINE_END); end !== -1; end = rest.indexOf(LINE_END)) {
      begun.push(rest.subarray(0, end + 1));
      yield Buffer.concat(begun).toString("utf8");
      begun.length = 0;
      bytes = 0;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) begun.push(rest);
    bytes += rest.length;
    if (bytes > LINE_BYTES_MAX) throw damaged(`a line of it is longer than ${LINE_BYTES_MAX} bytes`);
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString("utf8");
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged("a line of it is no JSON");
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw damaged("a line of it is not what should stand there");
  return parsed.data;
}

function damaged(what: string): DumpRefused {
  return new DumpRefused(`the backup is damaged: ${what}`);
}
