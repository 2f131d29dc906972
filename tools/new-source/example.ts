/** The fixture that a new source starts with: one invented item, as the skeleton reads it. */
import { PAGINGS } from "./paging-word.ts";
import type { Plan } from "./plan.ts";
import { wireAmount } from "./price-unit.ts";

const CREATED = Date.UTC(2026, 0, 1) / 1_000;

export function exampleBody({ items, paging, price }: Plan): string {
  const list = [
    {
      id: "heron-lab/heron-1",
      created: CREATED,
      name: "Heron 1",
      context_length: 131_072,
      pricing: { input: wireAmount(price, 0.15), output: wireAmount(price, 0.6) },
    },
  ];
  const body = items === "" ? list : { ...nested(items.split("."), list), ...PAGINGS[paging].lastPage };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** `result.items` → `{ result: { items: […] } }` */
function nested([step = "", ...steps]: readonly string[], list: readonly object[]): object {
  return { [step]: steps.length === 0 ? list : nested(steps, list) };
}
