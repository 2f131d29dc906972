/** Receivers that listen, a ledger that changes, and a clock that a test turns. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Change } from "../../src/domain/change.ts";
import type { Watch, Wish } from "../../src/domain/watch.ts";
import { createPoster, type Resolve } from "../../src/kit/post.ts";
import type { Reach } from "../../src/kit/reach.ts";
import { newKey, systemRuntime, type Runtime } from "../../src/kit/runtime.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import type { Carrying } from "../../src/notify/carry.ts";
import { writeSecret } from "../../src/notify/signature.ts";

export const NOW = Date.UTC(2026, 0, 1);

export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** `answer` is called when the whole message is here. */
export async function receiver(
  answer: (reply: ServerResponse, count: number) => void,
  make: (handle: (request: IncomingMessage, reply: ServerResponse) => void) => Server = createServer,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = make((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(reply, received.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // It listens on a port of this machine.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export const ok = (reply: ServerResponse) => void reply.writeHead(204).end();

export interface World {
  readonly ledger: Ledger;
  readonly carrying: Carrying;
  readonly troubles: string[];
  watch(url: string, wish?: Wish): Promise<Watch>;
  /** Publishes a revision with these changes; plain ones where a number is given. */
  publish(changes: number | readonly Change[], holder?: string): Promise<void>;
  /** Turns the clock. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export async function world(
  options: { readonly reach?: Reach; readonly resolve?: Resolve; readonly url?: string } = {},
): Promise<World> {
  let now = NOW;
  let revisions = 0;
  const runtime: Runtime = { ...systemRuntime, now: () => now, random: () => 0.5 };
  const ledger = await openLedger({ url: options.url ?? ":memory:", now: runtime.now });
  const poster = createPoster(options.reach ?? "private", options.resolve);
  const stop = new AbortController();
  const troubles: string[] = [];
  return {
    ledger,
    troubles,
    carrying: {
      ledger,
      runtime,
      poster,
      userAgent: "modeldex",
      holder: "a",
      isGone: () => false,
      signal: stop.signal,
      onTrouble: (message) => void troubles.push(message),
    },
    watch: (url, wish = {}) =>
      ledger.watches.add({ url, wish, secret: writeSecret(newKey()), createdAt: now }),
    publish: async (changes, holder = "a") => {
      revisions += 1;
      const lease = await ledger.takeLease("publish", holder, now, 60_000, () => true);
      if (lease === undefined) throw new Error("somebody else publishes");
      const list =
        typeof changes === "number" ? Array.from({ length: changes }, (_, index) => offer(index)) : changes;
      const hash = `${revisions}`;
      await ledger.commitRevision(
        { hash, createdAt: now, knownAt: now, runId: 0, models: 1, offers: 1 },
        list,
        lease,
      );
    },
    pass: (ms) => {
      now += ms;
    },
    close: async () => {
      stop.abort();
      await poster.close();
      await ledger.close();
    },
  };
}

export function offer(index: number, rest: Partial<Change> = {}): Change {
  return {
    subject: "offer",
    subjectId: `groq/unstated/m${index}`,
    kind: "added",
    topics: ["availability"],
    cause: "upstream",
    gateway: "groq",
    model: `lab/m${index}`,
    fields: [],
    ...rest,
  };
}

/** The numbers of the changes that came, in the order in which they came. */
export function numbersIn(received: readonly Received[]): readonly number[] {
  return received.flatMap(({ body }) => {
    const { data } = JSON.parse(body) as {
      readonly data: { readonly changes?: readonly { readonly id: number }[] };
    };
    return (data.changes ?? []).map(({ id }) => id);
  });
}
