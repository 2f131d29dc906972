/** What is known of a model as such, each fact with who says so. */
import type { ReactNode } from "react";
import type { Model } from "../../api/words.ts";
import { Ago } from "../../parts/ago.tsx";
import { countText, shortCount, tokensText } from "../../parts/figures.ts";
import { Sourced } from "./sourced.tsx";

interface Fact {
  readonly title: string;
  readonly shown: ReactNode;
  /** The document's field; absent where the fact is counted here, and nobody's word. */
  readonly field?: string;
}

export function Facts({ model }: { readonly model: Model }) {
  const facts = factsOf(model).filter(({ shown }) => shown !== undefined && shown !== "");
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="mb-2 text-[16px] font-semibold">
        Facts
      </h2>
      <dl className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {facts.map(({ title, shown, field }) => (
          <div key={title} className="flex gap-3 border-t border-line py-1">
            <dt className="w-32 shrink-0 text-quiet">{title}</dt>
            <dd className="min-w-0 break-words">
              {field === undefined ? (
                shown
              ) : (
                <Sourced field={field} title={title}>
                  {shown}
                </Sourced>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(model: Model): readonly Fact[] {
  const hub = model.huggingface_metrics;
  const ofHub = "huggingface_metrics";
  return [
    { title: "Lab", shown: model.owned_by === "unknown" ? undefined : model.owned_by, field: "owned_by" },
    { title: "Task", shown: model.task, field: "task" },
    { title: "Takes in", shown: model.input_modalities?.join(", "), field: "input_modalities" },
    { title: "Gives out", shown: model.output_modalities?.join(", "), field: "output_modalities" },
    { title: "Context", shown: tokens(model.context_tokens), field: "context_tokens" },
    { title: "Output at most", shown: tokens(model.output_tokens_max), field: "output_tokens_max" },
    { title: "Can do", shown: abilities(model, true), field: "capabilities" },
    { title: "Cannot do", shown: abilities(model, false), field: "capabilities" },
    { title: "Parameters", shown: inShort(model.parameters), field: "parameters" },
    { title: "License", shown: model.license, field: "license" },
    { title: "Open weights", shown: flag(model.open_weights), field: "open_weights" },
    { title: "Knowledge until", shown: model.knowledge_cutoff, field: "knowledge_cutoff" },
    { title: "Paid for", shown: model.billings?.join(", ") },
    { title: "Downloads in a month", shown: inShort(hub?.downloads) },
    { title: "Likes", shown: inShort(hub?.likes) },
    { title: "Gated", shown: gated(hub?.gated), field: ofHub },
    { title: "Library", shown: hub?.library_name, field: ofHub },
    {
      title: "Created",
      shown: model.created === undefined ? undefined : <Day ms={model.created * 1_000} />,
      field: "created",
    },
    {
      title: "Last change",
      shown: model.updated_at === undefined ? undefined : <Ago at={model.updated_at} />,
    },
    {
      title: "At Hugging Face",
      shown: model.hugging_face_id === undefined ? undefined : <HubLink id={model.hugging_face_id} />,
      field: "hugging_face_id",
    },
  ];
}

function HubLink({ id }: { readonly id: string }) {
  return (
    <a className="link break-all" href={`https://huggingface.co/${encodeURI(id)}`} rel="noreferrer">
      {id}
    </a>
  );
}

/** The day, and how long ago that is. */
function Day({ ms }: { readonly ms: number }) {
  const at = new Date(ms).toISOString();
  return (
    <>
      {at.slice(0, 10)}{" "}
      <span className="text-quiet">
        (<Ago at={at} />)
      </span>
    </>
  );
}

function tokens(count: number | undefined): ReactNode {
  return count === undefined ? undefined : <span title={tokensText(count)}>{countText(count)} tokens</span>;
}

function inShort(value: number | undefined): ReactNode {
  return value === undefined ? undefined : <span title={countText(value)}>{shortCount(value)}</span>;
}

/** What is stated to be impossible is said too; what nobody states is not. */
function abilities({ capabilities }: Model, wanted: boolean): string {
  return Object.entries(capabilities ?? {})
    .flatMap(([name, can]) => (can === wanted ? [name.replaceAll("_", " ")] : []))
    .join(", ");
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}

/** Who grants access, where one must ask for it. */
function gated(value: boolean | string | undefined): string | undefined {
  if (typeof value !== "string") return flag(value);
  return value === "manual" ? "yes, granted by hand" : `yes, granted ${value === "auto" ? "at once" : value}`;
}
