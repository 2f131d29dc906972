/** A run, its report, and a source with its health. */
import * as z from "zod";
import { COVERAGES } from "../../../domain/coverage.ts";
import { OUTCOMES } from "../../../domain/run.ts";
import { Count, Instant, named, page, RevisionNumber, Total } from "./named.ts";

const Coverage = named(
  "Coverage",
  z
    .strictObject({ kind: z.enum(COVERAGES), evidence: z.string() })
    .describe("What a run proves: only a `whole` list removes what it does not name."),
);

export const RunReport = named(
  "RunReport",
  z.strictObject({
    source: z.string(),
    outcome: z.enum(OUTCOMES),
    coverage: Coverage.optional(),
    pages: Count,
    requests: Count,
    rows: Count.describe("Items on all pages."),
    unique: Count,
    offers: Count,
    added: Count,
    changed: Count,
    removed: Count,
    returned: Count,
    held: Count.describe("Removals and prices that wait for a confirmation."),
    ignored: Count,
    rejected: Count,
    ms: z.number().min(0),
    reason: z.string().optional(),
    recording: z.string().describe("The file that was read, where it was imported.").optional(),
    error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  }),
);

export const Run = named(
  "Run",
  RunReport.extend({
    id: Count,
    object: z.literal("run"),
    started_at: Instant,
    recorded_at: Instant,
    observed_at: Instant.optional(),
  }),
);
export type Run = z.infer<typeof Run>;

export const RunList = named("RunList", page(Run, {}));

const Waiting = { waiting_seconds: Count, why: z.string() };
const Read = { rows: Count, pages: Count, rows_expected: Count.optional() };
const Placing = {
  rows: Count,
  rows_expected: Count,
  placing: z.literal(true).describe("The list has ended: its rows are put in their place."),
};

export const Source = named(
  "Source",
  z.strictObject({
    id: z.string(),
    object: z.literal("source"),
    title: z.string(),
    docs: z.string(),
    gateway: z.string(),
    authority: z.enum(["own", "third-party"]),
    url: z.string(),
    paging: z.string(),
    price_unit: z.string().optional(),
    credentials: z.array(z.string()).describe("The settings that may hold its credential."),
    credential_optional: z.boolean(),
    configured: z.boolean(),
    lacks: z.string().describe("Why it is not read.").optional(),
    observed_at: Instant.optional(),
    age_seconds: Count.optional(),
    stale: z.boolean(),
    coverage: Coverage.optional(),
    ever_whole: z.boolean(),
    offers: Count,
    held: Count,
    findings: Count,
    not_before: Instant.describe("The upstream asked not to be called before.").optional(),
    last_run: Run.optional(),
    in_progress: z.union([
      z.literal(false),
      z.strictObject(Read),
      z.strictObject(Placing),
      z.strictObject(Waiting),
    ]),
  }),
);
export type Source = z.infer<typeof Source>;

export const SourceList = named(
  "SourceList",
  page(Source, { total: Total, revision: RevisionNumber.optional() }),
);

const Being = { source: z.string(), title: z.string() };

export const Progress = named(
  "Progress",
  z
    .strictObject({
      object: z.literal("progress"),
      revision: RevisionNumber.optional(),
      models: Count.optional(),
      offers: Count.optional(),
      observed_at: Instant.describe("The latest reading of any source.").optional(),
      stale: z.boolean().describe("True where that is long ago, or nothing was ever read."),
      sources_configured: Count.describe("How many sources would be read."),
      reading: z.array(
        z.union([
          z.strictObject({ ...Being, ...Read }),
          z.strictObject({ ...Being, ...Placing }),
          z.strictObject({ ...Being, ...Waiting }),
        ]),
      ),
    })
    .describe("What is out, and what is being read. Before the first revision there are no counts."),
);
