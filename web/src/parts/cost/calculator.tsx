/** What a usage costs at every offer of these models: the server calculates, exactly; here it is only shown. */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { ask } from "../../api/ask.ts";
import { useAddress } from "../../state/address.ts";
import { Failed } from "../standing.tsx";
import { CostTable, type Cost } from "./cost-table.tsx";
import { Sliders } from "./sliders.tsx";
import { costBody, usageOf, usageParameters, type Usage } from "./usage.ts";

export function Calculator({ models }: { readonly models: readonly string[] }) {
  const address = useAddress();
  const usage = useMemo(() => usageOf(address), [address]);
  const setUsage = (next: Usage) => address.set(usageParameters(next), "replace");
  const asked = useDeferredValue(usage);
  const costs = useQueries({
    queries: models.map((model) => ({
      queryKey: ["cost", model, asked],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        ask<Cost>("/v1/cost", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: costBody(model, asked),
          signal,
        }),
      placeholderData: keepPreviousData,
    })),
  });
  const failed = costs.find(({ isError }) => isError);
  return (
    <section aria-labelledby="cost">
      <h2 id="cost" className="mb-2 text-[16px] font-semibold">
        What it costs
      </h2>
      <Sliders usage={usage} onUsage={setUsage} />
      {failed?.error ? <Failed error={failed.error} again={() => void failed.refetch()} /> : undefined}
      <CostTable costs={costs.flatMap(({ data }) => data ?? [])} isMany={models.length > 1} />
    </section>
  );
}
