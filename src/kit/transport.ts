/** One HTTP request, without any policy: what `client.ts` does with undici, and a test with a scripted world. */
export interface WireRequest {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly signal: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case; several values joined by ", ". */
  readonly headers: { readonly [name: string]: string };
  /** As it came: perhaps compressed. Must be read or cancelled. */
  readonly body: AsyncIterable<Uint8Array>;
}

export type Transport = (request: WireRequest) => Promise<WireAnswer>;

/** A request that hands something over. Whoever holds a `Transport` alone can only read. */
export interface WirePost extends WireRequest {
  readonly body: string;
}

export type Post = (request: WirePost) => Promise<WireAnswer>;
