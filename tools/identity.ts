/** `npm run identity [-- <directory>]`: how well offers are linked to models, on the table of pairs and on real lists. */

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { linksReport } from "./identity/links.ts";
import { pairsReport } from "./identity/pairs.ts";
import { startUpstreams } from "./upstreams/server.ts";

const HELP = `Prints how well offers are linked to models.

usage: npm run identity [-- <directory>]

  Without a directory: precision and recall on the pairs of test/match/pairs, and every pair seen otherwise.
  With a data directory (one that holds modeldex.db), or one of recorded answers (index.json): the links by rule
  too, and the models with the most offers.
`;
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

const [directory] = process.argv.slice(2);
if (directory === "--help") console.log(HELP);
else {
  console.log(pairsReport());
  if (directory !== undefined) console.log(await reportOf(directory));
}

async function reportOf(path: string): Promise<string> {
  const database = join(path, "modeldex.db");
  if (existsSync(database)) return linksReport(database);
  if (!existsSync(join(path, "index.json"))) return `${path} holds neither modeldex.db nor index.json\n`;
  const home = mkdtempSync(join(tmpdir(), "modeldex-identity-"));
  const upstreams = await startUpstreams({ directory: path });
  try {
    // Sources without a recording fail, and the program says so with its exit code: what was read is in the ledger.
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, "../src/main.ts"), "sync"], {
      env: { ...process.env, MODELDEX_HOME: home, MODELDEX_MIRROR: upstreams.url },
      maxBuffer: OUTPUT_BYTES_MAX,
    }).catch(() => undefined);
    return await linksReport(join(home, "modeldex.db"));
  } finally {
    await upstreams.close();
    rmSync(home, { recursive: true });
  }
}
