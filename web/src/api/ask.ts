/** The one way in which the explorer asks the server. */
import { noteAnswer } from "../state/contact.ts";

/** What the server answers when it cannot: RFC 9457, in its own words. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
  }
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly method?: "POST";
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** Asks for JSON. Throws `Problem` for every answer that is none, and where nobody answers at all (status 0). */
export async function ask<Answer>(path: string, options: AskOptions = {}): Promise<Answer> {
  let response: Response;
  try {
    // The server's word on whether an answer still holds costs less than a page of two revisions.
    response = await fetch(path, {
      cache: "no-cache",
      ...options,
      headers: { accept: "application/json", ...options.headers },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "no answer", "The server does not answer. What was loaded before is still here.");
  }
  noteAnswer(response.headers.get("x-kept-at") ?? undefined);
  if (!response.ok) throw await problemOf(response);
  // The server's own answers: their shapes are those of its OpenAPI document.
  return (await response.json()) as Answer;
}

/** A question that was refused is refused again; what is busy or starting may answer soon. */
export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 500);
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const { title = response.statusText, detail = text } = JSON.parse(text) as {
      readonly title?: string;
      readonly detail?: string;
    };
    return new Problem(response.status, title, detail);
  } catch {
    return new Problem(response.status, response.statusText, text.slice(0, 500));
  }
}

/** `/v1/models` with its parameters; empty ones are left out. */
export function withParameters(
  path: string,
  parameters: { readonly [name: string]: string | number | undefined },
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Where a model's document lies: every slash after the first is part of its name. */
export function modelPath(id: string): string {
  const slash = id.indexOf("/");
  if (slash < 0) return encodeURIComponent(id);
  return `${encodeURIComponent(id.slice(0, slash))}/${encodeURIComponent(id.slice(slash + 1))}`;
}
