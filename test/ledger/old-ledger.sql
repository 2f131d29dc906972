-- A ledger as the first version of its tables left it: two runs of one source, a hold, a finding, an override, a revision.
-- Tests load it and open it with today's program. It is never made again: its age is its use.

CREATE TABLE migration (number integer primary key, name text not null, hash text not null, applied_at integer not null);
insert into "migration" ("number", "name", "hash", "applied_at") values (1, '0001-initial', 'de6480192fd4e3da5ce65e44e3fe3d2b', 1767225600000);

CREATE TABLE counter (name text primary key, value integer not null) strict, without rowid;
insert into "counter" ("name", "value") values ('content', 3);
insert into "counter" ("name", "value") values ('revision', 1);
insert into "counter" ("name", "value") values ('run', 2);

CREATE TABLE lease (name text primary key, holder text not null, fence integer not null, expires_at integer not null) strict, without rowid;
insert into "lease" ("name", "holder", "fence", "expires_at") values ('sync', 'a', 1, 1770825600000);

CREATE TABLE run (id integer primary key, source text not null, started_at integer not null, recorded_at integer not null, observed_at integer, applied integer not null check (applied in (0, 1)), report text not null) strict;
insert into "run" ("id", "source", "started_at", "recorded_at", "observed_at", "applied", "report") values (1, 'groq', 1767229198000, 1767229200000, 1767229199000, 1, '{"source":"groq","outcome":"complete","pages":0,"requests":0,"retries":0,"bytes":0,"rows":3,"unique":0,"offers":0,"added":0,"changed":0,"removed":0,"returned":0,"held":0,"ignored":{},"rejected":0,"views":[],"ms":0,"coverage":{"kind":"whole","evidence":"the list ended"}}');
insert into "run" ("id", "source", "started_at", "recorded_at", "observed_at", "applied", "report") values (2, 'groq', 1767232798000, 1767232800000, 1767232799000, 1, '{"source":"groq","outcome":"complete","pages":0,"requests":0,"retries":0,"bytes":0,"rows":3,"unique":0,"offers":0,"added":0,"changed":0,"removed":0,"returned":0,"held":0,"ignored":{},"rejected":0,"views":[],"ms":0,"coverage":{"kind":"whole","evidence":"the list ended"}}');

CREATE TABLE source_state (source text primary key, last_run_id integer not null, last_run_at integer, applied_run_id integer, applied_observed_at integer, applied_recorded_at integer, applied_rows integer, ever_whole integer not null check (ever_whole in (0, 1)), fingerprint text, not_before integer) strict, without rowid;
insert into "source_state" ("source", "last_run_id", "last_run_at", "applied_run_id", "applied_observed_at", "applied_recorded_at", "applied_rows", "ever_whole", "fingerprint", "not_before") values ('groq', 2, 1767232798000, 2, 1767232799000, 1767232800000, 3, 1, 'f1', null);

CREATE TABLE validator (source text not null, view text not null, etag text, last_modified text, fingerprint text not null, primary key (source, view)) strict, without rowid;
insert into "validator" ("source", "view", "etag", "last_modified", "fingerprint") values ('groq', 'list', 'W/"2"', null, 'f1');

CREATE TABLE listing_version (id integer primary key autoincrement, source text not null, gateway text not null, provider text not null, native_id text not null, hash text not null, observed_from integer not null, observed_to integer, recorded_from integer not null, recorded_to integer, run_from integer not null, run_to integer, cause_from text not null check (cause_from in ('upstream', 'rules', 'override', 'correction', 'scope')), cause_to text check (cause_to in ('upstream', 'rules', 'override', 'correction', 'scope')), retracted_at integer, facts text not null, check ((observed_to is null) = (recorded_to is null) and (observed_to is null) = (run_to is null))) strict;
insert into "listing_version" ("id", "source", "gateway", "provider", "native_id", "hash", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "cause_from", "cause_to", "retracted_at", "facts") values (1, 'groq', 'groq', 'unstated', 'café', '7380957e1f5063f31ea59a3d0a5fab09', 1767229199000, null, 1767229200000, null, 1, null, 'upstream', null, null, '{"billing":"metered","contextTokens":131072,"name":"a model","prices":[{"meter":"input","unit":"token","usd":"0.5"}]}');
insert into "listing_version" ("id", "source", "gateway", "provider", "native_id", "hash", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "cause_from", "cause_to", "retracted_at", "facts") values (2, 'groq', 'groq', 'unstated', 'changed', 'f893af4691bc48b1e0fc6dfb09f13fa6', 1767229199000, 1767232799000, 1767229200000, 1767232800000, 1, 2, 'upstream', 'upstream', null, '{"billing":"metered","contextTokens":131072,"name":"a model","prices":[{"meter":"input","unit":"token","usd":"0.0000001"}]}');
insert into "listing_version" ("id", "source", "gateway", "provider", "native_id", "hash", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "cause_from", "cause_to", "retracted_at", "facts") values (3, 'groq', 'groq', 'unstated', 'gone', '6cd0c13458bc37655b4b857106cb633d', 1767229199000, 1767232799000, 1767229200000, 1767232800000, 1, 2, 'upstream', 'upstream', null, '{"billing":"metered","contextTokens":131072,"name":"a model","prices":[{"meter":"input","unit":"token","usd":"0.0000003"}]}');
insert into "listing_version" ("id", "source", "gateway", "provider", "native_id", "hash", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "cause_from", "cause_to", "retracted_at", "facts") values (4, 'groq', 'groq', 'unstated', 'kept', 'f893af4691bc48b1e0fc6dfb09f13fa6', 1767229199000, null, 1767229200000, null, 1, null, 'upstream', null, null, '{"billing":"metered","contextTokens":131072,"name":"a model","prices":[{"meter":"input","unit":"token","usd":"0.0000001"}]}');
insert into "listing_version" ("id", "source", "gateway", "provider", "native_id", "hash", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "cause_from", "cause_to", "retracted_at", "facts") values (5, 'groq', 'groq', 'unstated', 'changed', '7097105b77517d6aafbf9027953bfab1', 1767232799000, null, 1767232800000, null, 2, null, 'upstream', null, null, '{"billing":"metered","contextTokens":131072,"name":"a model","prices":[{"meter":"input","unit":"token","usd":"0.0000002"}]}');

CREATE TABLE absence (id integer primary key autoincrement, source text not null, gateway text not null, provider text not null, native_id text not null, observed_from integer not null, observed_to integer, recorded_from integer not null, recorded_to integer, run_from integer not null, run_to integer, last_seen integer not null, check ((observed_to is null) = (recorded_to is null) and (observed_to is null) = (run_to is null))) strict;
insert into "absence" ("id", "source", "gateway", "provider", "native_id", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "last_seen") values (1, 'groq', 'groq', 'unstated', 'café', 1767232799000, null, 1767232800000, null, 2, null, 1767229199000);

CREATE TABLE hold (id integer primary key autoincrement, source text not null, gateway text not null, provider text not null, native_id text not null, observed_from integer not null, observed_to integer, recorded_from integer not null, recorded_to integer, run_from integer not null, run_to integer, kind text not null check (kind in ('removal', 'price')), facts text, how text check (how in ('confirmed', 'accepted', 'withdrawn')), check ((observed_to is null) = (recorded_to is null) and (observed_to is null) = (run_to is null))) strict;
insert into "hold" ("id", "source", "gateway", "provider", "native_id", "observed_from", "observed_to", "recorded_from", "recorded_to", "run_from", "run_to", "kind", "facts", "how") values (1, 'groq', 'groq', 'unstated', 'café', 1767232799000, null, 1767232800000, null, 2, null, 'removal', null, null);

CREATE TABLE volatile_facts (source text not null, gateway text not null, provider text not null, native_id text not null, observed_at integer not null, recorded_at integer not null, facts text not null, primary key (source, gateway, provider, native_id)) strict, without rowid;
insert into "volatile_facts" ("source", "gateway", "provider", "native_id", "observed_at", "recorded_at", "facts") values ('groq', 'groq', 'unstated', 'kept', 1767229199000, 1767229200000, '{"downloads":1200}');

CREATE TABLE finding (id integer primary key autoincrement, source text not null, kind text not null, subject text not null, pointer text, message text not null, first_seen integer not null, last_seen integer not null, last_run_id integer not null, runs integer not null, ended_at integer, unique (source, kind, subject)) strict;
insert into "finding" ("id", "source", "kind", "subject", "pointer", "message", "first_seen", "last_seen", "last_run_id", "runs", "ended_at") values (1, 'groq', 'unknown-word', 'task:dance', null, 'the task "dance" is no word that we know', 1767229200000, 1767229200000, 1, 1, null);

CREATE TABLE raw_body (hash text primary key, bytes integer not null, stored_bytes integer not null, kept_at integer not null, body blob not null) strict;
insert into "raw_body" ("hash", "bytes", "stored_bytes", "kept_at", "body") values ('60a54ca4ddf3fad9bae5fa67aa1c3a54', 12, 21, 1767229200000, x'28b52ffd00586100007b2264617461223a5b315d7d');
insert into "raw_body" ("hash", "bytes", "stored_bytes", "kept_at", "body") values ('cc482e1525ab3c4f05a9d51500b88b5f', 12, 21, 1767232800000, x'28b52ffd00586100007b2264617461223a5b325d7d');

CREATE TABLE raw_page (run_id integer not null references run (id) deferrable initially deferred, position integer not null, url text not null, hash text not null references raw_body (hash) on delete cascade, primary key (run_id, position)) strict, without rowid;
insert into "raw_page" ("run_id", "position", "url", "hash") values (1, 0, 'https://api.groq.com/openai/v1/models?page=1', '60a54ca4ddf3fad9bae5fa67aa1c3a54');
insert into "raw_page" ("run_id", "position", "url", "hash") values (2, 0, 'https://api.groq.com/openai/v1/models?page=2', 'cc482e1525ab3c4f05a9d51500b88b5f');

CREATE TABLE "override" (id integer primary key autoincrement, kind text not null check (kind in ('pin', 'hide', 'alias')), target text not null, value text not null, created_at integer not null, ended_at integer) strict;
insert into "override" ("id", "kind", "target", "value", "created_at", "ended_at") values (1, 'hide', 'groq/unstated/kept', '', 1767225600000, null);

CREATE TABLE revision (number integer primary key, hash text not null, created_at integer not null, known_at integer not null, run_id integer not null, models integer not null, offers integer not null) strict;
insert into "revision" ("number", "hash", "created_at", "known_at", "run_id", "models", "offers") values (1, 'r1', 1767234600000, 1767233600000, 2, 3, 3);

CREATE TABLE change (id integer primary key autoincrement, revision integer not null references revision (number), at integer not null, subject text not null, subject_id text not null, kind text not null, cause text not null check (cause in ('upstream', 'rules', 'override', 'correction', 'scope')), gateway text, model text, topics text not null, fields text not null) strict;
insert into "change" ("id", "revision", "at", "subject", "subject_id", "kind", "cause", "gateway", "model", "topics", "fields") values (1, 1, 1767234600000, 'offer', 'groq/unstated/kept', 'added', 'upstream', 'groq', null, ',availability,', '[]');

CREATE INDEX run_by_source on run (source, id);
CREATE INDEX run_by_sighting on run (source, observed_at, recorded_at) where applied = 1;
CREATE UNIQUE INDEX listing_version_open on listing_version (gateway, provider, native_id, source) where observed_to is null and retracted_at is null;
CREATE INDEX listing_version_open_by_source on listing_version (source) where observed_to is null and retracted_at is null;
CREATE INDEX listing_version_by_key on listing_version (gateway, provider, native_id, source, observed_from, retracted_at);
CREATE UNIQUE INDEX absence_open on absence (source, gateway, provider, native_id) where observed_to is null;
CREATE INDEX absence_by_key on absence (source, gateway, provider, native_id, observed_from);
CREATE UNIQUE INDEX hold_open on hold (source, gateway, provider, native_id, kind) where observed_to is null;
CREATE INDEX hold_by_run on hold (run_from);
CREATE INDEX raw_body_by_age on raw_body (kept_at, hash, stored_bytes);
CREATE INDEX raw_page_by_hash on raw_page (hash);
CREATE INDEX change_by_time on change (at, id);
CREATE INDEX change_by_gateway on change (gateway, id);
CREATE INDEX change_by_model on change (model, id);
