/** Questions to one catalog: which rows fit, in which order, and where a page of them ends. No network, no ledger. */
import type { Catalog } from "./catalog.ts";
import { NAME } from "./columns.ts";
import { constraintsOn, type Constraint } from "./constraints.ts";
import { NUMBER_FIELDS, type NumberName } from "./fields.ts";
import type { Sort } from "./parameters.ts";
import type { ModelQuery, OfferQuery, Query } from "./query.ts";
import {
  and,
  andAll,
  countOf,
  listOf,
  minus,
  noRows,
  or,
  slice,
  type RowSet,
  type Slice,
} from "./table/row-set.ts";
import type { Direction, Table, TextMatch } from "./table/table.ts";

/** What a question left over: a page can be cut from it, and it can be counted by facets. */
export interface Found {
  readonly table: Table;
  readonly rows: RowSet;
  readonly total: number;
  /** A slice of the rows in the order that was asked for. */
  page(part: Slice): Uint32Array;
  /** What would be left without the question's own word on this field. */
  without(name: string): Left;
}

/** Rows of the table that was asked, and for models the offers of theirs that fit, by which facets count. */
export interface Left {
  readonly rows: RowSet;
  offers?(): RowSet;
  /** Models that nobody offers, where they were asked for. */
  readonly unserved?: RowSet;
}

/** What a Hub model without offers counts as: it is there, and nobody serves it. */
export const HUB_GATEWAY = "huggingface";

export function findModels(catalog: Catalog, query: ModelQuery): Found {
  const { models, offering } = catalog;
  const text = query.q === undefined ? undefined : models.find(query.q);
  const served = servedModels(catalog);
  const { hub = "exclude" } = query;
  const unoffered = hub === "exclude" ? noRows(models.length) : minus(models.all, served);
  const base = hub === "only" ? unoffered : hub === "include" ? models.all : served;
  const ofModels = [
    ...constraintsOn(catalog, models, query, ["model"]),
    ...(text === undefined ? [] : [{ name: "q", rows: text.rows } as const]),
  ];
  const ofOffers = constraintsOn(catalog, catalog.offers, query, ["offer"]);

  const leftOf = (name?: string): Left => {
    const asked = ofOffers.filter((each) => each.name !== name);
    const fitting = andAll(models.length, [base, ...rowsBut(ofModels, name)]);
    if (asked.length === 0) {
      const unserved = and(fitting, unoffered);
      return { rows: fitting, offers: once(() => offering.children(fitting)), unserved };
    }
    const offers = andAll(catalog.offers.length, rowsBut(asked, undefined));
    const offered = and(fitting, offering.parents(offers));
    const unserved = isAtHubAlone(query, asked) ? and(fitting, unoffered) : noRows(models.length);
    const rows = countOf(unserved) === 0 ? offered : or(models.length, [offered, unserved]);
    return { rows, offers: once(() => and(offers, offering.children(offered))), unserved };
  };
  const left = leftOf();
  const { rows } = left;
  return {
    table: models,
    rows,
    total: countOf(rows),
    page: (part) => {
      const { sort = "relevance" } = query;
      if (!isNumber(sort) || NUMBER_FIELDS[sort].of === "model")
        return pageOf(models, text, query, rows, part);
      const fitting = andAll(catalog.offers.length, rowsBut(ofOffers, undefined));
      return offering.best(fitting, sort, bestOf(sort)).page(rows, directionOf(query), part);
    },
    without: (name) => (isConstrained([...ofModels, ...ofOffers], name) ? leftOf(name) : left),
  };
}

export function findOffers(catalog: Catalog, query: OfferQuery): Found {
  const { offers } = catalog;
  const text = query.q === undefined ? undefined : offers.find(query.q);
  const constraints = [
    ...constraintsOn(catalog, offers, query, ["model", "offer"]),
    ...(text === undefined ? [] : [{ name: "q", rows: text.rows } as const]),
  ];
  const ofModel = query.model === undefined ? offers.all : offersOfModel(catalog, query.model);
  const leftOf = (name?: string): Left => ({
    rows: andAll(offers.length, [ofModel, ...rowsBut(constraints, name)]),
  });
  const left = leftOf();
  const { rows } = left;
  return {
    table: offers,
    rows,
    total: countOf(rows),
    page: (part) => pageOf(offers, text, query, rows, part),
    without: (name) => (isConstrained(constraints, name) ? leftOf(name) : left),
  };
}

/** The row of a model, by any id that it has. */
export function modelRow({ models, aliases, naming }: Catalog, id: string): number | undefined {
  const row = models.rowOf(id);
  if (row !== undefined) return row;
  const alias = aliases.rowOf(id);
  return alias === undefined ? undefined : naming.parentOf(alias);
}

/** The rows of models that somebody offers. */
export function servedModels({ models }: Catalog): RowSet {
  return models.numbers("offers").between({ min: 1 });
}

/** Of an offer's number, which one stands for the model. */
export function bestOf(name: NumberName): "lowest" | "highest" {
  return NUMBER_FIELDS[name].unit === "usd" ? "lowest" : "highest";
}

function pageOf(
  table: Table,
  text: TextMatch | undefined,
  query: Query,
  rows: RowSet,
  part: Slice,
): Uint32Array {
  const { sort = "relevance" } = query;
  if (sort === "relevance") return text === undefined ? slice(rows, part) : text.page(rows, part);
  return table.numbers(sort === "name" ? NAME : sort).page(rows, directionOf(query), part);
}

function directionOf({ sort, order }: Query): Direction {
  const asked = order ?? (sort !== undefined && isNumber(sort) ? NUMBER_FIELDS[sort].order : "asc");
  return asked === "asc" ? "up" : "down";
}

function isNumber(sort: Sort): sort is NumberName {
  return Object.hasOwn(NUMBER_FIELDS, sort);
}

/** Facets that have no filter of their own count the same rows. */
function isConstrained(constraints: readonly Constraint[], name: string): boolean {
  return constraints.some((each) => each.name === name);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function rowsBut(constraints: readonly Constraint[], name: string | undefined): readonly RowSet[] {
  return constraints.filter((each) => each.name !== name).map(({ rows }) => rows);
}

/** A model without offers has nothing that a filter about offers could hold on, but that it is at Hugging Face. */
function isAtHubAlone({ gateway }: ModelQuery, asked: readonly Constraint[]): boolean {
  if (gateway === undefined || asked.some(({ name }) => name !== "gateway")) return false;
  const isAsked = gateway.any.length === 0 || gateway.any.includes(HUB_GATEWAY);
  return isAsked && !gateway.none.includes(HUB_GATEWAY);
}

function offersOfModel(catalog: Catalog, id: string): RowSet {
  const row = modelRow(catalog, id);
  if (row === undefined) return noRows(catalog.offers.length);
  return catalog.offering.children(listOf(catalog.models.length, Uint32Array.of(row)));
}
