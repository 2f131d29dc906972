/** The HTTP door over the fake application. */
import { createServer, type Server, type ServerOptions } from "../../../src/serve/http/server.ts";
import { fakeApplication, type Fake, type FakeApplication } from "./application.ts";
import { HOUR_MS, NOW } from "./catalog.ts";

export interface Served extends Server {
  readonly application: FakeApplication;
  readonly mistakes: string[];
  /** Of the log. */
  readonly lines: string[];
}

export function serverOptions(mistakes: string[] = [], lines: string[] = []): ServerOptions {
  return {
    clock: { now: () => NOW, monotonic: () => 0, deadline: () => AbortSignal.abort() },
    onAnswered: (line) => void lines.push(line),
    staleAfterMs: 2 * HOUR_MS,
    onMistake: (error, where) => void mistakes.push(`${where}: ${String(error)}`),
  };
}

export function served(fake: Fake = {}): Served {
  const application = fakeApplication(fake);
  const mistakes: string[] = [];
  const lines: string[] = [];
  return { ...createServer(application, serverOptions(mistakes, lines)), application, mistakes, lines };
}
