/** What the server says of a token: good or not, whose, and for what. */
import type { ReactNode } from "react";
import { Ago } from "../../parts/ago.tsx";

export interface TokenVerdict {
  readonly verdict: string;
  readonly reason?: string;
  readonly kind?: string;
  readonly account?: { readonly type: string; readonly name: string; readonly is_pro?: boolean };
  readonly organisations?: readonly { readonly name: string }[];
  readonly expires_at?: string;
  readonly scopes?: readonly string[];
  readonly inference_providers?: { readonly may_call: string; readonly evidence: string };
}

export function TokenTold({ verdict }: { readonly verdict: TokenVerdict }) {
  return (
    <>
      <p>
        <strong className={verdict.verdict === "valid" ? "text-good" : "text-warn"}>{verdict.verdict}</strong>
        {verdict.reason === undefined ? "" : <span className="text-quiet">: {verdict.reason}</span>}
      </p>
      <TokenFacts verdict={verdict} />
    </>
  );
}

export function TokenFacts({ verdict }: { readonly verdict: TokenVerdict }) {
  const {
    account,
    kind,
    organisations = [],
    expires_at: expires,
    scopes,
    inference_providers: may,
  } = verdict;
  const facts: readonly (readonly [name: string, fact: ReactNode])[] = [
    ["Account", account === undefined ? undefined : accountText(account)],
    ["Kind", kind],
    ["Organisations", organisations.map(({ name }) => name).join(", ")],
    ["Expires", expires === undefined ? undefined : <Ago at={expires} />],
    ["Scopes", scopes?.join(", ")],
    ["May call Inference Providers", may === undefined ? undefined : `${may.may_call}: ${may.evidence}`],
  ];
  const stated = facts.filter(([, fact]) => fact !== undefined && fact !== "");
  return (
    <dl>
      {stated.map(([name, fact]) => (
        <div key={name} className="mb-1 sm:mb-0 sm:flex sm:gap-3">
          <dt className="shrink-0 text-quiet sm:w-56">{name}</dt>
          <dd className="min-w-0 break-words">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function accountText({ name, type, is_pro: isPro }: NonNullable<TokenVerdict["account"]>): string {
  return `${name} (${type}${isPro === true ? ", PRO" : ""})`;
}
