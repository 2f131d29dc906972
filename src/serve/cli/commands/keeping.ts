/** `modeldex backup | restore | move`: copies of the whole ledger. */
import type { Copied } from "../../../ledger/dump.ts";
import type { KeepingOptions } from "../../keeping.ts";
import { settingFlags, type Flags } from "../ask.ts";
import { UsageError, type ExitCode, type Host } from "../host.ts";
import { plain, plainJson } from "../plain.ts";
import { redrawn } from "../redrawn.ts";
import { counted } from "../words.ts";

export async function backup(host: Host, file: string, flags: Flags): Promise<ExitCode> {
  const keeping = await host.open.keeping(settingFlags(flags));
  const stop = new AbortController();
  void host.untilStopped().then(() => stop.abort());
  const copied = await followed(host, flags, (options) =>
    keeping.backup(file, { ...options, signal: stop.signal }),
  );
  const { bytes } = copied;
  say(host, flags, { object: "backup", file, bytes, ...counts(copied) }, [
    `${counted(copied.rows, "row")} of ${counted(copied.tables, "table")} in ${plain(file)} (${counted(bytes, "byte")}), read back and compared`,
  ]);
  return 0;
}

export async function restore(host: Host, file: string, flags: Flags): Promise<ExitCode> {
  const keeping = await host.open.keeping(settingFlags(flags));
  const copied = await followed(host, flags, (options) => keeping.restore(file, options));
  say(host, flags, { object: "restore", file, ...counts(copied) }, [
    `${counted(copied.rows, "row")} of ${counted(copied.tables, "table")} are the ledger now, read back and compared`,
  ]);
  return 0;
}

export async function move(host: Host, database: string, flags: Flags): Promise<ExitCode> {
  if (database.includes("://") && !/^postgres(ql)?:\/\//.test(database))
    throw new UsageError("a database is a path to a SQLite file, or a postgres:// URL");
  const keeping = await host.open.keeping(settingFlags(flags));
  const copied = await followed(host, flags, (options) => keeping.move(database, options));
  const { wasWritten } = copied;
  say(host, flags, { object: "move", was_written: wasWritten, ...counts(copied) }, [
    `${counted(copied.rows, "row")} of ${counted(copied.tables, "table")} copied, read back and compared`,
    "the old ledger stays as it is; from now on set MODELDEX_DATABASE to the new one",
    ...(wasWritten
      ? [
          "the ledger was written meanwhile, and that stayed behind: stop what writes, and move again with --force",
        ]
      : []),
  ]);
  return wasWritten ? 3 : 0;
}

/** Says how far a copy is. */
async function followed<Result>(
  host: Host,
  flags: Flags,
  work: (options: KeepingOptions) => Promise<Result>,
): Promise<Result> {
  const line = redrawn(host);
  const over = flags["force"] === true ? "anything" : "nothing";
  const onTable = (table: string, rows: number) => line.show(`${table}: ${counted(rows, "row")}`);
  return work({ over, onTable }).finally(line.clear);
}

function counts({ rows, sha256, tableRows }: Copied): object {
  return {
    rows,
    sha256,
    tables: Object.fromEntries(tableRows.map(({ table, rows: count }) => [table, count])),
  };
}

function say(host: Host, flags: Flags, document: object, lines: readonly string[]): void {
  if (flags["json"] === true) host.out.write(plainJson(JSON.stringify(document)));
  else host.out.write(lines.map((line) => `${line}\n`).join(""));
}
