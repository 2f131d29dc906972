/** The name for people, where it says more than the id: `Llama 3.1 8B Instruct` of `llama-3.1-8b`. */
import { additions } from "../name.ts";
import type { NamedClaim } from "../named.ts";
import { labName, type Entry, type Register } from "../register.ts";

export interface Addition {
  readonly entries: readonly Entry[];
  /** True where it adds nothing but what an abbreviated id leaves out: a role or a size. */
  readonly completes: boolean;
}

/** The models that the name for people means, where it says more than the id and they are known. */
export function statedName(
  claim: NamedClaim,
  name: string | undefined,
  register: Register,
): Addition | undefined {
  if (name === undefined) return undefined;
  const said = claim.parsed();
  // A quantisation beside the id is a fact about the offer.
  const shown = {
    ...labName({ lab: claim.lab, name: plain(name) }).parsed(),
    quantizations: said.quantizations,
  };
  const added = additions(said, shown);
  if (added === undefined || added.length === 0) return undefined;
  const entries = register.agreeing(claim.lab, shown);
  if (entries.every(({ folded }) => folded === claim.folded)) return undefined;
  return { entries, completes: added.every((kind) => kind === "roles" || kind === "sizes") };
}

/** Without the lab before a colon and what stands in brackets. */
function plain(name: string): string {
  return name.replace(/^[^:]*:\s+/, "").replaceAll(/\s*\([^)]*\)/g, "");
}
