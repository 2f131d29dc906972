/** What is next to a model: the one it is a variant of, its own variants, its other ids, and what stands for it for now. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { modelPath } from "../../api/ask.ts";
import type { Model } from "../../api/words.ts";
import { usdText } from "../../parts/figures.ts";
import { useKin } from "./use-model.ts";

export function Kin({ model }: { readonly model: Model }) {
  const variants = useKin(model.id, "variant_of").data?.data ?? [];
  const pointing = useKin(model.id, "points_to").data?.data ?? [];
  const aliases = model.aliases ?? [];
  const targets = [...new Set(model.offers?.flatMap(({ link }) => link.points_to ?? []))];
  const candidates = [...new Set(model.offers?.flatMap(({ link }) => link.candidates ?? []))];
  const parts: readonly (readonly [string, string, ReactNode])[] = [
    [
      "Variant of",
      "",
      model.variant_of === undefined ? undefined : (
        <List>
          <ModelLink id={model.variant_of} />
        </List>
      ),
    ],
    [
      `Variants (${variants.length})`,
      "Dated, quantised, tuned or previewed editions, and the same in another quality.",
      variants.length === 0 ? undefined : (
        <List>
          {variants.map((variant) => (
            <ModelLink key={variant.id} id={variant.id} after={cheapest(variant)} />
          ))}
        </List>
      ),
    ],
    [
      "Stands for now",
      "A moving alias: what it calls may be another model tomorrow.",
      targets.length === 0 ? undefined : (
        <List>
          {targets.map((id) => (
            <ModelLink key={id} id={id} />
          ))}
        </List>
      ),
    ],
    [
      `Moving aliases (${pointing.length})`,
      "They call this model today, and may call another one tomorrow.",
      pointing.length === 0 ? undefined : (
        <List>
          {pointing.map(({ id }) => (
            <ModelLink key={id} id={id} />
          ))}
        </List>
      ),
    ],
    [
      "May be",
      "The evidence does not say which.",
      candidates.length === 0 ? undefined : (
        <List>
          {candidates.map((id) => (
            <ModelLink key={id} id={id} />
          ))}
        </List>
      ),
    ],
    [
      `Also known as (${aliases.length})`,
      "Other spellings, and ids that it once had: each leads here.",
      aliases.length === 0 ? undefined : (
        <List>
          {aliases.map((alias) => (
            <li key={alias} className="font-mono text-[13px] break-all">
              {alias}
            </li>
          ))}
        </List>
      ),
    ],
  ];
  const shown = parts.filter(([, , list]) => list !== undefined);
  if (shown.length === 0) return;
  return (
    <section aria-labelledby="kin">
      <h2 id="kin" className="mb-2 text-[16px] font-semibold">
        Variants and other names
      </h2>
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map(([title, says, list]) => (
          <div key={title} className="border-t border-line pt-1">
            <h3 className="text-quiet" title={says}>
              {title}
            </h3>
            {list}
          </div>
        ))}
      </div>
    </section>
  );
}

function List({ children }: { readonly children: ReactNode }) {
  return (
    <ul className="max-h-48 overflow-y-auto" tabIndex={0}>
      {children}
    </ul>
  );
}

function ModelLink({ id, after }: { readonly id: string; readonly after?: string | undefined }) {
  return (
    <li>
      <Link href={`/models/${modelPath(id)}`} className="link break-all">
        {id}
      </Link>
      {after === undefined ? undefined : <span className="ml-2 text-[13px] text-quiet">{after}</span>}
    </li>
  );
}

function cheapest({ cheapest: price }: Model): string | undefined {
  if (price === undefined) return undefined;
  return price.input_per_million === "0" ? "free" : `from ${usdText(price.input_per_million)}`;
}
