/** How much each gateway listed over time, what came and went, and how prices moved: points for a chart. */
import * as z from "zod";
import { lastReading } from "../../../catalog/catalog.ts";
import { countBy, modelsServed } from "../../../catalog/counts.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import {
  beginOf,
  INTERVALS,
  moved,
  type Interval,
  type PriceLevel,
  type StatsPoint,
} from "../../../domain/stats.ts";
import type { Application } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import { MOMENT_ALLOWED, momentOf } from "./moment.ts";
import { BadQuestion, refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";

const POINTS_DEFAULT = 30;
const POINTS_MAX = 120;

export const StatsQuestion = z.strictObject({
  gateway: z.string().optional().describe("These gateways alone, by comma; `hug` is `huggingface`."),
  lab: z.string().optional().describe("Only the models of this lab and their offers."),
  interval: z
    .enum(INTERVALS)
    .default("day")
    .describe("From one point to the next, in UTC; weeks begin on Monday. Without it day."),
  since: z
    .string()
    .optional()
    .describe(
      `The first point is of the interval that holds this moment; without it there are ${POINTS_DEFAULT}, up to the last reading. ${MOMENT_ALLOWED}`,
    ),
  until: z
    .string()
    .optional()
    .describe(
      `The last point is as of the last reading by this moment; without it of the last. ${MOMENT_ALLOWED}`,
    ),
});
export type StatsQuestion = z.infer<typeof StatsQuestion>;

/** Throws `BadQuestion` for unknown names, a time that is none, holds nothing or has too many points; `TooManyThen`; `NotReady`. */
export async function statsAnswer(
  application: Application,
  { gateway, lab, interval, ...question }: StatsQuestion,
  now: number,
): Promise<Buffer> {
  const shelf = currentShelf(application);
  const gateways = gatewaysAsked(gateway?.split(","));
  refuseUnknown("gateway", gateways ?? [], gatewaysKnown(application, shelf));
  // Without a bound it is the end of what is known: a past that was imported ended long ago.
  const asked = question.until === undefined ? lastReading(shelf) : momentOf("until", question.until, now);
  const until = Math.min(asked ?? now, now);
  const since = sinceOf(interval, question.since, until, now);
  const stats = await application.stats({
    interval,
    // The beginning alone counts: whoever asks for the last ninety days again asks the same.
    since: beginOf(interval, since),
    until,
    knownAt: now,
    ...(gateways === undefined ? {} : { gateways }),
    ...(lab === undefined ? {} : { lab }),
  });
  if (stats === undefined)
    throw new BadQuestion("bad-value", `nothing had been read by ${instant(until)}`, { parameter: "until" });
  // One that is gone may be asked for; one that never was is misspelt.
  if (lab !== undefined && stats.all.length === 0)
    refuseUnknown("lab", [lab], shelf.catalog.models.words("lab").values);
  const { catalog } = shelf;
  return single({
    object: "stats",
    interval,
    since: instant(beginOf(interval, since)),
    now: {
      models: modelsServed(catalog),
      offers: catalog.offers.length,
      gateways: countBy(catalog, "gateway").length,
      providers: countBy(catalog, "provider").length,
      labs: countBy(catalog, "lab").length,
    },
    points: stats.all.map(pointDocument),
    gateways: stats.gateways.map(({ gateway: id, points }) => ({
      id,
      object: "gateway_stats",
      points: points.map(pointDocument),
    })),
    revision: catalog.revision,
  });
}

/** The first instant that is asked about. Throws `BadQuestion` where too many intervals lie between. */
function sinceOf(interval: Interval, asked: string | undefined, until: number, now: number): number {
  const earliest = moved(interval, until, 1 - POINTS_MAX);
  const since =
    asked === undefined ? moved(interval, until, 1 - POINTS_DEFAULT) : momentOf("since", asked, now);
  if (since > until)
    throw new BadQuestion("bad-value", "since lies after until, or in the future", { parameter: "since" });
  if (since >= earliest) return since;
  const longer = INTERVALS.filter((one) => since >= moved(one, until, 1 - POINTS_MAX));
  const instead = longer.length === 0 ? "" : `, or interval=${longer.join(" or ")}`;
  throw new BadQuestion(
    "bad-value",
    `an answer has ${POINTS_MAX} points at most: ask since ${instant(earliest)} or later${instead}`,
    { parameter: "since" },
  );
}

function pointDocument(point: StatsPoint) {
  const { from, to, input, output, readings, ...counts } = point;
  return {
    from: instant(from),
    to: instant(to),
    ...counts,
    input_per_million: levelDocument(input),
    output_per_million: levelDocument(output),
    readings,
  };
}

function levelDocument(level: PriceLevel | undefined) {
  return level === undefined
    ? undefined
    : { offers: level.offers, p25: level.p25, median: level.median, p75: level.p75 };
}
