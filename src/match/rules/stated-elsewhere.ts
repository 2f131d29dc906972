/** The Hugging Face id that other gateways state for the very same name. */
import { additions } from "../name.ts";
import type { NamedClaim, NamedOffer } from "../named.ts";

/** By lab and parts of a name: the one name that is stated for it; nothing where two are. */
export type Statements = ReadonlyMap<string, Statement>;

interface Statement {
  readonly claim: NamedClaim;
  readonly isDivided: boolean;
}

/** An id without a date that is stated to be a dated model moves: what is stated of it holds for its gateway alone. */
export function statementsOf(offers: readonly NamedOffer[]): Statements {
  const statements = new Map<string, Statement>();
  for (const { claim, said } of offers) {
    if (claim?.rule !== "hugging-face-id" || said === undefined) continue;
    const added = additions(said.parsed(), claim.parsed());
    if (added === undefined || added.includes("dates")) continue;
    const key = said.parts();
    const known = statements.get(key);
    statements.set(key, {
      claim: known === undefined || claim.folded < known.claim.folded ? claim : known.claim,
      isDivided: known !== undefined && (known.isDivided || known.claim.folded !== claim.folded),
    });
  }
  return statements;
}

export function statedFor(claim: NamedClaim, statements: Statements): Statement | undefined {
  const statement = statements.get(claim.parts());
  return statement?.isDivided === true ? undefined : statement;
}
