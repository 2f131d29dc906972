/** The generated pages of the documentation: what each is called, and what it says. */

import { renderConfiguration } from "./configuration.ts";

export interface GeneratedPage {
  readonly name: string;
  readonly file: URL;
  render(): string;
}

export const PAGES: readonly GeneratedPage[] = [page("configuration.md", renderConfiguration)];

function page(name: string, render: () => string): GeneratedPage {
  return { name, file: new URL(`../../docs/${name}`, import.meta.url), render };
}
