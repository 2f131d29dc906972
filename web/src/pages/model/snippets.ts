/** Ready calls in three languages. Ids are quoted as each language quotes: they come from upstreams. */
import type { Offer } from "../../api/words.ts";

type Call = NonNullable<Offer["call"]>;
type Snippet = (call: Call, gateway: string) => string;

export const SNIPPETS = {
  curl: (call, gateway) => {
    const body = JSON.stringify({ model: call.model, messages: [{ role: "user", content: "Hello!" }] });
    return [
      `curl ${shellQuoted(`${call.base_url}/chat/completions`)} \\`,
      `  -H "Authorization: Bearer $${keyName(gateway)}" \\`,
      `  -H "Content-Type: application/json" \\`,
      `  -d ${shellQuoted(body)}`,
    ].join("\n");
  },
  Python: (call, gateway) =>
    [
      "import os",
      "from openai import OpenAI",
      "",
      `client = OpenAI(base_url=${JSON.stringify(call.base_url)}, api_key=os.environ["${keyName(gateway)}"])`,
      "answer = client.chat.completions.create(",
      `    model=${JSON.stringify(call.model)},`,
      `    messages=[{"role": "user", "content": "Hello!"}],`,
      ")",
      "print(answer.choices[0].message.content)",
    ].join("\n"),
  TypeScript: (call, gateway) =>
    [
      `import OpenAI from "openai";`,
      "",
      "const client = new OpenAI({",
      `  baseURL: ${JSON.stringify(call.base_url)},`,
      `  apiKey: process.env.${keyName(gateway)},`,
      "});",
      "const answer = await client.chat.completions.create({",
      `  model: ${JSON.stringify(call.model)},`,
      `  messages: [{ role: "user", content: "Hello!" }],`,
      "});",
      "console.log(answer.choices[0]?.message.content);",
    ].join("\n"),
} as const satisfies { readonly [language: string]: Snippet };

/** The names under which people already have their keys. */
function keyName(gateway: string): string {
  if (gateway === "huggingface") return "HF_TOKEN";
  return `${gateway.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}_API_KEY`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
