/** What upstreams said that deserves a look, loaded when it is opened. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { Failed, Loading } from "../../parts/standing.tsx";

interface Finding {
  readonly source: string;
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly first_seen: string;
}

const SHOWN = 200;

export function Findings() {
  const [isOpen, setOpen] = useState(false);
  const findings = useQuery({
    queryKey: ["findings"],
    queryFn: ({ signal }) => ask<List<Finding>>(withParameters("/v1/findings", { limit: SHOWN }), { signal }),
    enabled: isOpen,
  });
  return (
    <details className="mt-6" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="text-[16px] font-semibold">Findings</summary>
      {findings.isLoading ? <Loading what="findings" /> : undefined}
      {findings.isError ? <Failed error={findings.error} again={() => void findings.refetch()} /> : undefined}
      <ul>
        {findings.data?.data.map(({ source, kind, subject, message, first_seen: since }) => (
          <li
            key={`${source} ${kind} ${subject}`}
            className="flex flex-wrap gap-x-3 border-t border-line py-1"
          >
            <span className="w-32 shrink-0 text-quiet">{source}</span>
            <span className="w-32 shrink-0">{kind}</span>
            <span className="min-w-0 flex-1 break-words">
              {subject} <span className="text-quiet">{message}</span>
            </span>
            <span className="text-quiet">
              <Ago at={since} />
            </span>
          </li>
        ))}
      </ul>
      {findings.data?.has_more === true ? (
        <p className="text-quiet">The first {SHOWN} of more.</p>
      ) : undefined}
    </details>
  );
}
