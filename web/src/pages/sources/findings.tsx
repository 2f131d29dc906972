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
  return (
    <details className="mt-6" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="text-[16px] font-semibold">Findings of all sources</summary>
      {isOpen ? <FindingList /> : undefined}
    </details>
  );
}

/** Those of one source or of all, of one kind or of every kind. */
export function FindingList(asked: { readonly source?: string; readonly kind?: string }) {
  const { source, kind } = asked;
  const findings = useQuery({
    queryKey: ["findings", source, kind],
    queryFn: ({ signal }) =>
      ask<List<Finding>>(withParameters("/v1/findings", { source, kind, limit: SHOWN }), { signal }),
  });
  const { data, error } = findings;
  if (data === undefined)
    return error === null ? (
      <Loading what="findings" />
    ) : (
      <Failed error={error} again={() => void findings.refetch()} />
    );
  if (data.data.length === 0) return <p className="text-quiet">Nothing that deserves a look.</p>;
  return (
    <>
      <ul>
        {data.data.map((finding) => (
          <li
            key={`${finding.source} ${finding.kind} ${finding.subject}`}
            className="flex flex-wrap gap-x-3 border-t border-line py-1"
          >
            {source === undefined ? (
              <span className="w-32 shrink-0 text-quiet">{finding.source}</span>
            ) : undefined}
            {kind === undefined ? <span className="w-32 shrink-0">{finding.kind}</span> : undefined}
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {finding.subject} <span className="text-quiet">{finding.message}</span>
            </span>
            <span className="text-quiet">
              <Ago at={finding.first_seen} />
            </span>
          </li>
        ))}
      </ul>
      {data.has_more ? <p className="text-quiet">The first {SHOWN} of more.</p> : undefined}
    </>
  );
}
