/** What a request says of itself beside its question: where the caller found us, and how far a reader of events has come. */
import type { FastifyRequest } from "fastify";
import type { ServingApplication } from "../application.ts";

/** A host is letters, digits and few signs: what else stands there is nobody's address. */
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/;

/** As the caller spells it; a proxy in front is believed where one is trusted. */
export function originOf(
  { trustProxy, host, port }: ServingApplication,
  { headers }: FastifyRequest,
): string {
  const isBelieved = trustProxy > 0;
  const stated = (isBelieved ? one(headers["x-forwarded-host"]) : undefined) ?? headers.host ?? "";
  const scheme = isBelieved && one(headers["x-forwarded-proto"]) === "https" ? "https" : "http";
  return `${scheme}://${HOST.test(stated) ? stated : `${host.includes(":") ? `[${host}]` : host}:${port}`}`;
}

export function eventIdOf({ headers }: FastifyRequest): string | undefined {
  const stated = one(headers["last-event-id"]);
  return stated === "" ? undefined : stated;
}

/** The last of several: what the nearest proxy wrote. */
function one(header: string | readonly string[] | undefined): string | undefined {
  const text = typeof header === "string" ? header : header?.join(",");
  return text?.split(",").at(-1)?.trim();
}
