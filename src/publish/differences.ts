/** What one catalog says otherwise than another, as it is asked for: filtered, and a page of it. Pure. */
import type { Catalog } from "../catalog/catalog.ts";
import type { Difference, DifferenceQuery, Differences } from "../domain/difference.ts";
import { changesBetween } from "./changes.ts";

/** In one order that never varies: offers by what is there after, then what is gone, then models alike. */
export function differencesOf(before: Catalog, after: Catalog, query: DifferenceQuery): Differences {
  const fitting = changesBetween(before, after, () => undefined).filter((each) => fits(each, query));
  const { from, limit } = query;
  return { page: fitting.slice(from, from + limit), total: fitting.length };
}

function fits(each: Difference, { subject, gateways, lab, models, kinds, topics }: DifferenceQuery): boolean {
  return (
    (subject === undefined || each.subject === subject) &&
    (gateways === undefined || (each.gateway !== undefined && gateways.includes(each.gateway))) &&
    (lab === undefined || (each.model?.startsWith(`${lab}/`) ?? false)) &&
    (models === undefined || (each.model !== undefined && models.includes(each.model))) &&
    (kinds === undefined || kinds.includes(each.kind)) &&
    (topics === undefined || each.topics.some((topic) => topics.includes(topic)))
  );
}
