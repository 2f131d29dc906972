/** The pages before the first revision: what is being read, or what keeps it from being read. */
import { ReadingBar } from "../parts/reading.tsx";
import type { Progress } from "../state/progress.ts";

export function FirstReading({
  progress: { reading, sources_configured: configured },
}: {
  readonly progress: Progress;
}) {
  if (reading.length > 0)
    return (
      <section className="h-full overflow-y-auto" tabIndex={0} aria-labelledby="first-reading">
        <div className="mx-auto max-w-xl p-4 sm:p-8">
          <h1 id="first-reading" className="mb-2 text-[18px] font-semibold">
            The first reading
          </h1>
          <p className="mb-4 text-quiet">Nothing is published yet; the pages fill by themselves.</p>
          <ul aria-label="What is being read">
            {reading.map((each) => (
              <li key={each.source} className="grid grid-cols-[1fr_1fr] gap-4 border-t border-line py-1.5">
                <span className="min-w-0 break-words">reading {each.title}</span>
                <ReadingBar reading={each} />
              </li>
            ))}
          </ul>
        </div>
      </section>
    );
  return (
    <section className="mx-auto max-w-xl p-8">
      <h1 className="mb-2 text-[18px] font-semibold">Nothing was read yet</h1>
      <p className="text-quiet">
        {configured === 0
          ? "No source can be read: each lacks a setting, which the page on sources names. Set one, and start the server again."
          : "The server begins by itself, in a moment. Where it reads nothing, the page on sources says why; "}
        {configured === 0 ? undefined : (
          <>
            the command <code className="font-mono">modeldex sync</code> reads at once.
          </>
        )}{" "}
        <a className="link" href="/sources">
          Sources
        </a>
      </p>
    </section>
  );
}
