/** An offer in few words: its gateway, who runs it, and what sets it apart from the others of the same two. */
import type { Offer } from "../../api/words.ts";

type Named = Pick<Offer, "id" | "gateway" | "provider" | "native_id">;

export function offerName(offer: Named, among: readonly Named[]): string {
  const plain = plainName(offer);
  const isAlone = !among.some((other) => other.id !== offer.id && plainName(other) === plain);
  return isAlone ? plain : `${plain} · ${offer.native_id}`;
}

/** Who runs the weights is said where it is not the gateway itself. */
function plainName({ gateway, provider }: Named): string {
  return provider === "unstated" || provider === gateway ? gateway : `${gateway} · ${provider}`;
}
