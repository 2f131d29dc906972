/** What is known of a model as such. */
import type { ReactNode } from "react";
import type { Model } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { countText, tokensText } from "../../parts/figures.ts";

export function Facts({ model }: { readonly model: Model }) {
  const hub = model.huggingface_metrics;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["Lab", model.owned_by === "unknown" ? undefined : model.owned_by],
    ["Task", model.task],
    ["Takes in", model.input_modalities?.join(", ")],
    ["Gives out", model.output_modalities?.join(", ")],
    ["Context", tokens(model.context_tokens)],
    ["Output at most", tokens(model.output_tokens_max)],
    ["Can do", abilities(model)],
    ["Parameters", model.parameters === undefined ? undefined : countText(model.parameters)],
    ["License", model.license],
    ["Open weights", flag(model.open_weights)],
    ["Knowledge until", model.knowledge_cutoff],
    ["Variant of", model.variant_of],
    ["Also known as", model.aliases?.join(", ")],
    ["Downloads in a month", hub?.downloads === undefined ? undefined : countText(hub.downloads)],
    ["Likes", hub?.likes === undefined ? undefined : countText(hub.likes)],
    ["Gated", hub?.gated === undefined ? undefined : String(hub.gated)],
    ["Created", <Ago key="created" at={new Date(model.created * 1_000).toISOString()} />],
    ["Last change", <Ago key="changed" at={model.updated_at} />],
    [
      "At Hugging Face",
      model.hugging_face_id === undefined ? undefined : <HubLink id={model.hugging_face_id} />,
    ],
  ];
  return (
    <section aria-label="Facts">
      <dl className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {facts
          .filter(([, fact]) => fact !== undefined && fact !== "")
          .map(([name, fact]) => (
            <div key={name} className="flex gap-3 border-t border-line py-1">
              <dt className="w-32 shrink-0 text-quiet">{name}</dt>
              <dd className="min-w-0 break-words">{fact}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function HubLink({ id }: { readonly id: string }) {
  return (
    <a className="link break-all" href={`https://huggingface.co/${encodeURI(id)}`} rel="noreferrer">
      {id}
    </a>
  );
}

function tokens(count: number | undefined): ReactNode {
  return count === undefined ? undefined : <span title={tokensText(count)}>{countText(count)} tokens</span>;
}

/** What is stated to be impossible is said too; what nobody states is not. */
function abilities({ capabilities }: Model): string | undefined {
  const stated = Object.entries(capabilities ?? {}).map(
    ([name, can]) => `${can ? "" : "no "}${name.replaceAll("_", " ")}`,
  );
  return stated.length === 0 ? undefined : stated.join(", ");
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
