/** What waits for a second look, and the operator's word on it. The key stays in this page's memory and goes in one header. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api/ask.ts";
import { countText } from "../../parts/figures.ts";
import { Failed } from "../../parts/standing.tsx";
import type { Source } from "./source-row.tsx";

interface Accepted {
  readonly run: number;
  readonly removed: number;
  readonly prices: number;
}

export function Held({ sources }: { readonly sources: readonly Source[] }) {
  const [key, setKey] = useState("");
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: (run: number) =>
      ask<Accepted>("/v1/admin/accept", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify({ run }),
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const holding = sources.filter(({ held }) => held > 0);
  if (holding.length === 0 && accept.data === undefined) return;
  return (
    <section aria-labelledby="held" className="card mb-6 p-4">
      <h2 id="held" className="mb-1 text-[16px] font-semibold">
        Held
      </h2>
      <p className="mb-3 max-w-3xl text-quiet">
        Many offers gone at once, or prices that jumped together, wait for a second look: the next whole
        reading confirms them, or the operator does here.
      </p>
      <label className="mb-3 block max-w-sm">
        <span className="block text-quiet">Admin key, kept in this page only</span>
        <input
          type="password"
          autoComplete="off"
          className="field w-full"
          value={key}
          onChange={({ target }) => setKey(target.value)}
        />
      </label>
      <ul>
        {holding.map(({ id, title, held, last_run: run }) => (
          <li key={id} className="flex items-center gap-3 border-t border-line py-1.5">
            <span className="flex-1">
              {title}: {countText(held)}
            </span>
            <button
              type="button"
              className="button"
              disabled={run?.id === undefined || accept.isPending}
              onClick={() => run?.id !== undefined && accept.mutate(run.id)}
            >
              Accept<span className="sr-only"> what {title} holds</span>
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {accept.data === undefined ? undefined : (
          <p className="mt-2 text-good">
            Applied: {countText(accept.data.removed)} removed, {countText(accept.data.prices)} prices.
          </p>
        )}
      </div>
      {accept.isError ? <Failed error={accept.error} /> : undefined}
    </section>
  );
}
