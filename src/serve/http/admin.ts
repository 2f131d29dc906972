/** The commands, behind the admin key: the port does them, here they are only asked for. */
import * as z from "zod";
import { UnknownName } from "../application.ts";
import { acceptDocument, syncDocument } from "./answers/commands.ts";
import { single } from "./answers/envelope.ts";
import { readCommand } from "./command-body.ts";
import { Accepted, Synced } from "./documents/command.ts";
import { Problem } from "./problem.ts";
import { OVERRIDE_ROUTES } from "./overrides.ts";
import type { Route } from "./route.ts";
import { WATCH_ROUTES } from "./watches.ts";

const SOURCES_MAX = 1_000;
const SyncCommand = z.strictObject({ sources: z.array(z.string()).max(SOURCES_MAX).default([]) });
const AcceptCommand = z.strictObject({ run: z.number().int().min(1) });

export const ADMIN_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/admin/sync",
    policy: "admin",
    summary:
      "Reads these sources now (all that are configured, when none is named) and answers when they are done.",
    parameters: undefined,
    body: SyncCommand,
    document: Synced,
    example: '{"sources":["groq"]}',
    answer: async ({ application }, { body }) => {
      const { sources } = readCommand(SyncCommand, ["sources"], body);
      const result = await application.sync(sources, () => undefined);
      return { kind: "momentary", bytes: single(syncDocument(result, "counts")) };
    },
  },
  {
    method: "POST",
    path: "/v1/admin/accept",
    policy: "admin",
    summary: "Applies exactly what this run held.",
    parameters: undefined,
    body: AcceptCommand,
    document: Accepted,
    example: '{"run":17}',
    answer: async ({ application }, { body }) => {
      const { run } = readCommand(AcceptCommand, ["run"], body);
      const result = await application.accept(run).catch((error: unknown) => {
        throw error instanceof UnknownName ? new Problem("no-such-run", error.message) : error;
      });
      return { kind: "momentary", bytes: single(acceptDocument(result)) };
    },
  },
  ...OVERRIDE_ROUTES,
  ...WATCH_ROUTES,
];
