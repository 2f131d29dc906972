/** How a recipe is written down: by a name, and by what it does in place of sending the answer. */

import { send } from "../../tools/upstreams/answer.ts";
import type { Answer, Exchange, Fault } from "../../tools/upstreams/exchange.ts";

export interface NamedFault<Name extends string> extends Fault {
  readonly name: Name;
}

/** A recipe that does as it likes with the connection. */
export function fault<Name extends string>(name: Name, apply: Fault["apply"]): NamedFault<Name> {
  return { name, apply };
}

/** A recipe that sends another answer than the upstream meant. */
export function answering<Name extends string>(
  name: Name,
  change: (exchange: Exchange) => Partial<Answer>,
): NamedFault<Name> {
  return fault(name, (exchange) => {
    // The validator is of the right body; beside a wrong one it would be a second fault.
    const { etag: _, ...headers } = exchange.answer.headers;
    send(exchange.response, { ...exchange.answer, headers, ...change(exchange) });
  });
}
