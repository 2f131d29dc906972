/** What this is, and its words. */
import { useEffect } from "react";
import { WORDS } from "./words.ts";

const LOOKS = [
  ["–", "unknown: nobody states it. Unknown is not zero, and sorts last in both directions."],
  ["free", "somebody states that it costs nothing."],
  ["subscription", "paid for by the month, not by the token."],
  ["dynamic", "the price depends on what the gateway chooses."],
] as const;

export function AboutPage() {
  useEffect(() => {
    document.title = "About · modeldex";
  }, []);
  return (
    <article className="mx-auto h-full max-w-3xl overflow-y-auto p-6">
      <h1 className="mb-3 text-[20px] font-semibold">About modeldex</h1>
      <p className="mb-3">
        modeldex reads the list-models APIs of gateways and providers, remembers what each said and when,
        works out which offers are the same model, and answers from memory. Every value can say who stated it
        and when it was last seen.
      </p>
      <p className="mb-6">
        Everything on these pages comes from the{" "}
        <a className="link" href="/docs">
          HTTP API
        </a>
        ; the address of the table asks it with the same names.
      </p>
      <Terms title="The words" terms={WORDS} />
      <Terms title="How prices are shown" terms={LOOKS} />
    </article>
  );
}

function Terms({
  title,
  terms,
}: {
  readonly title: string;
  readonly terms: readonly (readonly [term: string, meaning: string])[];
}) {
  return (
    <section className="mb-6">
      <h2 className="mb-2 text-[16px] font-semibold">{title}</h2>
      <dl>
        {terms.map(([term, meaning]) => (
          <div key={term} className="grid gap-x-4 border-t border-line py-1.5 sm:grid-cols-[140px_1fr]">
            <dt className="font-medium" id={anchorOf(term)}>
              {term}
            </dt>
            <dd className="text-quiet">{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `#coverage` leads to the word. */
function anchorOf(term: string): string {
  return term.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}
