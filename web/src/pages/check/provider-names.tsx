/** The providers behind Hugging Face, with how many models each serves. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { countText } from "../../parts/figures.ts";
import { Failed } from "../../parts/standing.tsx";

interface Provider {
  readonly id: string;
  readonly name: string;
  readonly live?: number;
}

export function useProviders() {
  return useQuery({
    queryKey: ["providers"],
    queryFn: ({ signal }) => ask<List<Provider>>("/v1/providers", { signal }),
  });
}

export function ProviderNames() {
  const providers = useProviders();
  if (providers.isError) return <Failed error={providers.error} again={() => void providers.refetch()} />;
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
      {providers.data?.data.map(({ id, name, live }) => (
        <li key={id}>
          {name}
          {live === undefined ? undefined : <span className="text-quiet"> {countText(live)}</span>}
        </li>
      ))}
    </ul>
  );
}
