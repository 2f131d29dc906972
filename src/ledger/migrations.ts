/** How the ledger's tables came to be, step by step. A released step is never edited; the next one is added below it. */
import type { ColumnTypes, Migration } from "../store/migrate.ts";
import { hubTables } from "./hub-tables.ts";
import { modelIdTables } from "./model-ids.ts";
import { recordingTables } from "./recordings.ts";
import { untoldTables } from "./untold.ts";
import { watchTables } from "./watches.ts";

export const MIGRATIONS: readonly Migration[] = [
  { name: "0001-initial", statements: initial },
  { name: "0002-volatile-samples", statements: volatileSamples },
  { name: "0003-source-shapes", statements: sourceShapes },
  { name: "0004-body-hashes", statements: bodyHashes },
  { name: "0005-whole-hub", statements: hubTables },
  { name: "0006-versions-by-end", statements: versionsByEnd },
  { name: "0007-recordings", statements: recordingTables },
  { name: "0008-model-ids", statements: modelIdTables },
  { name: "0009-stories", statements: stories },
  { name: "0010-watches", statements: watchTables },
  { name: "0011-imported-changes", statements: importedChanges },
  { name: "0012-corrections-by-time", statements: correctionsByTime },
];

function initial({ id, int, text, bytes, table, keyed }: ColumnTypes): readonly string[] {
  const key = `source ${text} not null, gateway ${text} not null, provider ${text} not null, native_id ${text} not null`;
  const span = `observed_from ${int} not null, observed_to ${int}, recorded_from ${int} not null, recorded_to ${int}, run_from ${int} not null, run_to ${int}`;
  const closedTogether = `check ((observed_to is null) = (recorded_to is null) and (observed_to is null) = (run_to is null))`;
  const causes = `('upstream', 'rules', 'override', 'correction', 'scope')`;
  return [
    `create table counter (name ${text} primary key, value ${int} not null) ${keyed}`,
    `insert into counter (name, value) values ('run', 0), ('content', 0), ('revision', 0)`,
    `create table lease (name ${text} primary key, holder ${text} not null, fence ${int} not null, expires_at ${int} not null) ${keyed}`,

    `create table run (id ${int} primary key, source ${text} not null, started_at ${int} not null, recorded_at ${int} not null,
      observed_at ${int}, applied ${int} not null check (applied in (0, 1)), report ${text} not null) ${table}`,
    `create index run_by_source on run (source, id)`,
    `create index run_by_sighting on run (source, observed_at, recorded_at) where applied = 1`,
    `create table source_state (source ${text} primary key, last_run_id ${int} not null, last_run_at ${int}, applied_run_id ${int},
      applied_observed_at ${int}, applied_recorded_at ${int}, applied_rows ${int}, ever_whole ${int} not null check (ever_whole in (0, 1)),
      fingerprint ${text}, not_before ${int}) ${keyed}`,
    `create table validator (source ${text} not null, view ${text} not null, etag ${text}, last_modified ${text},
      fingerprint ${text} not null, primary key (source, view)) ${keyed}`,

    `create table listing_version (id ${id}, ${key}, hash ${text} not null, ${span}, cause_from ${text} not null check (cause_from in ${causes}),
      cause_to ${text} check (cause_to in ${causes}), retracted_at ${int}, facts ${text} not null, ${closedTogether}) ${table}`,
    `create unique index listing_version_open on listing_version (gateway, provider, native_id, source)
      where observed_to is null and retracted_at is null`,
    `create index listing_version_open_by_source on listing_version (source) where observed_to is null and retracted_at is null`,
    `create index listing_version_by_key on listing_version (gateway, provider, native_id, source, observed_from, retracted_at)`,
    `create table absence (id ${id}, ${key}, ${span}, last_seen ${int} not null, ${closedTogether}) ${table}`,
    `create unique index absence_open on absence (source, gateway, provider, native_id) where observed_to is null`,
    `create index absence_by_key on absence (source, gateway, provider, native_id, observed_from)`,
    `create table hold (id ${id}, ${key}, ${span}, kind ${text} not null check (kind in ('removal', 'price')), facts ${text},
      how ${text} check (how in ('confirmed', 'accepted', 'withdrawn')), ${closedTogether}) ${table}`,
    `create unique index hold_open on hold (source, gateway, provider, native_id, kind) where observed_to is null`,
    `create index hold_by_run on hold (run_from)`,
    `create table volatile_facts (${key}, observed_at ${int} not null, recorded_at ${int} not null, facts ${text} not null,
      primary key (source, gateway, provider, native_id)) ${keyed}`,

    `create table finding (id ${id}, source ${text} not null, kind ${text} not null, subject ${text} not null, pointer ${text},
      message ${text} not null, first_seen ${int} not null, last_seen ${int} not null, last_run_id ${int} not null, runs ${int} not null,
      ended_at ${int}, unique (source, kind, subject)) ${table}`,
    `create table raw_body (hash ${text} primary key, bytes ${int} not null, stored_bytes ${int} not null, kept_at ${int} not null,
      body ${bytes} not null) ${table}`,
    `create index raw_body_by_age on raw_body (kept_at, hash, stored_bytes)`,
    `create table raw_page (run_id ${int} not null references run (id) deferrable initially deferred, position ${int} not null,
      url ${text} not null, hash ${text} not null references raw_body (hash) on delete cascade, primary key (run_id, position)) ${keyed}`,
    `create index raw_page_by_hash on raw_page (hash)`,

    `create table "override" (id ${id}, kind ${text} not null check (kind in ('pin', 'hide', 'alias')), target ${text} not null,
      value ${text} not null, created_at ${int} not null, ended_at ${int}) ${table}`,
    `create table revision (number ${int} primary key, hash ${text} not null, created_at ${int} not null, known_at ${int} not null,
      run_id ${int} not null, models ${int} not null, offers ${int} not null) ${table}`,
    `create table change (id ${id}, revision ${int} not null references revision (number), at ${int} not null, subject ${text} not null,
      subject_id ${text} not null, kind ${text} not null, cause ${text} not null check (cause in ${causes}), gateway ${text}, model ${text},
      topics ${text} not null, fields ${text} not null) ${table}`,
    `create index change_by_time on change (at, id)`,
    `create index change_by_gateway on change (gateway, id)`,
    `create index change_by_model on change (model, id)`,
  ];
}

/** The history of downloads, likes and speeds: what is known now becomes the first sample. */
function volatileSamples({ int, text, keyed }: ColumnTypes): readonly string[] {
  const key = "source, gateway, provider, native_id";
  return [
    `create table volatile_sample (source ${text} not null, gateway ${text} not null, provider ${text} not null, native_id ${text} not null,
      day ${int} not null, observed_at ${int} not null, recorded_at ${int} not null, facts ${text} not null, primary key (${key}, day)) ${keyed}`,
    `insert into volatile_sample (${key}, day, observed_at, recorded_at, facts)
      select ${key}, observed_at / 86400000, observed_at, recorded_at, facts from volatile_facts`,
  ];
}

/** The paths and types of each source's items, so that drift is noticed. */
function sourceShapes({ text, keyed }: ColumnTypes): readonly string[] {
  return [`create table source_shape (source ${text} primary key, shape ${text} not null) ${keyed}`];
}

/** Upstreams that state no validator send the same list again: its hash says so before it is read. */
function bodyHashes({ text }: ColumnTypes): readonly string[] {
  return [`alter table validator add column body_hash ${text}`];
}

/** What was replaced of late is looked for at every publish. */
function versionsByEnd(): readonly string[] {
  return [
    `create index listing_version_by_end on listing_version (source, observed_to) where observed_to is not null`,
  ];
}

/** Changes that follow each other closely are one story. */
function stories({ int }: ColumnTypes): readonly string[] {
  return [
    `alter table change add column story ${int}`,
    `create index change_by_subject on change (subject_id, id)`,
    `create index change_by_story on change (story, id) where story is not null`,
  ];
}

/** What an import tells of the past stands between what is there: changes are listed as they happened. */
function importedChanges(types: ColumnTypes): readonly string[] {
  return [
    `alter table change add column imported ${types.int} not null default 0`,
    `drop index change_by_gateway`,
    `drop index change_by_model`,
    `create index change_by_gateway on change (gateway, at, id)`,
    `create index change_by_model on change (model, at, id)`,
    ...untoldTables(types),
  ];
}

/** A correction of what is over belongs to no run and no revision: that something was known otherwise from then on is looked for here. */
function correctionsByTime(): readonly string[] {
  return [
    `create index listing_version_by_retraction on listing_version (retracted_at) where retracted_at is not null`,
    `create index listing_version_by_correction on listing_version (recorded_from) where cause_from = 'correction'`,
  ];
}
