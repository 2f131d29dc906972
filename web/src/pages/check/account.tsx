/** Sign in with Hugging Face: who one is there, whether calls to Inference Providers are allowed, and to which of them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "../../api/ask.ts";
import { Failed } from "../../parts/standing.tsx";
import { canSignIn, type Invitation } from "../../sign-in/oauth.ts";
import { arrive, proofOf, signOut, useStanding, type SignedIn } from "../../sign-in/signed-in.ts";
import { LeaveButton } from "./leave-button.tsx";
import { MayCall, MayNotCall } from "./may-call.tsx";
import { TokenFacts, type TokenVerdict } from "./token-verdict.tsx";

type SignIn = ({ readonly available: true } & Invitation) | { readonly available: false };

export function Account() {
  const standing = useStanding();
  const signIn = useQuery({
    queryKey: ["sign-in"],
    queryFn: ({ signal }) => ask<SignIn>("/v1/sign-in", { signal }),
  });
  useEffect(() => {
    void arrive();
  }, []);
  const invitation = signIn.data?.available === true ? signIn.data : undefined;
  const isOffered = invitation !== undefined || standing.kind !== "out" || standing.why !== undefined;
  if (!isOffered) return undefined;
  return (
    <section aria-labelledby="check-account">
      <h2 id="check-account" className="mb-2 text-[16px] font-semibold">
        Your Hugging Face account
      </h2>
      {standing.kind === "in" ? (
        <Inside signedIn={standing} invitation={invitation} />
      ) : (
        <>
          <div role="status">
            {standing.kind === "arriving" ? <p className="text-quiet">Signing in …</p> : undefined}
            {standing.kind === "out" && standing.why !== undefined ? (
              <p className="card mb-3 p-3 text-warn">{standing.why}</p>
            ) : undefined}
          </div>
          {standing.kind === "out" && invitation !== undefined ? (
            <Outside invitation={invitation} />
          ) : undefined}
        </>
      )}
    </section>
  );
}

function Outside({ invitation }: { readonly invitation: Invitation }) {
  return (
    <>
      <p className="mb-2 text-quiet">
        See which providers your account may call, and check models that only you may see. The token stays in
        this page&apos;s memory: it is gone when you sign out, reload or close the page.
      </p>
      {canSignIn ? (
        <LeaveButton invitation={invitation}>Sign in with Hugging Face</LeaveButton>
      ) : (
        <p className="text-warn">
          Signing in needs this page over https, or on the machine of the server itself (localhost).
        </p>
      )}
    </>
  );
}

function Inside({
  signedIn,
  invitation,
}: {
  readonly signedIn: SignedIn;
  readonly invitation: Invitation | undefined;
}) {
  const queries = useQueryClient();
  const verdict = useQuery({
    queryKey: ["account", signedIn.number],
    queryFn: ({ signal }) =>
      ask<TokenVerdict>("/v1/check/token", {
        signal,
        method: "POST",
        headers: { "content-type": "application/json", ...proofOf(signedIn) },
        body: JSON.stringify({ scope: signedIn.scope }),
      }),
  });
  const leaveAll = () => {
    signOut();
    // What was seen with the account is seen no more.
    for (const seen of ["account", "check"]) queries.removeQueries({ queryKey: [seen] });
  };
  return (
    <div className="card p-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <p role="status" className="min-w-0 flex-1">
          {verdict.isPending ? "Asking who you are …" : <Name verdict={verdict.data} />}
        </p>
        <button type="button" className="button" onClick={leaveAll}>
          Sign out
        </button>
      </div>
      {verdict.isError ? <Failed error={verdict.error} again={() => void verdict.refetch()} /> : undefined}
      {verdict.data === undefined ? undefined : (
        <Told verdict={verdict.data} invitation={invitation} again={() => void verdict.refetch()} />
      )}
    </div>
  );
}

function Told({
  verdict,
  invitation,
  again,
}: {
  readonly verdict: TokenVerdict;
  readonly invitation: Invitation | undefined;
  again(): void;
}) {
  const { inference_providers: may, ...who } = verdict;
  return (
    <>
      <TokenFacts verdict={who} />
      {verdict.verdict === "invalid" && invitation !== undefined ? (
        <LeaveButton invitation={invitation}>Sign in again</LeaveButton>
      ) : undefined}
      {verdict.verdict === "unknown" ? (
        <button type="button" className="button" onClick={again}>
          Ask again
        </button>
      ) : undefined}
      {may?.may_call === "yes" ? <MayCall invitation={invitation} /> : undefined}
      {may?.may_call === "no" ? <MayNotCall invitation={invitation} /> : undefined}
      {may?.may_call === "unknown" ? (
        <p className="mt-3 border-t border-line pt-3 text-warn">
          Whether it may call Inference Providers is unknown: {may.evidence}.
        </p>
      ) : undefined}
    </>
  );
}

function Name({ verdict }: { readonly verdict: TokenVerdict | undefined }) {
  if (verdict === undefined) return "Signed in.";
  if (verdict.verdict === "valid")
    return (
      <>
        Signed in as <strong>{verdict.account?.name}</strong>
      </>
    );
  return (
    <>
      <strong className="text-warn">
        {verdict.verdict === "invalid" ? "The sign-in is over" : "Who you are is unknown"}
      </strong>
      : {verdict.reason}
    </>
  );
}
