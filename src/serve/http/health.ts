/** Whether the process is up, and whether it has something to answer from. Probes add parameters of their own: none is looked at. */
import { modelsServed } from "../../catalog/counts.ts";
import { single } from "./answers/envelope.ts";
import { currentShelf } from "./answers/revision.ts";
import { Ready, Up } from "./documents/command.ts";
import type { Route } from "./route.ts";

export const HEALTH_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/healthz",
    policy: "public",
    summary: "200 while the process is up.",
    parameters: undefined,
    document: Up,
    example: "/healthz",
    answer: ({ application }) => ({
      kind: "momentary",
      bytes: single({ status: "up", version: application.version }),
    }),
  },
  {
    method: "GET",
    path: "/readyz",
    policy: "public",
    summary: "200 once there is a revision to answer from, 503 before.",
    parameters: undefined,
    document: Ready,
    example: "/readyz",
    answer: ({ application }) => {
      const { catalog } = currentShelf(application);
      const { revision } = catalog;
      const counts = { models: modelsServed(catalog), offers: catalog.offers.length };
      return { kind: "momentary", bytes: single({ status: "ready", revision, ...counts }) };
    },
  },
];
