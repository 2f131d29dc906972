/** Checks over a simulated Hub, with a clock that a test moves. */
import type { Shelf } from "../../src/catalog/catalog.ts";
import { createChecks, type Checks, type ChecksOptions } from "../../src/check/checks.ts";
import { NOTHING_KEPT } from "../../src/check/kept.ts";
import { HUB_URL } from "../../src/check/hub.ts";
import { httpTransport } from "../../src/kit/client.ts";
import { placeOf, type Addresses } from "../../src/kit/place.ts";
import { keyedHash, systemRuntime } from "../../src/kit/runtime.ts";
import { startCheckHub, type CheckHub } from "../simulator/hub-check.ts";

export const NOW = Date.UTC(2026, 8, 1);
export const FALLBACK_MODELS: readonly string[] = ["lab/popular", "lab/liked"];

export interface Asking {
  readonly hub: CheckHub;
  readonly checks: Checks;
  /** Another process over the same Hub and the same clock. */
  another(options?: Partial<ChecksOptions>): Checks;
  advance(ms: number): void;
  /** The machine's clock alone. */
  jump(ms: number): void;
  end(): Promise<void>;
}

export async function startAsking(
  options: Partial<ChecksOptions> & { readonly shelf?: () => Shelf | undefined } = {},
): Promise<Asking> {
  const hub = await startCheckHub();
  const network = httpTransport({});
  let clock = NOW;
  let passed = 0;
  const world: ChecksOptions = {
    transport: network.transport,
    runtime: { ...systemRuntime, now: () => clock, monotonic: () => passed },
    place: placeAt(hub.url),
    keyOf: keyedHash(),
    kept: NOTHING_KEPT,
    fallbackModels: FALLBACK_MODELS,
    shelf: () => undefined,
    ...options,
  };
  const another = (others: Partial<ChecksOptions> = {}) =>
    createChecks({ ...world, keyOf: keyedHash(), ...others });
  return {
    hub,
    checks: another(),
    another,
    advance: (ms) => {
      clock += ms;
      passed += ms;
    },
    jump: (ms) => {
      clock += ms;
    },
    end: async () => {
      await network.close();
      await hub.close();
    },
  };
}

/** The Hub at another address, which is given credentials unless a test says otherwise. */
export function placeAt(url: string, addresses: Partial<Addresses> = {}) {
  return placeOf(
    { id: "huggingface", baseUrl: HUB_URL },
    {
      sourceUrls: new Map([["huggingface", url]]),
      sourceCredentials: new Set(["huggingface"]),
      mirrorCredentials: false,
      ...addresses,
    },
  );
}

/** As Hugging Face makes its OAuth tokens: the claims in the second of three parts. */
export function oauthToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `hf_oauth_${part({ alg: "none" })}.${part(claims)}.signature`;
}
