/** A transport that answers from a list in memory, well or badly, as one run's script says. */
import type { Transport, WireAnswer } from "../../src/kit/transport.ts";
import type { RecordedRequest, Reply } from "../../tools/upstreams/exchange.ts";
import { pagedBody } from "../simulator/paged.ts";
import type { Item, Paging } from "../simulator/paging-styles.ts";
import type { PagingTrouble } from "../simulator/paging-troubles.ts";
import { PAGE_SIZE } from "./lists.ts";

/** What goes wrong in one run. Requests are counted from 1. */
export interface Script {
  readonly trouble?: PagingTrouble;
  /** A status in place of the answer. */
  readonly status?: { readonly from: number; readonly until: number; readonly code: number };
  /** A body in place of the right one, from this request on. */
  readonly body?: { readonly from: number; readonly text: string };
  /** The body ends at this share of its bytes; `reset` breaks the connection there. */
  readonly cut?: { readonly from: number; readonly share: number; readonly reset: boolean };
  /** In place of the rows on the wire. */
  readonly rows?: (rows: readonly Item[]) => readonly Item[];
  /** Between two pages: what happens to the list after so many requests. */
  readonly move?: { readonly after: number; readonly how: () => void };
  /** The upstream's own clock, where it says so. */
  readonly date?: number;
}

export interface Upstream {
  readonly transport: Transport;
  /** Starts a run: its requests are counted anew. */
  script(script: Script): void;
}

export function scriptedUpstream(paging: Paging, list: () => readonly Item[]): Upstream {
  let script: Script = {};
  let asked = 0;
  let answer = bodyOf(script);

  function bodyOf({ trouble, rows }: Script): (request: RecordedRequest) => Reply {
    return pagedBody({
      paging,
      pageSize: PAGE_SIZE,
      items: () => (rows === undefined ? list() : rows(list())),
      ...(trouble === undefined ? {} : { trouble }),
    });
  }

  return {
    script: (next) => {
      script = next;
      asked = 0;
      answer = bodyOf(next);
    },
    transport: ({ url }) => {
      asked += 1;
      if (script.move?.after === asked - 1) script.move.how();
      const {
        status = 200,
        headers = {},
        value,
      } = answer({
        method: "GET",
        url: url.href,
        host: url.host,
        path: url.pathname,
        query: url.searchParams,
        headers: {},
      });
      return Promise.resolve(spoilt(script, asked, { status, headers, text: JSON.stringify(value) }));
    },
  };
}

function spoilt(
  { status: refusal, body, cut, date }: Script,
  asked: number,
  honest: { readonly status: number; readonly headers: Reply["headers"]; readonly text: string },
): WireAnswer {
  const headers = {
    "content-type": "application/json",
    ...(date === undefined ? {} : { date: new Date(date).toUTCString() }),
    ...honest.headers,
  };
  if (refusal !== undefined && asked >= refusal.from && asked <= refusal.until)
    return { status: refusal.code, headers, body: chunks("{}") };
  if (body !== undefined && asked >= body.from) return { status: 200, headers, body: chunks(body.text) };
  if (cut !== undefined && asked >= cut.from) {
    const half = honest.text.slice(0, Math.floor(honest.text.length * cut.share));
    return { status: 200, headers, body: cut.reset ? broken(half) : chunks(half) };
  }
  return { status: honest.status, headers, body: chunks(honest.text) };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw new Error("terminated");
}
