/** `modeldex providers`: who serves models behind Hugging Face, and which; from where that is known, and how old it is. */
import type { AvailableModels } from "../../../check/available.ts";
import type { Providers } from "../../../check/providers.ts";
import { availableList, providerList } from "../../http/answers/checks.ts";
import { AvailableParameters } from "../../http/checks.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { age, count, counted } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "PROVIDER" },
  { title: "NAME", shrinksTo: 10 },
  { title: "LIVE", align: "right" },
  { title: "STAGING", align: "right" },
  { title: "ERROR", align: "right" },
  { title: "TASKS", shrinksTo: 20 },
];

const FROM: { readonly [origin in Providers["from"][number]]: string } = {
  catalog: "the catalog",
  mappings: "the mappings of well-known models",
  enumeration: "the Hub's own list of ids",
  "known-list": "a list of ours, because nobody answers",
};

const MODEL_COLUMNS: readonly Column[] = [
  { title: "MODEL" },
  { title: "PROVIDERS", shrinksTo: 10 },
  { title: "TASKS", shrinksTo: 20 },
];

/** Without a name the providers, with one its models. */
export async function providers(host: Host, name: string | undefined, flags: Flags): Promise<ExitCode> {
  if (name !== undefined) return modelsOf(host, name, flags);
  if (flags["task"] !== undefined || flags["limit"] !== undefined)
    throw new UsageError("--task and --limit go with a provider; auto is any");
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const found = await application.checks.discoverProviders();
    if (flags["json"] === true) printJson(host, providerList(found));
    else {
      host.out.write(table(host.out, COLUMNS, found.providers.map(row)));
      const from = found.from.map((origin) => FROM[origin]).join(" and ");
      const old = age(host.clock.now() - found.at);
      host.out.write(`${counted(found.providers.length, "provider")}, from ${from}, ${old}\n`);
      for (const trouble of found.trouble) host.err.write(`no answer to ${trouble}\n`);
    }
    return found.from.includes("known-list") ? 3 : 0;
  });
}

async function modelsOf(host: Host, name: string, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(AvailableParameters, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async ({ checks }) => {
    const found = await checks.getModelsForProvider(name, question);
    if (json) printJson(host, availableList(found));
    else host.out.write(table(host.out, MODEL_COLUMNS, found.models.map(modelRow)) + counts(host, found));
    return 0;
  });
}

function modelRow({ id, providers: served }: AvailableModels["models"][number]): readonly string[] {
  const tasks = new Set(served.flatMap(({ task }) => task ?? []));
  return [id, served.map(({ provider }) => provider).join(", "), [...tasks].join(", ")];
}

function counts(host: Host, { models, total, isAll, from, at }: AvailableModels): string {
  const shown = counted(models.length, "model");
  const all = isAll ? shown : `${shown} of ${total === undefined ? "more" : count(total)}`;
  return `${all}, from ${from === "catalog" ? FROM.catalog : "the Hub"}, ${age(host.clock.now() - at)}\n`;
}

function row({ id, name, live, staging, error, tasks }: Providers["providers"][number]): readonly string[] {
  return [id, name ?? "", count(live), count(staging), count(error), tasks.join(", ")];
}
