/** What changed about this model, latest first. */
import { useQuery } from "@tanstack/react-query";
import { ask, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { ChangeLine } from "../../parts/change-line.tsx";
import type { Change } from "../../parts/change-line.tsx";
import { Failed } from "../../parts/standing.tsx";

const SHOWN = 50;

export function Changes({ id }: { readonly id: string }) {
  const changes = useQuery({
    queryKey: ["changes", id],
    queryFn: ({ signal }) =>
      ask<List<Change>>(withParameters("/v1/changes", { model: id, order: "desc", limit: SHOWN }), {
        signal,
      }),
  });
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className="mb-2 text-[16px] font-semibold">
        Changes
      </h2>
      {changes.isError ? <Failed error={changes.error} again={() => void changes.refetch()} /> : undefined}
      {changes.data?.data.length === 0 ? (
        <p className="text-quiet">None since it is known here.</p>
      ) : undefined}
      <ul>
        {changes.data?.data.map((change) => (
          <ChangeLine key={change.id} change={change} />
        ))}
      </ul>
    </section>
  );
}
