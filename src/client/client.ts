/**
 * A client for a modeldex server, typed by the server's own description. It needs nothing but `fetch`, and so runs
 * wherever that is: in a browser as in Node.
 */
import type { Api, Problem } from "./api.ts";

export type * from "./api.ts";

export interface ClientOptions {
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent as `Authorization: Bearer`: the admin key, or for checks a Hugging Face token of your own. */
  readonly key?: string;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

type Address<Method extends string> = keyof Api extends infer Key
  ? Key extends `${Method} ${infer Path}`
    ? Path
    : never
  : never;
type Of<
  Method extends string,
  Path extends string,
  What extends string,
> = `${Method} ${Path}` extends keyof Api
  ? Api[`${Method} ${Path}`] extends { readonly [what in What]: infer Is }
    ? Is
    : never
  : never;
type Answer<Method extends string, Path extends string> = Of<Method, Path, "answer">;
/** Nothing need be asked where nothing is required. */
type Asking<Asked> = object extends Asked ? [question?: Asked] : [question: Asked];

/** An address that answers with a list. */
type ListAddress = {
  [Path in Address<"GET">]: Answer<"GET", Path> extends { readonly data: readonly unknown[] } ? Path : never;
}[Address<"GET">];
type Item<Path extends string> =
  Answer<"GET", Path> extends { readonly data: readonly (infer Each)[] } ? Each : never;

export interface Client {
  /** The answer of an address; names in braces are taken out of the question. Throws `ApiProblem`. */
  get<Path extends Address<"GET">>(
    path: Path,
    ...asked: [...Asking<Of<"GET", Path, "question">>, options?: RequestOptions]
  ): Promise<Answer<"GET", Path>>;
  post<Path extends Address<"POST">>(
    path: Path,
    body: Of<"POST", Path, "body">,
    options?: RequestOptions,
  ): Promise<Answer<"POST", Path>>;
  delete<Path extends Address<"DELETE">>(
    path: Path,
    question: Of<"DELETE", Path, "question">,
    options?: RequestOptions,
  ): Promise<Answer<"DELETE", Path>>;
  /** A list page by page: all of them from one revision, however many are published meanwhile. */
  pages<Path extends ListAddress>(
    path: Path,
    ...asked: [...Asking<Of<"GET", Path, "question">>, options?: RequestOptions]
  ): AsyncIterable<Answer<"GET", Path>>;
  /** Everything that fits, one by one: as a stream where the server has one, else page by page. */
  every<Path extends ListAddress>(
    path: Path,
    ...asked: [...Asking<Of<"GET", Path, "question">>, options?: RequestOptions]
  ): AsyncIterable<Item<Path>>;
}

/** What the server refuses, in its own words. */
export class ApiProblem extends Error {
  readonly status: number;
  /** The word that a program acts on: `unknown-name`, `no-such-model` …; absent where no problem came back. */
  readonly code: string | undefined;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem === undefined ? `the server answered ${status}` : `${problem.title}: ${problem.detail}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = problem?.type.replace(/^urn:modeldex:problem:/, "");
    this.problem = problem;
  }
}

/** `url`: where the server is, `http://127.0.0.1:8080`. */
export function createClient(url: string, options: ClientOptions = {}): Client {
  const ask = options.fetch ?? globalThis.fetch;
  const root = url.replace(/\/+$/, "");

  async function send(
    method: string,
    address: string,
    how: { readonly accept: string; readonly body?: unknown; readonly signal?: AbortSignal | undefined },
  ): Promise<Response> {
    const answer = await ask(`${root}${address}`, {
      method,
      headers: {
        accept: how.accept,
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(how.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(how.body === undefined ? {} : { body: JSON.stringify(how.body) }),
      ...(how.signal === undefined ? {} : { signal: how.signal }),
    });
    // 300 is an answer: the candidates.
    if (!answer.ok && answer.status !== 300) throw new ApiProblem(answer.status, await problemOf(answer));
    return answer;
  }

  async function json(
    method: string,
    address: string,
    signal?: AbortSignal,
    body?: unknown,
  ): Promise<unknown> {
    const answer = await send(method, address, { accept: "application/json", body, signal });
    return answer.json();
  }

  async function* pages(path: string, question: Question = {}, { signal }: RequestOptions = {}) {
    let cursor: string | undefined;
    do {
      const asked = cursor === undefined ? question : { ...question, cursor, offset: undefined };
      // Every list has this envelope.
      const page = (await json("GET", addressOf(path, asked), signal)) as List;
      yield page;
      cursor = page.has_more ? page.next_cursor : undefined;
    } while (cursor !== undefined);
  }

  async function* every(path: string, question: Question = {}, { signal }: RequestOptions = {}) {
    const answer = await send("GET", addressOf(path, question), {
      accept: `${LINES}, application/json;q=0.5`,
      signal,
    });
    if (answer.headers.get("content-type")?.startsWith(LINES) === true && answer.body !== null) {
      yield* linesOf(answer.body);
      return;
    }
    // Not streamed: this was the first page.
    const first = (await answer.json()) as List;
    yield* first.data;
    if (first.has_more && first.next_cursor !== undefined)
      for await (const { data } of pages(
        path,
        { ...question, cursor: first.next_cursor, offset: undefined },
        { signal },
      ))
        yield* data;
  }

  const client = {
    get: (path: string, question?: Question, { signal }: RequestOptions = {}) =>
      json("GET", addressOf(path, question ?? {}), signal),
    post: (path: string, body: unknown, { signal }: RequestOptions = {}) => json("POST", path, signal, body),
    delete: (path: string, question: Question, { signal }: RequestOptions = {}) =>
      json("DELETE", addressOf(path, question), signal),
    pages,
    every,
  };
  // The types say of each address what the server's description says of it, and a test holds the two together.
  return client as unknown as Client;
}

const LINES = "application/x-ndjson";

type Question = { readonly [name: string]: unknown };

interface List {
  readonly data: readonly unknown[];
  readonly has_more: boolean;
  readonly next_cursor?: string;
}

/** `/v1/models/{lab}/{name}` with what the question says; the rest of it are parameters, several words by comma. */
function addressOf(path: string, question: Question): string {
  const stated = new Map(Object.entries(question).filter(([, value]) => value !== undefined));
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = stated.get(name);
    stated.delete(name);
    return encodeURIComponent(String(value));
  });
  const query = [...stated].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return query.length === 0 ? address : `${address}?${query.join("&")}`;
}

/** One document a line; what has not come when the reader ends is not asked for any more. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncIterable<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line !== "") yield JSON.parse(line) as unknown;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function problemOf(answer: Response): Promise<Problem | undefined> {
  if (answer.headers.get("content-type")?.startsWith("application/problem+json") !== true) return undefined;
  // The one shape of every problem.
  return (await answer.json()) as Problem;
}
