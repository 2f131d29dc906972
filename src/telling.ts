/** What sends to watches, and what an operator's commands do to them. */
import type { Config } from "./config.ts";
import type { Engine } from "./engine.ts";
import { USER_AGENT } from "./kit/client.ts";
import { createPoster } from "./kit/post.ts";
import { newKey } from "./kit/runtime.ts";
import { sendTest, type Carrying } from "./notify/carry.ts";
import { writeSecret } from "./notify/signature.ts";
import type { WatchCommand, WatchResult } from "./serve/watches.ts";
import { noSuchWatch, reachOf } from "./watches.ts";

/** What sends, until `close`. */
export function openCarrying(
  config: Config,
  { ledger, runtime, holder, isGone }: Engine,
  signal: AbortSignal,
  onTrouble: (message: string) => void,
): Carrying & { close(): Promise<void> } {
  const poster = createPoster(reachOf(config.webhookPrivate));
  return {
    ledger,
    runtime,
    holder,
    isGone,
    signal,
    onTrouble,
    poster,
    userAgent: USER_AGENT,
    close: () => poster.close(),
  };
}

/** Throws `UnknownName`. */
export async function runWatchCommand(carrying: Carrying, command: WatchCommand): Promise<WatchResult> {
  const { runtime, ledger } = carrying;
  const { watches } = ledger;
  if (command.do === "add") {
    const secret = writeSecret(newKey());
    const { url, wish } = command;
    return { watch: await watches.add({ url, wish, secret, createdAt: runtime.now() }), secret };
  }
  const known = await watches.one(command.watch);
  if (known === undefined) throw noSuchWatch(command.watch);
  switch (command.do) {
    case "remove":
      await watches.remove(known.id);
      return { watch: known };
    case "resume":
      await watches.resume(known.id);
      return { watch: (await watches.one(known.id)) ?? known };
    case "test": {
      const delivery = await sendTest(carrying, known.id);
      return { watch: known, ...(delivery === undefined ? {} : { delivery }) };
    }
  }
}
