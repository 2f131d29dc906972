/** `modeldex providers`: who serves models behind Hugging Face, from where that is known, and how old it is. */
import type { Providers } from "../../../check/providers.ts";
import { providerList } from "../../http/answers/checks.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
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

export async function providers(host: Host, flags: Flags): Promise<ExitCode> {
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

function row({ id, name, live, staging, error, tasks }: Providers["providers"][number]): readonly string[] {
  return [id, name ?? "", count(live), count(staging), count(error), tasks.join(", ")];
}
