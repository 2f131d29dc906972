/** The same questions in SQL, on SQLite with fitting indexes and full text by trigrams, and in a search library. */
import Database from "better-sqlite3";
import MiniSearch from "minisearch";
import { fold, wordsOf } from "../src/catalog/table/fold.ts";
import { MODELS, OFFERS, rowOf, type Row } from "./index-rows.ts";
import { FACET_VALUES, type Filter, type Question, type Reply } from "./index-questions.ts";

type Answerer = (question: Question) => Reply;
/** Shorter words are no trigram: they are looked for in every row. */
const TRIGRAM = 3;

export function askSqlite(models: number): Answerer {
  const database = new Database(":memory:");
  const one = (spec: typeof MODELS) =>
    Object.keys(spec.words).filter((column) => spec.words[column] === "one");
  const many = (spec: typeof MODELS) =>
    Object.keys(spec.words).filter((column) => spec.words[column] === "many");
  for (const spec of [MODELS, OFFERS]) {
    const columns = [...one(spec), ...spec.numbers];
    const own = spec === MODELS ? "name, text" : "model";
    database.exec(
      `create table ${spec.name} (row integer primary key, id text, ${own}, ${columns.join(", ")})`,
    );
    for (const column of many(spec))
      database.exec(
        `create table ${spec.name}_${column} (value text, row integer, primary key (value, row)) without rowid`,
      );
  }
  database.exec("create virtual table words using fts5(text, content='', tokenize='trigram', detail='full')");
  const insert = (
    spec: typeof MODELS,
    row: Pick<Row, "words" | "numbers"> & { readonly id: string },
    number: number,
    own: readonly unknown[],
  ) => {
    const values = [
      ...one(spec).map((column) => row.words[column] ?? null),
      ...spec.numbers.map((column) => row.numbers[column] ?? null),
    ];
    const all = [number, row.id, ...own, ...values];
    database.prepare(`insert into ${spec.name} values (${all.map(() => "?").join(", ")})`).run(...all);
    for (const column of many(spec))
      for (const value of row.words[column] ?? [])
        database.prepare(`insert or ignore into ${spec.name}_${column} values (?, ?)`).run(value, number);
  };
  database.exec("begin");
  let offers = 0;
  for (let number = 0; number < models; number += 1) {
    const row = rowOf(number, models);
    const text = [row.id, ...row.texts].flatMap((each) => wordsOf(fold(each))).join(" ");
    insert(MODELS, row, number, [fold(row.strings?.["name"] ?? ""), text]);
    database.prepare("insert into words (rowid, text) values (?, ?)").run(number, text);
    for (const offer of row.offers) {
      insert(OFFERS, offer, offers, [number]);
      offers += 1;
    }
  }
  database.exec("commit");
  for (const spec of [MODELS, OFFERS]) {
    for (const column of one(spec))
      database.exec(
        `create index ${spec.name}_by_${column} on ${spec.name} (${column}, ${spec === MODELS ? "downloads desc" : "model"})`,
      );
    for (const column of spec.numbers)
      database.exec(`create index ${spec.name}_by_${column} on ${spec.name} (${column} desc, id)`);
  }
  database.exec(
    "create index models_by_default on models (downloads desc, offers desc, id); create index models_by_name on models (name, id); create index offers_by_model on offers (model)",
  );
  database.exec("analyze");
  return (question) => inSql(database, question);
}

function inSql(database: Database.Database, question: Question): Reply {
  const values: unknown[] = [];
  const where = conditions(MODELS, question, values);
  for (const word of wordsOf(fold(question.text ?? ""))) {
    if (word.length < TRIGRAM) {
      where.push("text like ?");
      values.push(`%${word}%`);
    } else {
      where.push("row in (select rowid from words where words match ?)");
      values.push(`"${word}"`);
    }
  }
  if (question.offer !== undefined) {
    const its = conditions(OFFERS, question.offer, values);
    where.push(`row in (select model from offers where ${its.join(" and ")})`);
  }
  const filter = where.length === 0 ? "" : `where ${where.join(" and ")}`;
  const { sort } = question;
  const best =
    sort?.ofOffer === true
      ? `(select min(${sort.column}) from offers where model = models.row)`
      : sort?.column;
  const order =
    best === undefined
      ? "downloads desc, offers desc, id"
      : `${best} ${sort?.direction === "up" ? "asc nulls last" : "desc"}, id`;
  const page = database
    .prepare<unknown[], { id: string }>(`select id from models ${filter} order by ${order} limit ? offset ?`)
    .all(...values, question.limit, question.offset);
  const total =
    database
      .prepare<unknown[], { total: number }>(`select count(*) total from models ${filter}`)
      .get(...values)?.total ?? 0;
  const facets = (question.facets ?? []).map((column) => {
    const isMany = MODELS.words[column] === "many";
    const from = isMany
      ? `select value, count(*) count from models_${column} where row in (select row from models ${filter}) group by value`
      : `select ${column} value, count(*) count from models ${filter} ${filter === "" ? "where" : "and"} ${column} is not null group by ${column}`;
    return database
      .prepare<unknown[], { value: string; count: number }>(
        `${from} order by count desc, value limit ${FACET_VALUES}`,
      )
      .all(...values);
  });
  const { histogram } = question;
  const parts = (histogram?.edges ?? []).map((edge) => `sum(${histogram?.column} >= ${edge})`);
  if (parts.length > 0) database.prepare(`select ${parts.join(", ")} from models ${filter}`).all(...values);
  return { total, ids: page.map(({ id }) => id), facets, histogram: [] };
}

function conditions(
  spec: typeof MODELS,
  { any = {}, all = {}, none = {}, range = {} }: Filter,
  values: unknown[],
): string[] {
  const where: string[] = [];
  const has = (column: string, asked: readonly string[]) => {
    values.push(...asked);
    const marks = asked.map(() => "?").join(", ");
    return spec.words[column] === "many"
      ? `${spec.name}.row in (select row from ${spec.name}_${column} where value in (${marks}))`
      : `${column} in (${marks})`;
  };
  for (const [column, asked] of Object.entries(any)) where.push(has(column, asked));
  for (const [column, asked] of Object.entries(all))
    for (const value of asked) where.push(has(column, [value]));
  for (const [column, asked] of Object.entries(none)) where.push(`not ${has(column, asked)}`);
  for (const [column, { min, max }] of Object.entries(range)) {
    if (min !== undefined) where.push(`${column} >= ${min}`);
    if (max !== undefined) where.push(`${column} <= ${max}`);
  }
  return where;
}

/** It knows words and prefixes, no fragments; orders and facets are made of its results by hand, as its users do. */
export function askMiniSearch(models: number): Answerer {
  const rows = Array.from({ length: models }, (_, number) => rowOf(number, models));
  const search = new MiniSearch<{ row: number; id: string; texts: string }>({
    idField: "row",
    fields: ["id", "texts"],
    tokenize: (text) => [...wordsOf(fold(text))],
    processTerm: (term) => term,
  });
  search.addAll(rows.map(({ id, texts }, row) => ({ row, id, texts: texts.join(" ") })));
  const has = (row: Pick<Row, "words">, column: string, value: string) => {
    const its = row.words[column];
    return typeof its === "string" ? its === value : (its?.includes(value) ?? false);
  };
  const isAsked = (
    row: Pick<Row, "words" | "numbers">,
    { any = {}, all = {}, none = {}, range = {} }: Filter,
  ): boolean =>
    Object.entries(any).every(([column, asked]) => asked.some((value) => has(row, column, value))) &&
    Object.entries(all).every(([column, asked]) => asked.every((value) => has(row, column, value))) &&
    Object.entries(none).every(([column, asked]) => !asked.some((value) => has(row, column, value))) &&
    Object.entries(range).every(
      ([column, { min = -Infinity, max = Infinity }]) =>
        (row.numbers[column] ?? Number.NaN) >= min && (row.numbers[column] ?? Number.NaN) <= max,
    );
  return (question) => {
    const results = search.search(question.text ?? MiniSearch.wildcard, {
      prefix: true,
      combineWith: "AND",
      filter: ({ id }) => {
        const row = rows[Number(id)];
        return (
          row !== undefined &&
          isAsked(row, question) &&
          (question.offer === undefined || row.offers.some((offer) => isAsked(offer, question.offer ?? {})))
        );
      },
    });
    const found = results.flatMap(({ id }) => rows[Number(id)] ?? []);
    const column = question.sort?.column ?? "downloads";
    const sign = question.sort?.direction === "up" ? 1 : -1;
    if (question.sort !== undefined || question.text === undefined)
      found.sort(
        (a, b) => ((a.numbers[column] ?? -1) - (b.numbers[column] ?? -1)) * sign || (a.id < b.id ? -1 : 1),
      );
    const facets = (question.facets ?? []).map((each) =>
      [
        ...Map.groupBy(
          found.flatMap((row) => row.words[each] ?? []),
          (value) => value,
        ),
      ]
        .map(([value, its]) => ({ value, count: its.length }))
        .toSorted((a, b) => b.count - a.count)
        .slice(0, FACET_VALUES),
    );
    const ids = found.slice(question.offset, question.offset + question.limit).map(({ id }) => id);
    return { total: found.length, ids, facets, histogram: [] };
  };
}
