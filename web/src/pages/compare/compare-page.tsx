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
import { factRows } from "./fact-rows.ts";

export function ComparePage() {
  const address = useAddress();
  const ids = address.words("models").slice(0, PICKED_MAX);
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
  const models = asked.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return (
    <div className="h-full overflow-auto p-4 sm:p-6" tabIndex={0} role="group" aria-label="Comparison">
      <h1 className="mb-3 text-[20px] font-semibold">Compare</h1>
      {asked.flatMap(({ error }, index) =>
        error === null
          ? []
          : [<Failed key={ids[index]} error={error} again={() => void asked[index]?.refetch()} />],
      )}
      {asked.some(({ isPending }) => isPending) ? <Loading what="models" /> : undefined}
      {models.length === 0 ? undefined : (
        <>
          <Table models={models} onDrop={drop} />
          <div className="mt-6">
            <Calculator models={models.map(({ id }) => id)} />
          </div>
        </>
      )}
    </div>
  );
}

function Table({ models, onDrop }: { readonly models: readonly Model[]; onDrop(id: string): void }) {
  const rows = factRows(models);
  return (
    <table className="plain-table w-auto!">
      <thead>
        <tr>
          <td className="w-36" />
          {models.map(({ id, name }) => (
            <th key={id} scope="col" className="max-w-60 min-w-40 align-bottom">
              <Link
                href={`/models/${modelPath(id)}`}
                className="block text-[14px] font-semibold break-words text-ink no-underline hover:underline"
              >
                {name}
              </Link>
              <span className="block font-mono font-normal break-all">{id}</span>
              <button type="button" className="button mt-1" onClick={() => onDrop(id)}>
                Take away<span className="sr-only"> {id}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      {(["differs", "same"] as const).map((kind) => (
        <tbody key={kind}>
          <tr>
            <th colSpan={models.length + 1} scope="rowgroup" className="pt-4">
              {kind === "differs" ? "What differs" : "What is the same"}
            </th>
          </tr>
          {rows
            .filter((row) => row.differs === (kind === "differs"))
            .map(({ title, values }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {values.map((value, index) => (
                  <td key={models[index]?.id} className="max-w-60 break-words">
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
      ))}
    </table>
  );
}
