/** A source as the operator's settings complete it: their values where an address names them, and his own server's address. */
import type { Draft } from "../domain/listing.ts";
import type { Setting } from "./auth.ts";
import type { Addresses } from "./place.ts";
import type { Source, WebSource } from "./source.ts";

export type Configured = { readonly source: Source } | { readonly missing: string };

/**
 * `{CLOUDFLARE_ACCOUNT_ID}` and `{AWS_REGION|AWS_DEFAULT_REGION|us-east-1}` in a base URL or a path: the first of these
 * settings that is set, else the default behind them.
 */
const PLACEHOLDER = /\{([^{}]*)\}/g;
const SETTING_NAME = /^[A-Z][A-Z0-9_]*$/;
/** What stands in a host name or as one step of a path without being encoded, and can lead nowhere else. */
const VALUE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** The source, ready to be asked, or what it still lacks. */
export function configured(source: Source, addresses: Addresses, setting: Setting): Configured {
  if (source.kind === "package") return { source };
  if (source.onlyByAddress === true) return atAddress(source, addresses.sourceUrls.get(source.id));
  const missing = new Set<string>();
  const filled = (text: string) =>
    text.replace(PLACEHOLDER, (_, words: string) => {
      const { value, why } = valueOf(words.split("|"), setting);
      if (why !== undefined) missing.add(why);
      return value;
    });
  const [first, ...others] = source.views.map((view) => ({ ...view, path: filled(view.path) }));
  if (first === undefined) return { source };
  const complete = { ...source, baseUrl: filled(source.baseUrl), views: [first, ...others] as const };
  const [why] = missing;
  return why === undefined ? { source: complete } : { missing: why };
}

function valueOf(
  words: readonly string[],
  setting: Setting,
): { readonly value: string; readonly why?: string } {
  const names = words.filter((word) => SETTING_NAME.test(word));
  const value = setting(names) ?? words.find((word) => !SETTING_NAME.test(word));
  if (value === undefined) return { value: "", why: `${names.join(" or ")} is not set` };
  if (!VALUE.test(value))
    return { value: "", why: `${names.join(" or ")} is not allowed: give letters, digits, - and _` };
  return { value };
}

/** A server of the operator's own has no address but the one he sets; with or without the `/v1` that its clients are given. */
function atAddress(source: WebSource, address: string | undefined): Configured {
  if (address === undefined) return { missing: `${addressSetting(source.id)} is not set` };
  const isRoot = new URL(source.baseUrl).pathname === "/";
  const baseUrl = (isRoot ? address.replace(/\/v1\/*$/, "") : address).replace(/\/+$/, "");
  const moved = (draft: Draft): Draft =>
    draft.call === undefined
      ? draft
      : {
          ...draft,
          call: { ...draft.call, base_url: draft.call.base_url.replace(source.baseUrl, () => baseUrl) },
        };
  return { source: { ...source, baseUrl, listings: (item) => source.listings(item).map(moved) } };
}

function addressSetting(id: string): string {
  return `MODELDEX_SOURCE_URL_${id.toUpperCase().replaceAll("-", "_")}`;
}
