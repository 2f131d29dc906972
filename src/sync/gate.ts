/** Runs that ask one origin with the same credential share what they know of its quota: one origin, one pace. */
import type { Credential } from "../kit/auth.ts";
import { createGate, type Gate } from "../kit/pace.ts";
import type { WebSource } from "../kit/source.ts";
import type { SyncContext } from "./context.ts";

export function gateOf(
  { gates }: SyncContext,
  { baseUrl, auth }: WebSource,
  credential: Credential | undefined,
): { readonly gate?: Gate } {
  if (gates === undefined) return {};
  const key = [new URL(baseUrl).origin, ...(credential === undefined ? [] : auth.names)].join(" ");
  const gate = gates.get(key) ?? createGate();
  gates.set(key, gate);
  return { gate };
}
