/** OpenAI's chat completions and responses, which most gateways speak (https://platform.openai.com/docs/api-reference). */
import { below, curlOf, GREETING, literal, type Call, type Snippets } from "./call.ts";

const bearer = (key: string) => [`Authorization: Bearer $${key}`];

export const OPENAI_CHAT: Snippets = {
  curl: ({ base_url: url, model }, key) =>
    curlOf(below(url, "/chat/completions"), bearer(key), {
      model,
      messages: [{ role: "user", content: GREETING }],
    }),
  Python: (call, key) =>
    [
      ...pythonClient(call, key),
      "answer = client.chat.completions.create(",
      `    model=${literal(call.model)},`,
      `    messages=[{"role": "user", "content": "${GREETING}"}],`,
      ")",
      "print(answer.choices[0].message.content)",
    ].join("\n"),
  TypeScript: (call, key) =>
    [
      ...typescriptClient(call, key),
      "const answer = await client.chat.completions.create({",
      `  model: ${literal(call.model)},`,
      `  messages: [{ role: "user", content: "${GREETING}" }],`,
      "});",
      "console.log(answer.choices[0]?.message.content);",
    ].join("\n"),
};

export const OPENAI_RESPONSES: Snippets = {
  curl: ({ base_url: url, model }, key) =>
    curlOf(below(url, "/responses"), bearer(key), { model, input: GREETING }),
  Python: (call, key) =>
    [
      ...pythonClient(call, key),
      `answer = client.responses.create(model=${literal(call.model)}, input="${GREETING}")`,
      "print(answer.output_text)",
    ].join("\n"),
  TypeScript: (call, key) =>
    [
      ...typescriptClient(call, key),
      `const answer = await client.responses.create({ model: ${literal(call.model)}, input: "${GREETING}" });`,
      "console.log(answer.output_text);",
    ].join("\n"),
};

function pythonClient({ base_url: url }: Call, key: string): readonly string[] {
  return [
    "# pip install openai",
    "import os",
    "from openai import OpenAI",
    "",
    `client = OpenAI(base_url=${literal(url)}, api_key=os.environ["${key}"])`,
  ];
}

function typescriptClient({ base_url: url }: Call, key: string): readonly string[] {
  return [
    "// npm install openai",
    `import OpenAI from "openai";`,
    "",
    "const client = new OpenAI({",
    `  baseURL: ${literal(url)},`,
    `  apiKey: process.env.${key},`,
    "});",
  ];
}
