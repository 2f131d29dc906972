/** Who says so: the word that stands, since when, who agrees, and every word that says something else. */
import { Ago } from "../../parts/ago.tsx";
import { valueText } from "./value-text.ts";
import type { Explained, Word } from "./use-model.ts";

const OTHERS_SHOWN = 6;

export function Said({
  said,
  field,
  isPinned,
}: {
  readonly said: Explained | undefined;
  readonly field: string;
  readonly isPinned: boolean;
}) {
  if (said === undefined)
    return (
      <span className="text-quiet">
        {isPinned
          ? "The operator of this server decided it."
          : "No source says so itself: it is worked out from its offers."}
      </span>
    );
  const { source, observed_at: observed, since, others, agreeing, rule } = said;
  return (
    <>
      {isPinned ? (
        <span className="mb-1 block text-warn">The operator of this server decided it. The sources say:</span>
      ) : undefined}
      <span className="block font-medium break-words">{valueText(field, said.value)}</span>
      {source === undefined ? undefined : (
        <span className="block">
          says <b>{source}</b>
          <Of word={said} />
          {observed === undefined ? undefined : <Ago at={observed} before=", read " />}
          {since === undefined || since === observed ? undefined : <Ago at={since} before="; so since " />}
          {said.kept === true ? "; not said any more, and kept for a while" : ""}
        </span>
      )}
      {agreeing > 0 ? <span className="block text-quiet">{agreeing} more say the same.</span> : undefined}
      {others.length > 0 ? (
        <span className="mt-2 block">
          <span className="block font-medium text-warn">
            {others.length === 1 ? "One says" : `${others.length} say`} something else:
          </span>
          {others.slice(0, OTHERS_SHOWN).map((word, index) => (
            // The order is the server's, and the list never changes while it is open.
            <span key={index} className="block border-t border-line py-1 break-words">
              {valueText(field, word.value)}{" "}
              <span className="text-quiet">
                {word.source}
                <Of word={word} />
                {word.observed_at === undefined ? undefined : <Ago at={word.observed_at} before=", " />}
              </span>
            </span>
          ))}
          {others.length > OTHERS_SHOWN ? (
            <span className="block text-quiet">and {others.length - OTHERS_SHOWN} more</span>
          ) : undefined}
        </span>
      ) : undefined}
      <span className="mt-2 block text-[12px] text-quiet">Whose word counts: {rule}</span>
    </>
  );
}

function Of({ word: { offer } }: { readonly word: Word }) {
  return offer === undefined ? undefined : <span className="text-quiet"> of {offer}</span>;
}
