/** `modeldex serve`: the API, kept current by syncs beside it, until somebody asks it to end. */
import { modelsServed } from "../../../catalog/counts.ts";
import type { Progress } from "../../../domain/progress.ts";
import type { ServingApplication } from "../../application.ts";
import { createServer } from "../../http/server.ts";
import { settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { followRounds } from "../rounds.ts";
import { counted } from "../words.ts";

export async function serve(host: Host, flags: Flags): Promise<ExitCode> {
  // Asked for before anything is open: a signal during the start ends it in order, too.
  const stopped = host.untilStopped();
  const settings = settingFlags(flags);
  return withApplication(host.open.serving(settings), async (application) => {
    const server = createServer(application, {
      clock: host.clock,
      staleAfterMs: host.staleAfterMs(settings),
      onAnswered: (line) => host.err.write(line),
      onMistake: (error, where) => host.err.write(`${plain(`error: ${where}: ${stackOf(error)}`)}\n`),
    });
    const address = await server.listen().catch(async (error: NodeJS.ErrnoException) => {
      await server.close();
      throw listenError(error, application);
    });
    host.out.write(`modeldex ${host.version} listens at ${address}\n${state(application)}\n`);
    const rounds = followRounds(host, application.shelf()?.catalog.revision);
    // What began before anybody listened is still under way.
    for (const progress of application.inProgress()) rounds.onProgress(progress);
    const unfollow = application.follow((progress: Progress) => rounds.onProgress(progress));
    host.err.write(`${await stopped}: closing\n`);
    unfollow();
    rounds.end();
    await server.close();
    return 0;
  });
}

function state(application: ServingApplication): string {
  const catalog = application.shelf()?.catalog;
  if (catalog === undefined) return "nothing to serve yet: the first sync is under way";
  return `serving revision ${catalog.revision}: ${counted(modelsServed(catalog), "model")}, ${counted(catalog.offers.length, "offer")}`;
}

/** The two mistakes that everybody makes once, in one line each. */
function listenError(error: NodeJS.ErrnoException, { host, port }: ServingApplication): Error {
  if (error.code === "EADDRINUSE")
    return new Error(`port ${port} of ${host} is in use; choose another with --port`);
  if (error.code === "EACCES")
    return new Error(
      `port ${port} of ${host} is not allowed to this user; choose one above 1023 with --port`,
    );
  return error;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
