/** The generated pages of the documentation: what each is called, and what it says. */

import { renderGuide } from "./adding-a-source.ts";
import { renderClientApi } from "./client-api.ts";
import { renderCli } from "./cli.ts";
import { renderConfiguration } from "./configuration.ts";
import { renderHttpApi } from "./http-api.ts";
import { renderIdentity } from "./identity.ts";
import { renderSources } from "./sources.ts";

export interface GeneratedPage {
  readonly name: string;
  readonly file: URL;
  render(): string;
}

export const PAGES: readonly GeneratedPage[] = [
  page("adding-a-source.md", renderGuide),
  {
    name: "../src/client/api.ts",
    file: new URL("../../src/client/api.ts", import.meta.url),
    render: renderClientApi,
  },
  page("cli.md", renderCli),
  page("configuration.md", renderConfiguration),
  page("http-api.md", renderHttpApi),
  page("identity.md", renderIdentity),
  page("sources.md", renderSources),
];

function page(name: string, render: () => string): GeneratedPage {
  return { name, file: new URL(`../../docs/${name}`, import.meta.url), render };
}
