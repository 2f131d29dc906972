/** `modeldex stats`: how much each gateway listed over time; of one gateway, point by point. */
import { statsAnswer, StatsQuestion } from "../../http/answers/stats.ts";
import type { StatsDocument } from "../../http/documents/stats.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { dollars } from "../price-text.ts";
import { table, type Column } from "../table.ts";
import { thinned, trend } from "../trend.ts";
import { count, counted, minute } from "../words.ts";

type Point = StatsDocument["points"][number];

const COUNTS: readonly Column[] = [
  "MODELS",
  "OFFERS",
  "CAME",
  "WENT",
  "ELSE",
  "CHEAPER",
  "DEARER",
  "INPUT $/M",
  "OUTPUT $/M",
].map((title) => ({ title, align: "right" }));
const COLUMNS: readonly Column[] = [
  { title: "GATEWAY", shrinksTo: 8 },
  ...COUNTS,
  { title: "OFFERS OVER TIME" },
];
const POINT_COLUMNS: readonly Column[] = [
  { title: "FROM (UTC)" },
  ...COUNTS,
  { title: "READ", align: "right" },
];
const TREND_CELLS = 24;
/** An instant's first letters: the day. */
const DAY_LENGTH = 10;

export async function stats(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(StatsQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await statsAnswer(application, question, host.clock.now());
    if (json) {
      printJson(host, answer);
      return 0;
    }
    // Our own answer: its shape is the one above by construction.
    host.out.write(text(host, JSON.parse(answer.toString()) as StatsDocument));
    return 0;
  });
}

function text({ out }: Host, { points, gateways, now, interval }: StatsDocument): string {
  const [first, last] = [points[0], points.at(-1)];
  const total = `now ${counted(now.models, "model")}, ${counted(now.offers, "offer")} at ${counted(now.gateways, "gateway")}\n`;
  if (first === undefined || last === undefined)
    return `nothing was read in that time, look further back with --since 365d --interval week; ${total}`;
  const [only, ...others] = gateways;
  const shown =
    only !== undefined && others.length === 0
      ? table(out, POINT_COLUMNS, only.points.map(pointRow))
      : table(out, COLUMNS, [
          ...gateways.map(({ id, points: its }) => gatewayRow(id, its)),
          gatewayRow("all of them", points),
        ]);
  return `${shown}${counted(points.length, interval)}, ${minute(first.from)} to ${minute(last.to)}; ELSE came or went for other reasons; prices are the medians of metered offers\n${total}`;
}

function gatewayRow(id: string, points: readonly Point[]): readonly string[] {
  const last = points.at(-1);
  if (last === undefined) return [id];
  const sum = (field: "appeared" | "vanished" | "cheaper" | "dearer") =>
    moves(points.reduce((all, point) => all + point[field], 0));
  const offers = thinned(points, TREND_CELLS).map((point) => point.offers);
  return [
    id,
    count(last.models),
    count(last.offers),
    sum("appeared"),
    sum("vanished"),
    signed(points.reduce((all, point) => all + point.adjusted, 0)),
    sum("cheaper"),
    sum("dearer"),
    ...prices(last),
    trend(offers),
  ];
}

function pointRow(point: Point): readonly string[] {
  return [
    point.from.slice(0, DAY_LENGTH),
    count(point.models),
    count(point.offers),
    moves(point.appeared),
    moves(point.vanished),
    signed(point.adjusted),
    moves(point.cheaper),
    moves(point.dearer),
    ...prices(point),
    count(point.readings),
  ];
}

/** Where nothing moved, nothing stands. */
function moves(number: number): string {
  return number === 0 ? "" : count(number);
}

/** What came or went for another reason than the upstream's word. */
function signed(number: number): string {
  return number > 0 ? `+${count(number)}` : moves(number);
}

function prices({ input_per_million: input, output_per_million: output }: Point): readonly [string, string] {
  return [
    input === undefined ? "" : dollars(input.median),
    output === undefined ? "" : dollars(output.median),
  ];
}
