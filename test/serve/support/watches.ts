/** Watches of which each command is remembered; the one that there is has the number 1. */
import type { Delivery, Watch } from "../../../src/domain/watch.ts";
import { urlFault } from "../../../src/kit/reach.ts";
import { UnknownName } from "../../../src/serve/application.ts";
import type { WatchCommand, Watches } from "../../../src/serve/watches.ts";
import { NOW } from "./catalog.ts";

export const WATCH: Watch = {
  id: 1,
  url: "https://hooks.example/a",
  wish: { gateway: "groq", topics: ["price"], causes: ["upstream"], minChangePercent: "10" },
  createdAt: NOW,
  position: 0,
  failures: 2,
  failingSince: NOW,
  nextAt: NOW + 300_000,
};

const DELIVERY: Delivery = {
  id: 9,
  watch: 1,
  message: "msg_1",
  kind: "changes",
  changes: 3,
  revision: 7,
  attempt: 2,
  at: NOW,
  ms: 12,
  status: 500,
  error: "status 500",
};

export function fakeWatches(onCommand: (command: WatchCommand) => void): Watches {
  const known = (id: number) => {
    if (id !== WATCH.id) throw new UnknownName(`there is no watch of the number ${id}`);
  };
  return {
    urlFault: (url) => urlFault(url, "public"),
    list: async () => [WATCH],
    log: async (id, limit) => {
      known(id);
      return [DELIVERY, { ...DELIVERY, id: 8, attempt: 1 }].slice(0, limit);
    },
    run: async (command) => {
      onCommand(command);
      if (command.do === "add") {
        const { url, wish } = command;
        return {
          watch: { id: 2, url, wish, createdAt: NOW, position: 0, failures: 0 },
          secret: "whsec_once",
        };
      }
      known(command.watch);
      const { id: _id, ...sent } = DELIVERY;
      return {
        watch: WATCH,
        ...(command.do === "test" ? { delivery: { ...sent, kind: "test" as const } } : {}),
      };
    },
  };
}
