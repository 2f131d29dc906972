/**
 * POST to an address that somebody typed. Its name is looked up at every connection, each address of it is checked, and the
 * connection goes to a checked one: what a name means cannot change in between. No redirect is followed, no proxy is asked.
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { Agent, buildConnector, request } from "undici";
import { addressFault, hostOf, type Reach } from "./reach.ts";

const CONNECT_MS = 10_000;

/** Every address of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export interface Sending {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly retryAfter?: string;
}

export interface Poster {
  /** The status that was answered; the body is left unread. Throws what broke, and `NotSent` where it may not go. */
  post(sending: Sending): Promise<Answered>;
  close(): Promise<void>;
}

/** It may not go there: no connection was made. */
export class NotSent extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotSent";
  }
}

export function createPoster(reach: Reach, resolve: Resolve = systemResolve): Poster {
  const connect: buildConnector.connector = (options, callback) => {
    checkedAddresses(options.hostname, options.protocol, { reach, resolve }).then(
      (addresses) => connectorTo(addresses)(options, callback),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
  const dispatcher = new Agent({ connect, pipelining: 0 });
  return {
    close: () => dispatcher.close(),
    post: async ({ url, headers, body, signal }) => {
      // The deadline is the signal's; undici's own would only add a second truth.
      const answer = await request(url, {
        method: "POST",
        headers,
        body,
        signal,
        dispatcher,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      answer.body.on("error", () => undefined).destroy();
      const told = answer.headers["retry-after"];
      return { status: answer.statusCode, ...(typeof told === "string" ? { retryAfter: told } : {}) };
    },
  };
}

/** All of them, each checked: a name that leads to one forbidden address is not connected to at all. */
async function checkedAddresses(
  hostname: string,
  protocol: string,
  { reach, resolve }: { readonly reach: Reach; readonly resolve: Resolve },
): Promise<readonly string[]> {
  const host = hostOf(hostname);
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0) throw new NotSent(`${host} has no address`);
  for (const address of addresses) {
    const fault = addressFault(address, protocol, reach);
    if (fault !== undefined) throw new NotSent(address === host ? fault : `${host}: ${fault}`);
  }
  return addresses;
}

/** A connector for which a name means these addresses, and nothing else. */
function connectorTo(addresses: readonly string[]): buildConnector.connector {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  return buildConnector({
    allowH2: false,
    timeout: CONNECT_MS,
    autoSelectFamily: true,
    lookup: (_name, { all }, found) => {
      const [first] = known;
      if (all === true) found(null, known);
      else found(null, first?.address ?? "", first?.family);
    },
  });
}

async function systemResolve(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
