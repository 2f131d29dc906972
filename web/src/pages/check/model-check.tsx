/** A model and a provider of Hugging Face's: served there or not, and where else. */
import { useQuery } from "@tanstack/react-query";
import { ask, withParameters } from "../../api/ask.ts";
import { Failed } from "../../parts/standing.tsx";
import { proofOf, useSignedIn } from "../../sign-in/signed-in.ts";
import { useAddress } from "../../state/address.ts";
import { useProviders } from "./provider-names.tsx";

interface Verdict {
  readonly model: string;
  readonly renamed_from?: string;
  readonly provider: string;
  readonly verdict: string;
  readonly reason: string;
  readonly served_by: readonly string[];
  readonly seen_as: string;
  readonly token_refused?: true;
}

export function ModelCheck() {
  const address = useAddress();
  const [model, provider] = [address.get("model"), address.get("provider")];
  const signedIn = useSignedIn();
  const providers = useProviders();
  const verdict = useQuery({
    queryKey: ["check", model, provider, signedIn?.number],
    queryFn: ({ signal }) =>
      ask<Verdict>(withParameters("/v1/check", { model, provider }), { signal, headers: proofOf(signedIn) }),
    enabled: model !== "" && provider !== "",
  });
  const submit = (form: FormData) =>
    address.set({ model: textOf(form, "model"), provider: textOf(form, "provider") });
  return (
    <section aria-labelledby="check-model">
      <h2 id="check-model" className="mb-2 text-[16px] font-semibold">
        A model at a provider of Hugging Face
      </h2>
      <form action={submit} className="flex flex-wrap items-end gap-2">
        <label className="min-w-60 flex-1">
          <span className="block text-quiet">Model</span>
          <input
            name="model"
            required
            maxLength={200}
            defaultValue={model}
            className="field w-full"
            placeholder="openai/gpt-oss-120b"
          />
        </label>
        <label>
          <span className="block text-quiet">Provider</span>
          <input
            name="provider"
            required
            maxLength={100}
            defaultValue={provider}
            list="providers"
            className="field"
            placeholder="groq"
          />
        </label>
        <datalist id="providers">
          {providers.data?.data.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
        <button type="submit" className="button-strong py-[5.5px]">
          Check
        </button>
      </form>
      <div role="status" className="mt-3">
        {verdict.isFetching ? <p className="text-quiet">Asking …</p> : undefined}
        {verdict.isError ? <Failed error={verdict.error} again={() => void verdict.refetch()} /> : undefined}
        {verdict.data === undefined ? undefined : <Told verdict={verdict.data} />}
      </div>
    </section>
  );
}

function Told({ verdict }: { readonly verdict: Verdict }) {
  const look = verdict.verdict === "live" ? "text-good" : "text-warn";
  return (
    <div className="card p-3">
      <p>
        <strong className={look}>{verdict.verdict.replaceAll("_", " ")}</strong>: {verdict.model} at{" "}
        {verdict.provider}
      </p>
      <p className="text-quiet">{verdict.reason}</p>
      {verdict.seen_as === "the caller" ? <p className="text-quiet">Seen with your account.</p> : undefined}
      {verdict.token_refused === true ? (
        <p className="text-warn">
          Hugging Face refused the token of your sign-in, so this is what everybody sees: sign in again.
        </p>
      ) : undefined}
      {verdict.served_by.length === 0 ? undefined : <p>Served by {verdict.served_by.join(", ")}.</p>}
    </div>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
