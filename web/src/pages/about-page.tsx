/** What this is, and its words. */
const WORDS = [
  ["source", "A list that is read: one list-models API, or one data package."],
  ["gateway", "The API that a caller calls and pays: openrouter, groq, huggingface."],
  ["provider", "Who runs the weights behind the gateway; “unstated” where the source does not say."],
  ["lab", "Who made the model."],
  ["offer", "One model as one provider serves it through one gateway, with its price, limits and status."],
  [
    "model",
    "The thing itself: the offers that are the same model. Each link says by which rule and evidence.",
  ],
  [
    "coverage",
    "What a reading proves: whole (absence proves removal), window (cut short) or partial (broke off).",
  ],
  [
    "held",
    "What waits for a second look before it is believed: many offers gone at once, or prices that jumped.",
  ],
  ["finding", "Something odd that a source said: kept and shown, never repaired in silence."],
  ["revision", "A number for what was published; everything on a page is of one revision."],
] as const;

const LOOKS = [
  ["–", "unknown: nobody states it. Unknown is not zero, and sorts last in both directions."],
  ["free", "somebody states that it costs nothing."],
  ["subscription", "paid for by the month, not by the token."],
  ["dynamic", "the price depends on what the gateway chooses."],
] as const;

export function AboutPage() {
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
          <div key={term} className="grid gap-x-4 border-t border-line py-1.5 sm:grid-cols-[120px_1fr]">
            <dt className="font-medium">{term}</dt>
            <dd className="text-quiet">{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
