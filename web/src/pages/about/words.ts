/** The words, as ARCHITECTURE.md has them: a test holds the two together. */
export const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  [
    "source",
    "an upstream list that we read: one list-models API, or one data package. A second list of the same company is a second source (cerebras public, cerebras-account with a key)",
  ],
  ["gateway", "the API that a caller calls and pays: openrouter, groq, huggingface"],
  ["provider", "who runs the weights behind the gateway; unstated where the source does not say"],
  ["lab", "who made the model; its id is its organisation on the Hugging Face Hub where it has one"],
  [
    "listing",
    "what one source said about one offer: facts, with the time at which the upstream said it (observed) and the time at which we wrote it down (recorded). Append-only",
  ],
  [
    "offer",
    "one model as one provider serves it through one gateway. Its key: gateway, provider, and the native id exactly as the gateway spells it",
  ],
  [
    "model",
    "the thing itself: the offers that are the same model. The link from an offer says its rule and its evidence",
  ],
  [
    "link",
    "the word from an offer to its model: the rule that made it and its evidence. Where no rule fits, or several models do, the offer is a model of its own, ~gateway/native id",
  ],
  [
    "alias",
    "a further id that leads to a model: another spelling, or an id that it once had. One that stands for another model tomorrow is a moving alias, and never a link",
  ],
  [
    "variant",
    "a model that is a dated, quantised, tuned or previewed edition of another, or the same in another quality: variant_of",
  ],
  ["snapshot", "what one source said in one run, with its coverage"],
  [
    "coverage",
    "what a run proves: whole (absence proves removal), window (the list is cut short: absence proves nothing), partial (the run broke off), with the evidence in words",
  ],
  ["run, report", "one attempt to read one source, and its account"],
  ["outcome", "how a run ended: complete, unchanged, partial, held, rejected, failed, skipped"],
  [
    "finding",
    "a rejected item, an unknown word, a duplicate, something held: data with a first and a last sighting",
  ],
  ["hold", "a removal or a price that waits for a confirmation"],
  [
    "change",
    "added, changed, removed, returned of an offer or a model, field by field, with topics and a cause",
  ],
  [
    "story",
    "the changes of one thing about one matter for one cause that follow each other closely: a price that flaps is one",
  ],
  ["revision", "a number minted by a publish whose content differs from the last one"],
  ["shelf", "what a reader reads: the catalog of one revision, and how fresh its sources are"],
  [
    "override",
    "what an operator decided: an offer or a model is hidden, a field of it is pinned, an id is a model's (alias). Applied last, touched by no sync",
  ],
  [
    "watch",
    "to whom changes are sent: a URL, what it wishes to be told, and its position in the log of changes",
  ],
  [
    "delivery",
    "one attempt to send one message to a watch; a message is the same, and has the same id, at every attempt",
  ],
];
