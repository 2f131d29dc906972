/** `modeldex watch`: who is told of changes, and what came of it. */
import type { Delivery, Watch, Wish } from "../../../domain/watch.ts";
import { single } from "../../http/answers/envelope.ts";
import {
  addWatch,
  deliveryDocument,
  deliveryList,
  LogQuestion,
  watchDocument,
  watchList,
  WatchQuestion,
} from "../../http/answers/watches.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { table, type Column } from "../table.ts";
import { counted, minute } from "../words.ts";

export async function addWatchTyped(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(WatchQuestion, flags);
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const { watch, secret = "" } = await addWatch(application, question, host.clock.now());
    if (json) {
      printJson(host, single(watchDocument(watch, secret)));
      return 0;
    }
    host.out.write(
      `watch ${watch.id}: ${plain(watch.url)} is told ${plain(wishText(watch.wish))} from now on\n`,
    );
    host.out.write(`secret: ${secret}\n`);
    host.out.write(`keep it: it is not shown again; try it with: modeldex watch test ${watch.id}\n`);
    return 0;
  });
}

export async function listWatches(host: Host, flags: Flags): Promise<ExitCode> {
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    if (flags["json"] === true) {
      printJson(host, await watchList(application));
      return 0;
    }
    const watches = await application.watches.list();
    host.out.write(
      watches.length === 0
        ? "nobody is told of changes; add a URL with: modeldex watch add --url <url>\n"
        : table(host.out, WATCH_COLUMNS, watches.map(watchRow)),
    );
    return 0;
  });
}

export async function commandWatch(
  host: Host,
  what: "remove" | "resume" | "test",
  typed: string,
  flags: Flags,
): Promise<ExitCode> {
  const number = numberOf(typed);
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const { watch, delivery } = await application.watches.run({ do: what, watch: number });
    const shown = delivery === undefined ? watchDocument(watch) : deliveryDocument(delivery);
    if (flags["json"] === true) printJson(host, single(shown));
    else
      host.out.write(
        `watch ${watch.id}${delivery === undefined ? DONE[what] : `: ${outcomeText(delivery)}`}\n`,
      );
    return delivery?.error === undefined ? 0 : 1;
  });
}

export async function logOfWatch(host: Host, typed: string, flags: Flags): Promise<ExitCode> {
  const number = numberOf(typed);
  const { question, json } = asked(LogQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    if (json) {
      printJson(host, await deliveryList(application, number, question.limit));
      return 0;
    }
    const log = await application.watches.log(number, question.limit);
    host.out.write(
      log.length === 0
        ? "nothing was sent yet\n"
        : table(host.out, LOG_COLUMNS, log.map(logRow)) + `${counted(log.length, "attempt")}\n`,
    );
    return 0;
  });
}

const DONE = { remove: " is removed", resume: " goes on", test: " is gone" } as const;

const WATCH_COLUMNS: readonly Column[] = [
  { title: "NUMBER", align: "right" },
  { title: "URL", shrinksTo: 20 },
  { title: "IS TOLD", shrinksTo: 20 },
  { title: "STATE", shrinksTo: 16 },
  { title: "NEXT (UTC)" },
];

function watchRow({ id, url, wish, failures, failingSince, nextAt, paused }: Watch): readonly string[] {
  const failing = failingSince === undefined ? "up" : `failing, ${counted(failures, "attempt")}`;
  const state = paused === undefined ? failing : `paused: ${paused.why}`;
  const next = nextAt === undefined ? "" : minute(new Date(nextAt).toISOString());
  return [String(id), url, wishText(wish), state, next];
}

const LOG_COLUMNS: readonly Column[] = [
  { title: "AT (UTC)" },
  { title: "MESSAGE", shrinksTo: 12 },
  { title: "CHANGES", align: "right" },
  { title: "ATTEMPT", align: "right" },
  { title: "OUTCOME", shrinksTo: 20 },
];

function logRow(delivery: Delivery): readonly string[] {
  const { at, message, kind, changes, attempt } = delivery;
  const held = kind === "test" ? "test" : String(changes);
  return [minute(new Date(at).toISOString()), message, held, String(attempt), outcomeText(delivery)];
}

function outcomeText({ error, status, ms }: Omit<Delivery, "id">): string {
  return error === undefined ? `received (${status ?? ""}) in ${ms} ms` : `not received: ${error}`;
}

function wishText({ minChangePercent, ...wish }: Wish): string {
  const words = Object.entries(wish).map(([name, value]) => `${name} ${[value].flat().join(", ")}`);
  const share = minChangePercent === undefined ? [] : [`prices from ${minChangePercent} % on`];
  const all = [...words, ...share];
  return all.length === 0 ? "everything" : all.join("; ");
}

function numberOf(typed: string): number {
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new UsageError(`a watch is named by its number, not ${plain(typed)}; modeldex watch list shows them`);
}
