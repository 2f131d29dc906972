/** The lists that are measured: one as Featherless sends it, and one of 50,000 offers with prices. */
import { openRecordings } from "../tools/upstreams/recordings.ts";

/** A list of one source, as bytes. */
export interface List {
  readonly source: string;
  readonly title: string;
  readonly host: string;
  readonly path: string;
  readonly body: Buffer;
}

const FEATHERLESS_ROWS = 15_698;
const PRICED_ROWS = 50_000;
const LABS = [
  "meta-llama",
  "mistralai",
  "Qwen",
  "google",
  "deepseek-ai",
  "microsoft",
  "NousResearch",
  "zai-org",
];
const SECONDS_2024 = 1_704_067_200;

/** The recorded body where there is one, else one of the same shape and size. */
export async function featherless(directory: string | undefined): Promise<List> {
  const [host, path] = ["api.featherless.ai", "/v1/models"];
  const recordings = directory === undefined ? undefined : await openRecordings(directory);
  const recording = recordings?.find(host, path, undefined);
  const body =
    recordings === undefined || recording === undefined
      ? json({ object: "list", data: rows(FEATHERLESS_ROWS, featherlessRow) })
      : await recordings.read(recording);
  const made = recording === undefined ? "synthetic" : "recorded";
  return {
    source: "featherless",
    title: `Featherless, ${count(FEATHERLESS_ROWS)} rows, ${made}`,
    host,
    path,
    body,
  };
}

/** Together's shape, because it is short and states prices. */
export function priced(length = PRICED_ROWS): List {
  return {
    source: "together",
    title: `${count(length)} offers with prices, synthetic`,
    host: "api.together.xyz",
    path: "/v1/models",
    body: json(rows(length, pricedRow)),
  };
}

/** As many as fit into the largest answer that is read: only what the explorer's table shows, and every tenth without a price. */
export function slim(length: number): List {
  const row = (index: number) => {
    const { id, type, context_length, pricing } = pricedRow(index);
    const { input, output } = pricing;
    return { id, type, context_length, ...(index % 10 === 0 ? {} : { pricing: { input, output } }) };
  };
  return {
    ...priced(0),
    title: `${count(length)} offers with prices, synthetic`,
    body: json(rows(length, row)),
  };
}

function featherlessRow(row: number): object {
  return {
    id: idOf(row),
    is_gated: row % 50 === 0,
    created: SECONDS_2024 + row,
    model_class: "llama3-8b-8k",
    owned_by: labOf(row),
    context_length: 8_192 * (1 + (row % 4)),
    max_completion_tokens: 4_096,
    available_on_current_plan: true,
    features: { tool_use: row % 3 === 0 },
    input_modalities: ["text"],
    output_modalities: ["text"],
  };
}

function pricedRow(row: number) {
  return {
    id: idOf(row),
    object: "model",
    created: SECONDS_2024 + row,
    type: "chat",
    running: false,
    display_name: `Model ${row}`,
    organization: labOf(row),
    license: "apache-2.0",
    context_length: 8_192 * (1 + (row % 16)),
    pricing: {
      hourly: 0,
      input: (1 + (row % 400)) / 100,
      output: (1 + (row % 900)) / 50,
      base: 0,
      finetune: 0,
    },
  };
}

function idOf(row: number): string {
  return `${labOf(row)}/Model-${row}-${1 + (row % 70)}B-Instruct`;
}

function labOf(row: number): string {
  return LABS[row % LABS.length] ?? "";
}

function rows(length: number, row: (index: number) => object): readonly object[] {
  return Array.from({ length }, (_, index) => row(index));
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function count(length: number): string {
  return length.toLocaleString("en");
}
