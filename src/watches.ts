/** Watches as the doors have them: read here, written and sent to by whoever writes. */
import type { Config } from "./config.ts";
import { urlFault, type Reach } from "./kit/reach.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { UnknownName } from "./serve/application.ts";
import type { Watches } from "./serve/watches.ts";

interface Opened {
  readonly ledger: Pick<Ledger, "watches">;
}

export function watchesOf(
  { webhookPrivate }: Pick<Config, "webhookPrivate">,
  opened: () => Promise<Opened>,
  run: Watches["run"],
): Watches {
  return {
    run,
    urlFault: (url) => urlFault(url, reachOf(webhookPrivate)),
    list: async () => (await opened()).ledger.watches.list(),
    log: async (id, limit) => {
      const { watches } = (await opened()).ledger;
      if ((await watches.one(id)) === undefined) throw noSuchWatch(id);
      return watches.log(id, limit);
    },
  };
}

export function reachOf(isPrivate: boolean): Reach {
  return isPrivate ? "private" : "public";
}

export function noSuchWatch(id: number): UnknownName {
  return new UnknownName(`there is no watch of the number ${id}`);
}
