/** What stands over every page when something is not as it should be: nobody answers, or nothing was read for long. */
import { Ago } from "../parts/ago.tsx";
import { useKeptAt } from "../state/contact.ts";
import type { Standing } from "../state/progress.ts";

export function Notices({ standing: { progress, isAway } }: { readonly standing: Standing }) {
  const keptAt = useKeptAt();
  return (
    <div role="status">
      {isAway || keptAt !== undefined ? (
        <p className="border-b border-warn/50 bg-raised px-3 py-1.5 text-warn">
          <strong>Offline{keptAt === undefined ? "" : ", as of "}</strong>
          {keptAt === undefined ? undefined : <Moment at={keptAt} />}
          <strong>:</strong> the server does not answer.{" "}
          {keptAt === undefined
            ? "What was loaded before is still shown; it is asked again every few seconds."
            : "These are its last answers; it is asked again every few seconds."}
        </p>
      ) : undefined}
      {!isAway && keptAt === undefined && progress?.stale === true && progress.observed_at !== undefined ? (
        <p className="border-b border-warn/50 bg-raised px-3 py-1.5 text-warn">
          Old: no source was read since <Moment at={progress.observed_at} />. The page on{" "}
          <a className="link" href="/sources">
            sources
          </a>{" "}
          says why.
        </p>
      ) : undefined}
    </div>
  );
}

function Moment({ at }: { readonly at: string }) {
  const text = new Date(at).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <strong>{text}</strong> (<Ago at={at} />)
    </>
  );
}
