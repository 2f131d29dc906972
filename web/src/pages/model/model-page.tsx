/** One model: what is known of it, who offers it at what price, how it is called, and what changed. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "wouter";
import { ask, modelPath, Problem } from "../../api/ask.ts";
import type { Model } from "../../api/words.ts";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { Calculator } from "../../parts/cost/calculator.tsx";
import { usePicked } from "../../state/picked.ts";
import { Changes } from "./changes.tsx";
import { Facts } from "./facts.tsx";
import { HowToCall } from "./how-to-call.tsx";
import { OfferTable } from "./offer-table.tsx";
import { PriceHistory } from "./price-history.tsx";

export function ModelPage() {
  const id = decodeURIComponent(useParams()["*"] ?? "");
  const model = useQuery({
    queryKey: ["model", id],
    queryFn: ({ signal }) => ask<Model>(`/v1/models/${modelPath(id)}`, { signal }),
  });
  const title = model.data?.name ?? id;
  useEffect(() => {
    document.title = `${title} · modeldex`;
  }, [title]);
  if (model.isPending) return <Loading what={id} />;
  if (model.isError) {
    return model.error instanceof Problem && [404, 410].includes(model.error.status) ? (
      <Nothing title={model.error.status === 410 ? "This model is gone" : "There is no such model"}>
        {model.error.message}
      </Nothing>
    ) : (
      <Failed error={model.error} again={() => void model.refetch()} />
    );
  }
  const { data } = model;
  return (
    <div className="h-full overflow-y-auto">
      <article className="mx-auto flex max-w-6xl flex-col gap-6 p-4 sm:p-6">
        <header>
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-[20px] font-semibold break-words">{data.name}</h1>
            <PickButton id={data.id} />
          </div>
          <p className="font-mono text-[13px] break-all text-quiet">{data.id}</p>
          {data.description === undefined ? undefined : (
            <p className="mt-2 max-w-3xl whitespace-pre-line text-quiet">{data.description}</p>
          )}
        </header>
        <Facts model={data} />
        <OfferTable offers={data.offers ?? []} />
        <PriceHistory id={data.id} />
        <Calculator models={[data.id]} />
        <HowToCall offers={data.offers ?? []} />
        <Changes id={data.id} />
      </article>
    </div>
  );
}

function PickButton({ id }: { readonly id: string }) {
  const { picked, turn } = usePicked();
  return (
    <button type="button" className="button" aria-pressed={picked.includes(id)} onClick={() => turn(id)}>
      {picked.includes(id) ? "✓ In the comparison" : "Compare"}
    </button>
  );
}
