/** Whether a source can be asked with what the operator set, and why not. */
import { credentialNames, credentialOf, type Setting } from "./auth.ts";
import { configured } from "./configured.ts";
import { placeOf, type Addresses } from "./place.ts";
import type { Source } from "./source.ts";

export interface SourceSettings {
  readonly addresses: Addresses;
  readonly credential: Setting;
}

/** The source as the settings complete it, or why it is not asked at all. */
export function readiness(
  declared: Source,
  { addresses, credential }: SourceSettings,
): { readonly source: Source } | { readonly reason: string } {
  const asked = configured(declared, addresses, credential);
  if ("missing" in asked) return { reason: asked.missing };
  const { source } = asked;
  if (source.kind === "package" || source.auth.optional || source.auth.names.length === 0) return asked;
  const isReady = placeOf(source, addresses).elsewhere || credentialOf(source.auth, credential) !== undefined;
  return isReady ? asked : { reason: `${credentialNames(source.auth)} is not set` };
}
