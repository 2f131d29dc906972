/** The API's own description: OpenAPI 3.1, from the schemas that the routes themselves read and answer by. */
import * as z from "zod";
import { DOCUMENTS } from "./documents/named.ts";
import { ProblemDocument } from "./documents/problem.ts";
import type { Route } from "./route.ts";

/** As far as the documents that we write go. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly [keyword: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

interface Content {
  readonly description: string;
  readonly content?: { readonly [type: string]: { readonly schema: JsonSchema } };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly [type: string]: { readonly schema: JsonSchema; readonly example: unknown } };
  };
  readonly responses: { readonly [status: string]: Content };
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly "x-codeSamples": readonly { readonly lang: string; readonly source: string }[];
}

export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: {
    readonly schemas: { readonly [name: string]: JsonSchema };
    readonly securitySchemes: { readonly [name: string]: object };
  };
}

const EXAMPLE_ORIGIN = "http://127.0.0.1:8080";
const TAGS = { public: "Questions", caller: "Checks", page: "Checks", admin: "Commands" } as const;

export function openApiOf(routes: readonly Route[], version: string): OpenApi {
  const paths: { [path: string]: { [method: string]: Operation } } = {};
  for (const route of routes) {
    const path = writtenPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "modeldex",
      version,
      description:
        "Every AI model that can be called: what each gateway and provider says of it, and when it said so. Reading needs no key. Fields may be added to answers: ignore what you do not know.",
    },
    paths,
    components: { schemas: documents(), securitySchemes: SECURITY },
  };
}

/** `/v1/models/:lab/:name` as the description writes it. */
export function writtenPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}

const SECURITY = {
  admin: {
    type: "http",
    scheme: "bearer",
    description: "The admin key of this server (MODELDEX_ADMIN_KEY).",
  },
  token: { type: "http", scheme: "bearer", description: "A Hugging Face token of the caller's own." },
} as const;

function operation(route: Route): Operation {
  const parameters = [...pathParameters(route.path), ...queryParameters(route.parameters)];
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [TAGS[route.policy]],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route),
    responses: responses(route),
    ...security(route.policy),
    "x-codeSamples": [{ lang: "Shell", source: commandLine(route) }],
  };
}

const KEYS = {
  public: undefined,
  caller: "$HF_TOKEN",
  page: undefined,
  admin: "$MODELDEX_ADMIN_KEY",
} as const;

/** How to ask it with curl. */
export function commandLine({ method, path, policy, body, example }: Route): string {
  // What takes a body has that as its example, everything else its address.
  const asked = body === undefined ? example : path;
  const key = method === "GET" && policy === "caller" ? undefined : KEYS[policy];
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}'${EXAMPLE_ORIGIN}${asked}'`,
    ...(key === undefined ? [] : [` -H "Authorization: Bearer ${key}"`]),
    ...(body === undefined ? [] : [` \\\n  -H 'Content-Type: application/json' -d '${example}'`]),
  ].join("");
}

/** `GET /v1/models/:lab/:name` is `getModelsLabName`. */
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/v1/, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** The same, read back from the description. */
export function commandLineOf({ "x-codeSamples": samples }: Operation): string {
  return samples[0]?.source ?? "";
}

function responses(route: Route): Operation["responses"] {
  const problem: Content = {
    description: "What went wrong.",
    content: { "application/problem+json": { schema: schemaOf(ProblemDocument) } },
  };
  const json = { schema: schemaOf(route.document) };
  const lines = { schema: { type: "string", description: "One document a line." } };
  const done: Content = {
    description: "The answer.",
    content: {
      [route.media ?? "application/json"]: json,
      ...(route.isStreamed === true ? { "application/x-ndjson": lines } : {}),
    },
  };
  return {
    "200": done,
    ...(route.choices === undefined
      ? {}
      : {
          "300": {
            description: "Several fit.",
            content: { "application/json": { schema: schemaOf(route.choices) } },
          },
        }),
    ...(route.isMoved === true ? { "308": { description: "It has another address, in `Location`." } } : {}),
    ...(route.method === "GET" ? { "304": { description: "You have it already." } } : {}),
    default: problem,
  };
}

function requestBody({ body, example }: Route): Pick<Operation, "requestBody"> {
  if (body === undefined) return {};
  const content = {
    schema: written(z.toJSONSchema(body, { io: "input", override })),
    example: JSON.parse(example) as unknown,
  };
  return { requestBody: { required: false, content: { "application/json": content } } };
}

function security(policy: Route["policy"]): Pick<Operation, "security"> {
  switch (policy) {
    case "public":
    case "page":
      return {};
    case "caller":
      return { security: [{}, { token: [] }] };
    case "admin":
      return { security: [{ admin: [] }] };
  }
}

function pathParameters(path: string): readonly Parameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", minLength: 1 },
  }));
}

function queryParameters(question: Route["parameters"]): readonly Parameter[] {
  if (question === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(question, {
    io: "input",
    unrepresentable: "any",
  });
  return Object.entries(properties).map(([name, property]) => {
    // Our own schemas are objects, never `true` or `false`.
    const { description, ...schema } = property as JsonSchema & { readonly description?: string };
    return {
      name,
      in: "query",
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema,
    };
  });
}

function schemaOf(document: z.ZodType): JsonSchema {
  const name = DOCUMENTS.get(document)?.id;
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  // What a union is of are schemas like any other.
  if (document instanceof z.ZodUnion) return { anyOf: (document.options as z.ZodType[]).map(schemaOf) };
  const { $schema: _dialect, ...schema } = z.toJSONSchema(document, { override });
  return written(schema);
}

/** JSON Schema has more forms than our documents use: a list of items, a schema that is `true`. */
function written(schema: object): JsonSchema {
  return schema as JsonSchema;
}

function documents(): { readonly [name: string]: JsonSchema } {
  const { schemas } = z.toJSONSchema(DOCUMENTS, {
    uri: (id) => `#/components/schemas/${id}`,
    override,
  });
  // By name: whichever module was loaded first has named its documents first.
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, written(schema)]),
  );
}

/** We say no more than we write, but promise no reader that nothing will be added; a date's pattern says less than its format. */
function override({ jsonSchema }: { readonly jsonSchema: { [keyword: string]: unknown } }): void {
  if (jsonSchema["additionalProperties"] === false) delete jsonSchema["additionalProperties"];
  if (jsonSchema["format"] === "date-time") delete jsonSchema["pattern"];
  if (jsonSchema["maximum"] === Number.MAX_SAFE_INTEGER) delete jsonSchema["maximum"];
}
