/** Whether a token is good: sent once, in a header, and kept nowhere; the field is emptied. */
import { useState } from "react";
import { ask } from "../../api/ask.ts";
import { Failed } from "../../parts/standing.tsx";
import { TokenTold, type TokenVerdict } from "./token-verdict.tsx";

export function TokenCheck() {
  const [verdict, setVerdict] = useState<TokenVerdict>();
  const [error, setError] = useState<Error>();
  const [isAsking, setAsking] = useState(false);
  const submit = async (form: FormData) => {
    const token = form.get("token");
    if (typeof token !== "string" || token.trim() === "") return;
    setAsking(true);
    setError(undefined);
    setVerdict(undefined);
    try {
      setVerdict(
        await ask<TokenVerdict>("/v1/check/token", {
          method: "POST",
          headers: { authorization: `Bearer ${token.trim()}` },
        }),
      );
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    } finally {
      setAsking(false);
    }
  };
  return (
    <section aria-labelledby="check-token">
      <h2 id="check-token" className="mb-2 text-[16px] font-semibold">
        A Hugging Face token
      </h2>
      {/* A form's own action empties its fields once it is sent. */}
      <form action={submit} className="flex flex-wrap items-end gap-2">
        <label className="min-w-60 flex-1">
          <span className="block text-quiet">Token, sent once and kept nowhere</span>
          <input
            name="token"
            type="password"
            required
            autoComplete="off"
            maxLength={4_000}
            className="field w-full"
          />
        </label>
        <button type="submit" className="button-strong py-[5.5px]" disabled={isAsking}>
          Check
        </button>
      </form>
      <div role="status" className="mt-3">
        {isAsking ? <p className="text-quiet">Asking …</p> : undefined}
        {error === undefined ? undefined : <Failed error={error} />}
        {verdict === undefined ? undefined : (
          <div className="card p-3">
            <TokenTold verdict={verdict} />
          </div>
        )}
      </div>
    </section>
  );
}
