/** A call that works as it stands, once the key is set: for each offer that says how it is called. */
import { useState } from "react";
import type { Offer } from "../../../api/words.ts";
import { cheapestFirst } from "../../../parts/prices.ts";
import { offerName } from "../offer-name.ts";
import { LANGUAGES, type Language } from "./call.ts";
import { keyName, snippetsOf } from "./snippets.ts";

export function HowToCall({
  offers,
  chosen,
  onChosen,
}: {
  readonly offers: readonly Offer[];
  /** The id of an offer; of another or of none, the cheapest that can be called. */
  readonly chosen: string;
  onChosen(offer: string): void;
}) {
  const callable = offers.filter(({ call }) => call !== undefined).toSorted(cheapestFirst);
  const [language, setLanguage] = useState<Language>("curl");
  const [copied, setCopied] = useState("");
  const offer = callable.find(({ id }) => id === chosen) ?? callable.find(isCommon) ?? callable[0];
  if (offer?.call === undefined)
    return (
      <section aria-labelledby="call">
        <Title />
        <p className="text-quiet">No source says how to call it.</p>
      </section>
    );
  const { call, gateway } = offer;
  const key = keyName(gateway);
  const snippet = snippetsOf(call.protocol)?.[language](call, key);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      setCopied("");
    }
  };
  return (
    <section aria-labelledby="call">
      <Title />
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <select
          className="field max-w-full"
          aria-label="Offer"
          value={offer.id}
          onChange={({ target }) => onChosen(target.value)}
        >
          {callable.map((each) => (
            <option key={each.id} value={each.id}>
              {offerName(each, offers)}
            </option>
          ))}
        </select>
        {LANGUAGES.map((name) => (
          <button
            type="button"
            key={name}
            className="button aria-pressed:border-accent aria-pressed:bg-wash"
            aria-pressed={name === language}
            onClick={() => setLanguage(name)}
          >
            {name}
          </button>
        ))}
        {snippet === undefined ? undefined : (
          <button type="button" className="button" onClick={() => void copy(snippet)}>
            {copied === snippet ? "Copied" : "Copy"}
          </button>
        )}
      </div>
      {snippet === undefined ? undefined : (
        <pre
          className="card overflow-x-auto p-3 font-mono text-[12px]"
          tabIndex={0}
          role="region"
          aria-label={`${language} for ${offer.id}`}
        >
          {snippet}
        </pre>
      )}
      <p className="mt-2 text-[13px] break-words text-quiet">
        Base URL <code className="text-ink">{call.base_url}</code>, model{" "}
        <code className="text-ink">{call.model}</code>, protocol {call.protocol}; the key of {gateway} in{" "}
        <code className="text-ink">{key}</code>.
      </p>
    </section>
  );
}

/** What nearly every program speaks. */
function isCommon({ call }: Offer): boolean {
  return call?.protocol === "openai-chat";
}

function Title() {
  return (
    <h2 id="call" className="mb-2 text-[16px] font-semibold">
      How to call it
    </h2>
  );
}
