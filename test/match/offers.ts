/** Offers as the tests write them. */
import type { Facts } from "../../src/domain/listing.ts";
import type { Linkable } from "../../src/match/claim.ts";

export function offer(gateway: string, nativeId: string, facts: Facts = {}, provider = gateway): Linkable {
  return { gateway, provider, nativeId, facts };
}
