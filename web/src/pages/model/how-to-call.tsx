/** A call that works as it stands, once the key is set: for each offer that says how it is called. */
import { useState } from "react";
import type { Offer } from "../../api/words.ts";
import { SNIPPETS } from "./snippets.ts";

export function HowToCall({ offers }: { readonly offers: readonly Offer[] }) {
  const callable = offers.filter(({ call }) => call?.protocol === "openai-chat");
  const [chosen, setChosen] = useState("");
  const [language, setLanguage] = useState<keyof typeof SNIPPETS>("curl");
  const [copied, setCopied] = useState("");
  const offer = callable.find(({ id }) => id === chosen) ?? callable[0];
  if (offer?.call === undefined) return;
  const snippet = SNIPPETS[language](offer.call, offer.gateway);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(snippet);
      setCopied(snippet);
    } catch {
      setCopied("");
    }
  };
  return (
    <section aria-labelledby="call">
      <h2 id="call" className="mb-2 text-[16px] font-semibold">
        How to call it
      </h2>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <select
          className="field max-w-full"
          aria-label="Offer"
          value={offer.id}
          onChange={({ target }) => setChosen(target.value)}
        >
          {callable.map(({ id, gateway, provider }) => (
            <option key={id} value={id}>
              {provider === "unstated" ? gateway : `${gateway} · ${provider}`}
            </option>
          ))}
        </select>
        {Object.keys(SNIPPETS).map((name) => (
          <button
            type="button"
            key={name}
            className="button aria-pressed:border-accent aria-pressed:bg-wash"
            aria-pressed={name === language}
            // The keys of a table of our own.
            onClick={() => setLanguage(name as keyof typeof SNIPPETS)}
          >
            {name}
          </button>
        ))}
        <button type="button" className="button" onClick={() => void copy()}>
          {copied === snippet ? "Copied" : "Copy"}
        </button>
      </div>
      <pre className="card overflow-x-auto p-3 font-mono text-[12px]" tabIndex={0}>
        {snippet}
      </pre>
    </section>
  );
}
