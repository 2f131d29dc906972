/** Where a source is asked: at its upstream, at an address of the operator's, or at a mirror; and whether its credential goes there. */
import { WorldError } from "../domain/errors.ts";
import type { WebSource } from "./source.ts";

/** Other addresses that the operator set; the first that applies wins. */
export interface Addresses {
  /** By source id. */
  readonly sourceUrls: ReadonlyMap<string, string>;
  readonly sourceCredentials: ReadonlySet<string>;
  readonly mirror?: string;
  readonly mirrorCredentials: boolean;
}

export interface Place {
  /** True where another address stands in for the upstream. */
  readonly elsewhere: boolean;
  readonly takesCredential: boolean;
  /** The upstream's own address of a view. */
  viewUrl(path: string): URL;
  /** The address that is really asked for an upstream's address. Throws `origin-refused` for one that is not this source's. */
  asked(url: URL): URL;
}

export function placeOf(source: Pick<WebSource, "id" | "baseUrl">, addresses: Addresses): Place {
  const own = new URL(source.baseUrl);
  const override = addresses.sourceUrls.get(source.id);
  if (override !== undefined)
    return standIn(own, withoutSlash(override), addresses.sourceCredentials.has(source.id), own.pathname);
  if (addresses.mirror !== undefined) {
    return standIn(own, `${withoutSlash(addresses.mirror)}/${own.host}`, addresses.mirrorCredentials, "/");
  }
  return {
    elsewhere: false,
    takesCredential: true,
    viewUrl: (path) => viewUrl(own, path),
    asked: (url) => sameOrigin(url, own),
  };
}

/** `there` answers for everything at the upstream's origin below `from`. */
function standIn(own: URL, there: string, takesCredential: boolean, from: string): Place {
  const prefix = from.endsWith("/") ? from.slice(0, -1) : from;
  const base = new URL(there);
  return {
    elsewhere: true,
    takesCredential,
    viewUrl: (path) => viewUrl(own, path),
    asked: (url) => {
      if (url.origin === base.origin && isBelow(url, base)) return sameOrigin(url, base);
      const path = sameOrigin(url, own).pathname;
      // A whole step of the path: what follows is written behind `there`, and must not lengthen its host or port.
      if (!`${path}/`.startsWith(`${prefix}/`)) throw refused(url, own);
      return new URL(there + path.slice(prefix.length) + url.search);
    },
  };
}

function viewUrl(own: URL, path: string): URL {
  return new URL(own.href.replace(/\/$/, "") + path);
}

function isBelow(url: URL, base: URL): boolean {
  return `${url.pathname}/`.startsWith(`${base.pathname.replace(/\/$/, "")}/`);
}

function sameOrigin(url: URL, own: URL): URL {
  if (url.origin !== own.origin || url.username !== "" || url.password !== "") throw refused(url, own);
  return url;
}

function refused(url: URL, own: URL): WorldError {
  return new WorldError(
    "origin-refused",
    `${url.origin === "null" ? url.protocol : url.origin} is not ${own.origin}`,
  );
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
