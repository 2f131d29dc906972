/** One source against answers: everything that a person wants to know of what it makes of them, as one plain value. */
import { join } from "node:path";
import type { Finding } from "../../src/domain/finding.ts";
import { driftBetween, ShapeBuilder, type Shape } from "../../src/domain/shape.ts";
import type { Source } from "../../src/kit/source.ts";
import type { Answer } from "./answer.ts";
import { fixtureBodies, itemsIn } from "./body.ts";
import { fillOf, type Fill } from "./fields.ts";
import { compareGolden, goldenText, type Golden } from "./golden.ts";
import { mainBody } from "./repository.ts";
import { samplePrices, type Sample } from "./sample.ts";
import { examplesOf, rootsOf } from "./path.ts";
import { readPaths } from "./read-paths.ts";

export interface Check {
  readonly source: string;
  readonly title: string;
  readonly answers: readonly Counted[];
  readonly rejected: readonly Finding[];
  readonly unknownWords: readonly Finding[];
  /** Repeated offers, other currencies and the like. */
  readonly otherFindings: readonly Finding[];
  readonly ignored: { readonly [reason: string]: number };
  readonly fields: readonly Fill[];
  readonly neverFilled: readonly string[];
  readonly unread: readonly Unread[];
  /** What the answer has otherwise than the fixture; absent where the answers are the fixture itself. */
  readonly drift?: readonly Drifted[];
  readonly prices: readonly Sample[];
  readonly golden: Golden;
  readonly isFine: boolean;
}

/** An answer without what is told of all together. */
export type Counted = Omit<Answer, "snapshot" | "items">;

export interface Unread {
  readonly path: string;
  readonly types: string;
  /** Of all items, those that have it. */
  readonly share: number;
  readonly example: unknown;
}

/** As the findings of a run say it, with whether the source reads the path. */
export interface Drifted extends Pick<Finding, "subject" | "message"> {
  readonly isRead: boolean;
}

export function checkSource(
  source: Source,
  answers: readonly Answer[],
  { root, isFixture }: { readonly root: string; readonly isFixture: boolean },
): Check {
  const items = answers.flatMap((answer) => answer.items);
  const listings = answers.flatMap(({ snapshot }) => [...snapshot.listings.values()]);
  const findings = answers.flatMap(({ snapshot }) => snapshot.findings);
  const shape = shapeOf(items);
  const read = readPaths(source, items);
  const { filled, never } = fillOf(listings);
  const golden = goldenOf(root, source);
  const counted = answers.map(countsOf);
  const isCrawl = source.kind === "web" && source.crawl !== undefined;
  return {
    source: source.id,
    title: source.title,
    answers: counted,
    rejected: findings.filter(({ kind }) => kind === "rejected-item"),
    unknownWords: findings.filter(({ kind }) => kind === "unknown-word"),
    otherFindings: findings.filter(({ kind }) => kind !== "rejected-item" && kind !== "unknown-word"),
    ignored: ignoredIn(answers),
    fields: filled,
    neverFilled: never,
    unread: unreadIn(items, shape, read),
    ...(isFixture || items.length === 0 ? {} : { drift: driftFrom(root, source, items, read) }),
    prices: samplePrices(listings),
    golden,
    isFine:
      golden.state === "holds" &&
      counted.length > 0 &&
      counted.every(
        ({ outcome, rows, offers, rejected }) =>
          // A crawl is of models as such: it makes no offers.
          outcome === "complete" && (isCrawl ? rows : offers) > 0 && rejected === 0,
      ),
  };
}

function countsOf({ name, outcome, coverage, error, rows, unique, offers, rejected }: Answer): Counted {
  return {
    name,
    outcome,
    ...(coverage === undefined ? {} : { coverage }),
    ...(error === undefined ? {} : { error }),
    rows,
    unique,
    offers,
    rejected,
  };
}

function ignoredIn(answers: readonly Answer[]): Check["ignored"] {
  const counts = new Map<string, number>();
  for (const { snapshot } of answers) {
    for (const [reason, count] of Object.entries(snapshot.ignored))
      counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return Object.fromEntries(counts);
}

/** The golden result is of the fixture's main body, whatever else is being looked at. */
function goldenOf(root: string, source: Source): Golden {
  const body = mainBody(source.id);
  if (!fixtureBodies(root, source.id).includes(body)) return compareGolden(root, source.id, "");
  return compareGolden(root, source.id, goldenText(source, itemsIn(source, join(root, body))));
}

function unreadIn(items: readonly unknown[], shape: Shape, read: ReadonlySet<string>): readonly Unread[] {
  const examples = examplesOf(items);
  return rootsOf(Object.keys(shape).filter((path) => !read.has(path))).map((path) => ({
    path,
    types: shape[path]?.types.join(" or ") ?? "",
    share: shape[path]?.share ?? 0,
    example: examples.get(path),
  }));
}

/** Of a branch that is new or gone, its root alone; what the source reads first, because there a drift costs facts. */
function driftFrom(
  root: string,
  source: Source,
  items: readonly unknown[],
  readNow: ReadonlySet<string>,
): readonly Drifted[] {
  const before = fixtureBodies(root, source.id).flatMap((body) => itemsIn(source, join(root, body)));
  const read = readPaths(source, before).union(readNow);
  const findings = driftBetween(shapeOf(before), shapeOf(items), items.length);
  const roots = new Set(rootsOf(findings.map(({ subject }) => subject)));
  return findings
    .filter(({ subject }) => roots.has(subject))
    .map(({ subject, message }) => ({ subject, message, isRead: read.has(subject) }))
    .toSorted((a, b) => Number(b.isRead) - Number(a.isRead));
}

function shapeOf(items: readonly unknown[]): Shape {
  const builder = new ShapeBuilder();
  for (const item of items) builder.add(item);
  return builder.finish();
}
