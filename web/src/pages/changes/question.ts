/** What the address of the changes page asks of the API. */
import { withParameters } from "../../api/ask.ts";
import type { Address } from "../../state/address.ts";

export type Question = { readonly [name: string]: string };

export const FILTERS = [
  { name: "gateway", title: "Gateway" },
  { name: "lab", title: "Lab" },
] as const;

const NONE = { kind: undefined, topic: undefined, since: undefined, subject: undefined };

export const VIEWS = [
  { name: "all", title: "All", sets: NONE },
  { name: "new", title: "New this week", sets: { ...NONE, kind: "added", since: "7d" } },
  { name: "gone", title: "Gone", sets: { ...NONE, kind: "removed" } },
  { name: "price", title: "Prices", sets: { ...NONE, topic: "price", kind: "changed" } },
  { name: "lifecycle", title: "About to end", sets: { ...NONE, topic: "lifecycle" } },
] as const;

/** The view whose parameters these are. */
export function viewOf(address: Address): string | undefined {
  const names = ["kind", "topic", "since"] as const;
  return VIEWS.find(({ sets }) => {
    const wanted: { readonly [name: string]: string | undefined } = sets;
    return names.every((name) => (wanted[name] ?? "") === address.get(name));
  })?.name;
}

export function questionOf(address: Address): Question {
  return Object.fromEntries(
    ["kind", "topic", "since", "gateway", "lab", "model"].flatMap((name) => {
      const value = address.get(name);
      return value === "" ? [] : [[name, value] as const];
    }),
  );
}

/** The same question as a feed; a feed has no beginning in time. */
export function feedPath(form: "atom" | "json", question: Question): string {
  return withParameters(`/v1/feed.${form}`, { ...question, since: undefined });
}
