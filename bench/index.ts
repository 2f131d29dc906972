/**
 * `node bench/index.ts [--models 50000|2500000] [--beside]`: more than twenty kinds of question to an index of so many
 * models. Every answer is compared with looking at every row. `--beside` asks SQLite and a search library the same.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";

const { values } = parseArgs({
  options: { models: { type: "string", default: "50000" }, beside: { type: "boolean", default: false } },
});
const models = Number(values.models);
const scratch = mkdtempSync(join(tmpdir(), "modeldex-bench-index-"));
try {
  console.log(`${models} models, Node ${process.versions.node}`);
  for (const task of ["build", "ask", "compare", ...(values.beside ? ["sqlite", "minisearch"] : [])])
    // oxlint-disable-next-line no-await-in-loop -- measured one after the other
    await run(task);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Each in a process of its own: its memory is then its own. */
async function run(task: string): Promise<void> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--expose-gc",
      "--max-old-space-size=12000",
      join(import.meta.dirname, "index-task.ts"),
      task,
      String(models),
      scratch,
    ],
    { maxBuffer: 2 ** 26 },
  );
  console.log(stdout.trimEnd());
}
