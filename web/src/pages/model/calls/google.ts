/** Google's `{model}:generateContent` (https://ai.google.dev/api/generate-content). Its clients add the version themselves. */
import { below, curlOf, GREETING, literal, type Call, type Snippets } from "./call.ts";

export const GOOGLE_GENERATE: Snippets = {
  curl: (call, key) =>
    curlOf(below(call.base_url, `/${pathOf(call)}:generateContent`), [`x-goog-api-key: $${key}`], {
      contents: [{ parts: [{ text: GREETING }] }],
    }),
  Python: (call, key) =>
    [
      "# pip install google-genai",
      "import os",
      "from google import genai",
      "",
      `client = genai.Client(api_key=os.environ["${key}"])`,
      "answer = client.models.generate_content(",
      `    model=${literal(call.model)},`,
      `    contents="${GREETING}",`,
      ")",
      "print(answer.text)",
    ].join("\n"),
  TypeScript: (call, key) =>
    [
      "// npm install @google/genai",
      `import { GoogleGenAI } from "@google/genai";`,
      "",
      `const client = new GoogleGenAI({ apiKey: process.env.${key} });`,
      "const answer = await client.models.generateContent({",
      `  model: ${literal(call.model)},`,
      `  contents: "${GREETING}",`,
      "});",
      "console.log(answer.text);",
    ].join("\n"),
};

/** Ids come with `models/` or without it. */
function pathOf({ model }: Call): string {
  const path = model.includes("/") ? model : `models/${model}`;
  return path.split("/").map(encodeURIComponent).join("/");
}
