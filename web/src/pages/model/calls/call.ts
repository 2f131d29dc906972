/** What every snippet is made of. Ids come from upstreams: each is quoted as its language quotes. */
import type { Offer } from "../../../api/words.ts";
import { shellQuoted } from "../../../parts/shell.ts";

export type Call = NonNullable<Offer["call"]>;

export const LANGUAGES = ["curl", "Python", "TypeScript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** `key` is the name of the environment variable that holds the key. */
export type Snippets = { readonly [language in Language]: (call: Call, key: string) => string };

export const GREETING = "Hello!";

export function below(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, "")}${path}`;
}

/** A literal of both Python and TypeScript: JSON's escapes mean the same in both, once each is one UTF-16 unit. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

export function curlOf(url: string, headers: readonly string[], body: object): string {
  return [
    `curl ${shellQuoted(url)} \\`,
    ...headers.map((header) => `  -H "${header}" \\`),
    `  -H "Content-Type: application/json" \\`,
    `  -d ${shellQuoted(JSON.stringify(body))}`,
  ].join("\n");
}
