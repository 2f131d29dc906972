/** The commands that keep the past: what was recorded elsewhere, and copies of the whole ledger. */
import type { Command } from "commander";
import type { Flags } from "./ask.ts";
import type { ExitCode, Host } from "./host.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addKeepingCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  add("import <directory>", "Read recorded answers, each as of its own date: a past before the present.", [
    "import ./recordings",
    "import ./recordings --source openrouter,chutes --dry-run",
    "import ./recordings --json | jq '.sources[] | {source, read: (.answers | length)}'",
  ])
    .option("--source <ids>", "only of these sources, by comma")
    .option("--dry-run", "say what would be read, and read nothing")
    .option("--json", JSON_FLAG)
    .action(async (directory: string, _flags: Flags, command: Command) => {
      const { importRecordings } = await import("./commands/import.ts");
      done(await importRecordings(host, directory, command.optsWithGlobals()));
    });

  add("reread [source...]", "Read the kept answers again: what today's rules would have said differently.", [
    "reread",
    "reread groq --apply",
  ])
    .option("--apply", "record it as a correction of the past")
    .option("--limit <count>", "how many differences to list of each source, 0 to 10000 (20)")
    .option("--json", JSON_FLAG)
    .action(async (sources: readonly string[], _flags: Flags, command: Command) => {
      const { reread } = await import("./commands/reread.ts");
      done(await reread(host, sources, command.optsWithGlobals()));
    });

  add("backup <file>", "Write the whole ledger into a file, also while it is served and written.", [
    "backup modeldex.backup",
    "backup --database postgres://localhost/modeldex --force modeldex.backup",
  ])
    .option("--force", "replace the file where it is there")
    .option("--json", JSON_FLAG)
    .action(async (file: string, _flags: Flags, command: Command) => {
      const { backup } = await import("./commands/keeping.ts");
      done(await backup(host, file, command.optsWithGlobals()));
    });

  add("restore <file>", "Make the ledger of a backup this ledger.", ["restore modeldex.backup"])
    .option("--force", "replace a ledger that is there")
    .option("--json", JSON_FLAG)
    .action(async (file: string, _flags: Flags, command: Command) => {
      const { restore } = await import("./commands/keeping.ts");
      done(await restore(host, file, command.optsWithGlobals()));
    });

  add("move <database>", "Copy the whole ledger into another database: from SQLite to PostgreSQL, or back.", [
    "move postgres://modeldex@localhost/modeldex",
    "move --database postgres://modeldex@localhost/modeldex modeldex.db",
  ])
    .option("--force", "replace a ledger that is there")
    .option("--json", JSON_FLAG)
    .action(async (database: string, _flags: Flags, command: Command) => {
      const { move } = await import("./commands/keeping.ts");
      done(await move(host, database, command.optsWithGlobals()));
    });
}

const JSON_FLAG = "print an object, and nothing else";
