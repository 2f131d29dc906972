/** A catalog as plain texts, for comparing one with another. */
import type { Catalog } from "../../src/catalog/catalog.ts";
import type { Table } from "../../src/catalog/table/table.ts";

export function contentsOf(catalog: Catalog) {
  const { models, offers, aliases, naming, offering } = catalog;
  return {
    models: documentsOf(models),
    offers: documentsOf(offers),
    models_of_offers: rowsOf(offers).map((row) => models.idAt(offering.parentOf(row))),
    aliases: rowsOf(aliases).map((row) => [aliases.idAt(row), models.idAt(naming.parentOf(row))]),
    prices: catalog.prices,
    hash: catalog.hash,
    mark: catalog.mark,
  };
}

/** All documents as one text. */
export function textOf({ models, offers }: Pick<Catalog, "models" | "offers">): string {
  return [...documentsOf(models), ...documentsOf(offers)].join("\n");
}

function documentsOf(table: Table): readonly string[] {
  return rowsOf(table).map((row) => Buffer.from(table.documentAt(row)).toString());
}

function rowsOf({ length }: Table): readonly number[] {
  return Array.from({ length }, (_, row) => row);
}
