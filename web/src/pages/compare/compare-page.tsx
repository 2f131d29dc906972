/** Up to six models side by side, what differs first. */
import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { ask, modelPath } from "../../api/ask.ts";
import type { Model } from "../../api/words.ts";
import { Calculator } from "../../parts/cost/calculator.tsx";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { pick, PICKED_MAX } from "../../state/picked.ts";
import { AGREEMENTS, factRows, type Agreement } from "./fact-rows.ts";

const TITLES: { readonly [agreement in Agreement]: string } = {
  different: "What differs",
  "partly-unknown": "What not all state",
  same: "What is the same",
};

/** A model, and the id under which it was asked for: another spelling leads to it too. */
interface Compared {
  readonly asked: string;
  readonly model: Model;
}

export function ComparePage() {
  const address = useAddress();
  const named = address.words("models");
  const ids = [...new Set(named)].slice(0, PICKED_MAX);
  const asked = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["model", id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        ask<Model>(`/v1/models/${modelPath(id)}`, { signal }),
    })),
  });
  useEffect(() => {
    document.title = "Compare · modeldex";
  }, []);
  if (ids.length === 0)
    return (
      <Nothing title="Nothing to compare yet">
        Tick models in the{" "}
        <Link href="/" className="link">
          table
        </Link>
        , at most {PICKED_MAX}.
      </Nothing>
    );
  const drop = (id: string) => {
    const rest = ids.filter((one) => one !== id);
    pick(rest);
    address.set({ models: rest.join(",") });
  };
  const compared = new Map<string, Compared>();
  for (const [index, { data: model }] of asked.entries())
    if (model !== undefined && !compared.has(model.id))
      compared.set(model.id, { asked: ids[index] ?? model.id, model });
  const models = [...compared.values()];
  return (
    <div className="h-full overflow-auto p-4 sm:p-6" tabIndex={0} role="group" aria-label="Comparison">
      <h1 className="mb-3 text-[20px] font-semibold">Compare</h1>
      {named.length > ids.length ? (
        <p className="mb-2 text-quiet">
          At most {PICKED_MAX} stand side by side: the first {PICKED_MAX} are shown.
        </p>
      ) : undefined}
      {asked.flatMap(({ error, data }, index) =>
        error === null || data !== undefined
          ? []
          : [<Failed key={ids[index]} error={error} again={() => void asked[index]?.refetch()} />],
      )}
      {asked.some(({ isPending }) => isPending) ? <Loading what="models" /> : undefined}
      {models.length === 0 ? undefined : (
        <>
          <Table models={models} onDrop={drop} />
          <div className="mt-6">
            <Calculator models={models.map(({ model }) => model.id)} />
          </div>
        </>
      )}
    </div>
  );
}

function Table({ models, onDrop }: { readonly models: readonly Compared[]; onDrop(asked: string): void }) {
  const rows = factRows(models.map(({ model }) => model));
  return (
    <table className="plain-table w-auto!">
      <thead>
        <tr>
          <td className="w-36" />
          {models.map(({ asked, model: { id, name } }) => (
            <th key={id} scope="col" className="max-w-60 min-w-40 align-bottom">
              <Link
                href={`/models/${modelPath(id)}`}
                className="block text-[14px] font-semibold break-words text-ink no-underline hover:underline"
              >
                {name}
              </Link>
              <span className="block font-mono font-normal break-all">{id}</span>
              <button type="button" className="button mt-1" onClick={() => onDrop(asked)}>
                Take away<span className="sr-only"> {id}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      {AGREEMENTS.map((agreement) => {
        const those = rows.filter((row) => row.agreement === agreement);
        return (
          <tbody key={agreement}>
            <tr>
              <th colSpan={models.length + 1} scope="rowgroup" className="pt-4">
                <span className="sticky left-2 text-[13px] font-semibold text-ink">{TITLES[agreement]}</span>
                {those.length === 0 ? " nothing" : ""}
              </th>
            </tr>
            {those.map(({ title, values }) => (
              <tr key={title}>
                <th scope="row" className="sticky left-0 bg-page">
                  {title}
                </th>
                {values.map((value, index) => (
                  <td key={models[index]?.asked} className="max-w-60 break-words">
                    {value ?? (
                      <span className="text-quiet" title="Nobody states it">
                        –
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}
