/** Recorded pages in the place of an upstream: they answer as it did, dated as it was, and nothing goes over the network. */
import type { Addresses } from "../../kit/place.ts";
import type { Transport, WireAnswer } from "../../kit/transport.ts";
import { addressOf, type Answer } from "./plan.ts";

const HOST = "recordings.invalid";

/** Every source is asked here, with the credential that it would be asked with: the question is that of a sync. */
export const RECORDED: { readonly addresses: Addresses; readonly quotaShare: number } = {
  addresses: {
    sourceUrls: new Map(),
    sourceCredentials: new Set(),
    mirror: `http://${HOST}`,
    mirrorCredentials: true,
  },
  quotaShare: 1,
};

/** A page by its exact address; the first page also by its path alone. */
export function recordedTransport({ at, pages }: Answer, bodies: readonly Uint8Array[]): Transport {
  const headers = { "content-type": "application/json", date: new Date(at).toUTCString() };
  const byUrl = new Map(pages.map(({ url }, index) => [keyOf(url), bodies[index]]));
  const [first] = pages;
  return ({ url }) => {
    const asked = upstreamUrl(url);
    const isFirst = first !== undefined && asked.search === "" && addressOf(asked) === addressOf(first.url);
    const body = byUrl.get(keyOf(asked)) ?? (isFirst ? bodies[0] : undefined);
    return Promise.resolve(body === undefined ? notRecorded() : { status: 200, headers, body: whole(body) });
  };
}

function notRecorded(): WireAnswer {
  return { status: 404, headers: {}, body: whole(new Uint8Array()) };
}

/** `http://recordings.invalid/api.example.com/v1/models` stands for the upstream's own address. */
function upstreamUrl(url: URL): URL {
  return url.host === HOST ? new URL(`https:/${url.pathname}${url.search}`) : url;
}

/** Parameters in any order are one question. */
function keyOf(url: URL): string {
  const parameters = new URLSearchParams(url.search);
  parameters.sort();
  return `${addressOf(url)}?${parameters.toString()}`;
}

async function* whole(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}
