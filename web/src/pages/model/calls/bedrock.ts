/** Bedrock's `/model/{modelId}/converse` (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). */
import { below, curlOf, GREETING, literal, type Call, type Snippets } from "./call.ts";

export const BEDROCK_CONVERSE: Snippets = {
  curl: ({ base_url: url, model }, key) =>
    curlOf(below(url, `/model/${encodeURIComponent(model)}/converse`), [`Authorization: Bearer $${key}`], {
      messages: [{ role: "user", content: [{ text: GREETING }] }],
    }),
  Python: (call, key) =>
    [
      `# pip install boto3; it reads the key from ${key}`,
      "import boto3",
      "",
      `client = boto3.client("bedrock-runtime", region_name=${literal(regionOf(call))})`,
      "answer = client.converse(",
      `    modelId=${literal(call.model)},`,
      `    messages=[{"role": "user", "content": [{"text": "${GREETING}"}]}],`,
      ")",
      `print(answer["output"]["message"]["content"][0]["text"])`,
    ].join("\n"),
  TypeScript: (call, key) =>
    [
      `// npm install @aws-sdk/client-bedrock-runtime; it reads the key from ${key}`,
      `import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";`,
      "",
      `const client = new BedrockRuntimeClient({ region: ${literal(regionOf(call))} });`,
      "const answer = await client.send(",
      "  new ConverseCommand({",
      `    modelId: ${literal(call.model)},`,
      `    messages: [{ role: "user", content: [{ text: "${GREETING}" }] }],`,
      "  }),",
      ");",
      "console.log(answer.output?.message?.content);",
    ].join("\n"),
};

/** `https://bedrock-runtime.<region>.amazonaws.com` */
function regionOf({ base_url: url }: Call): string {
  return URL.parse(url)?.hostname.split(".")[1] ?? "";
}
