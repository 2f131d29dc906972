/** One model: what is known of it and who says so, who offers it at what price, how it is called, and what changed. */
import { useEffect, useMemo, useState } from "react";
import { useParams } from "wouter";
import { Problem } from "../../api/ask.ts";
import type { Model } from "../../api/words.ts";
import { Calculator } from "../../parts/cost/calculator.tsx";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { usePicked } from "../../state/picked.ts";
import { HowToCall } from "./calls/how-to-call.tsx";
import { Changes } from "./changes.tsx";
import { Facts } from "./facts.tsx";
import { Kin } from "./kin.tsx";
import { OfferTable } from "./offer-table.tsx";
import { PriceHistory } from "./price-history.tsx";
import { OfModel, Sourced } from "./sourced.tsx";
import { useModel } from "./use-model.ts";

export function ModelPage() {
  const id = decodeURIComponent(useParams()["*"] ?? "");
  const model = useModel(id);
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
  // Another model is another page: nothing that was opened or chosen stays.
  return <Page key={model.data.id} model={model.data} />;
}

function Page({ model }: { readonly model: Model }) {
  const address = useAddress();
  const offers = model.offers ?? [];
  const ofModel = useMemo(() => ({ id: model.id, pinned: model.pinned ?? [] }), [model]);
  const call = (offer: string) => {
    address.set({ call: offer }, "replace");
    document.querySelector("#call")?.scrollIntoView({ block: "start" });
  };
  return (
    <OfModel value={ofModel}>
      <div className="h-full overflow-y-auto">
        <article className="mx-auto flex max-w-6xl flex-col gap-6 p-4 sm:p-6">
          <header>
            <div className="flex flex-wrap items-center gap-3">
              <Sourced field="name" title="Name">
                <h1 className="text-[20px] font-semibold break-words">{model.name}</h1>
              </Sourced>
              <PickButton id={model.id} />
            </div>
            <p className="font-mono text-[13px] break-all text-quiet">
              {model.id}
              <CopyId id={model.id} />
            </p>
            {model.description === undefined ? undefined : (
              <div className="mt-2 max-w-3xl whitespace-pre-line text-quiet">
                <Sourced field="description" title="Description">
                  {model.description}
                </Sourced>
              </div>
            )}
          </header>
          <Facts model={model} />
          <Kin model={model} />
          <OfferTable model={model.id} offers={offers} onCall={call} />
          {offers.length === 0 ? undefined : (
            <HowToCall
              offers={offers}
              chosen={address.get("call")}
              onChosen={(offer) => address.set({ call: offer }, "replace")}
            />
          )}
          <PriceHistory id={model.id} />
          {offers.length === 0 ? undefined : <Calculator models={[model.id]} />}
          <Changes id={model.id} />
        </article>
      </div>
    </OfModel>
  );
}

function CopyId({ id }: { readonly id: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <button type="button" className="link ml-2 font-sans" onClick={() => void copy()}>
      {isCopied ? "copied" : "copy the id"}
    </button>
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
