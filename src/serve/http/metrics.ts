/** `/metrics`: traffic, the revision and every source, in the text format that Prometheus reads. */
import * as z from "zod";
import { modelsServed } from "../../catalog/counts.ts";
import { wasApplied } from "../../domain/run.ts";
import type { SourceHealth } from "../../ledger/ledger.ts";
import type { Desk, Route } from "./route.ts";
import type { Traffic } from "./traffic.ts";

const TYPE = "text/plain; version=0.0.4; charset=utf-8";

type Labels = { readonly [name: string]: string };
type Sample = readonly [labels: Labels, value: number, suffix?: string];

interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly samples: readonly Sample[];
}

export const METRICS_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/metrics",
    policy: "public",
    summary: "Requests, latency, revision and sources, as Prometheus reads them.",
    parameters: undefined,
    document: z.string(),
    media: "text/plain",
    example: "/metrics",
    answer: async (desk) => {
      const health = await desk.application.ledger.health();
      const metrics = [...ofTraffic(desk.traffic), ...ofShelf(desk), ...ofSources(health, desk)];
      return { kind: "momentary", type: TYPE, bytes: Buffer.from(metrics.map(written).join("")) };
    },
  },
];

function ofTraffic(traffic: Traffic): readonly Metric[] {
  return [
    {
      name: "modeldex_http_requests_total",
      type: "counter",
      help: "Requests answered, by route and status.",
      samples: traffic
        .requests()
        .map(({ method, route, status, count }) => [{ method, route, status: String(status) }, count]),
    },
    {
      name: "modeldex_http_request_duration_seconds",
      type: "histogram",
      help: "From a request's head to the end of its answer.",
      samples: traffic
        .durations()
        .flatMap(({ route, buckets, count, seconds }): readonly Sample[] => [
          ...buckets.map(([bound, each]): Sample => [{ route, le: String(bound) }, each, "_bucket"]),
          [{ route, le: "+Inf" }, count, "_bucket"],
          [{ route }, seconds, "_sum"],
          [{ route }, count, "_count"],
        ]),
    },
  ];
}

function ofShelf({ application, now }: Desk): readonly Metric[] {
  const shelf = application.shelf();
  const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name,
    type: "gauge",
    help,
    samples,
  });
  const build = gauge("modeldex_build_info", "The version that runs.", [
    [{ version: application.version }, 1],
  ]);
  if (shelf === undefined) return [build];
  const { catalog } = shelf;
  return [
    build,
    gauge("modeldex_revision", "The revision that is served.", [[{}, catalog.revision]]),
    gauge("modeldex_revision_age_seconds", "Since that revision was published.", [
      [{}, Math.max(0, now - catalog.createdAt) / 1_000],
    ]),
    gauge("modeldex_models", "Models in that revision.", [[{}, modelsServed(catalog)]]),
    gauge("modeldex_offers", "Offers in that revision.", [[{}, catalog.offers.length]]),
  ];
}

function ofSources(health: readonly SourceHealth[], { now }: Desk): readonly Metric[] {
  const gauge = (
    name: string,
    help: string,
    value: (source: SourceHealth) => number | undefined,
  ): Metric => ({
    name: `modeldex_source_${name}`,
    type: "gauge",
    help,
    samples: health.flatMap((source): readonly Sample[] => {
      const stated = value(source);
      return stated === undefined ? [] : [[{ source: source.source }, stated]];
    }),
  });
  return [
    gauge("up", "1 where the last run was believed.", ({ lastRun }) =>
      lastRun === undefined ? undefined : Number(wasApplied(lastRun.report.outcome)),
    ),
    gauge(
      "last_success_timestamp_seconds",
      "When it last said what was believed.",
      ({ lastApplied }) => lastApplied && lastApplied.observedAt / 1_000,
    ),
    gauge(
      "age_seconds",
      "How old that is.",
      ({ lastApplied }) => lastApplied && Math.max(0, now - lastApplied.observedAt) / 1_000,
    ),
    gauge("rows", "Items in its last run.", ({ lastRun }) => lastRun?.report.rows),
    gauge("offers", "Offers that it lists.", ({ offers }) => offers),
    gauge("findings", "What deserves a look.", ({ findings }) => findings),
    gauge("held", "Removals and prices that wait for a confirmation.", ({ held }) => held),
  ];
}

function written({ name, type, help, samples }: Metric): string {
  const lines = samples.map(
    ([labels, value, suffix = ""]) => `${name}${suffix}${labelled(labels)} ${value}\n`,
  );
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelled(labels: Labels): string {
  const stated = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return stated.length === 0 ? "" : `{${stated.join(",")}}`;
}

function escaped(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll("\n", String.raw`\n`);
}
