/** Anthropic's messages (https://docs.anthropic.com/en/api/messages). Its clients add `/v1` themselves. */
import { below, curlOf, GREETING, literal, type Call, type Snippets } from "./call.ts";

const TOKENS_MAX = 1_024;

export const ANTHROPIC_MESSAGES: Snippets = {
  curl: ({ base_url: url, model }, key) =>
    curlOf(below(url, "/messages"), [`x-api-key: $${key}`, "anthropic-version: 2023-06-01"], {
      model,
      max_tokens: TOKENS_MAX,
      messages: [{ role: "user", content: GREETING }],
    }),
  Python: (call, key) =>
    [
      "# pip install anthropic",
      "import os",
      "from anthropic import Anthropic",
      "",
      `client = Anthropic(base_url=${literal(rootOf(call))}, api_key=os.environ["${key}"])`,
      "answer = client.messages.create(",
      `    model=${literal(call.model)},`,
      `    max_tokens=${TOKENS_MAX},`,
      `    messages=[{"role": "user", "content": "${GREETING}"}],`,
      ")",
      "print(answer.content[0].text)",
    ].join("\n"),
  TypeScript: (call, key) =>
    [
      "// npm install @anthropic-ai/sdk",
      `import Anthropic from "@anthropic-ai/sdk";`,
      "",
      "const client = new Anthropic({",
      `  baseURL: ${literal(rootOf(call))},`,
      `  apiKey: process.env.${key},`,
      "});",
      "const answer = await client.messages.create({",
      `  model: ${literal(call.model)},`,
      `  max_tokens: ${TOKENS_MAX},`,
      `  messages: [{ role: "user", content: "${GREETING}" }],`,
      "});",
      "console.log(answer.content);",
    ].join("\n"),
};

function rootOf({ base_url: url }: Call): string {
  return url.replace(/\/v1\/*$/, "");
}
