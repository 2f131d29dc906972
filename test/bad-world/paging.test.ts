/** Paging ends, whatever the pages say: at most one request is wasted, nothing is removed, and the reason is named. */
import { describe, expect, test } from "vitest";
import type { RecordedRequest, Reply } from "../../tools/upstreams/exchange.ts";
import { pagedBody } from "../simulator/paged.ts";
import { TROUBLED, TROUBLES, type PagingTrouble } from "../simulator/paging-troubles.ts";
import { listOf, PAGE_SIZE, rows, sourceOf, type Kind } from "./kinds.ts";
import { openWorld, type Served, type World } from "./world.ts";

const LIST = rows(3 * PAGE_SIZE);

/** How each trouble ends: what was read before it is kept, and proves nothing. */
const ENDS: {
  readonly [trouble in PagingTrouble]: {
    readonly all: string;
    readonly but?: { readonly [kind in Kind]?: string };
  };
} = {
  "a next that names its own page": { all: "partial loop" },
  "a next from A to B to A": { all: "partial loop" },
  "ever-new cursors with the same rows": { all: "partial loop" },
  "a next on another host": { all: "partial origin-refused" },
  "a next on another port": { all: "partial origin-refused" },
  "a next over another scheme": { all: "partial origin-refused" },
  "a next to a file": { all: "partial origin-refused" },
  "a duplicate page": { all: "partial loop" },
  "an empty page with a next": { all: "complete window" },
  "a last page that repeats": {
    all: "partial loop",
    // Where the next page is told by position, the answer's own words about it are not read.
    but: { "page-number": "complete whole", offset: "complete whole" },
  },
  "a cursor that is refused": { all: "partial bad-status" },
  "an ignored position": { all: "partial loop" },
};

/** Rows of these are only gone for the one run that cannot see them. */
const CASES = (Object.keys(TROUBLES) as readonly PagingTrouble[]).flatMap((trouble) =>
  TROUBLED[trouble].map((kind) => ({ trouble, kind })),
);

describe.each(CASES)("$trouble, $kind", ({ trouble, kind }) => {
  test("ends, wastes at most one request, removes nothing, and heals", async () => {
    const world = await openWorld();
    try {
      const source = sourceOf(kind);
      serve(world, kind, undefined);
      expect(await world.run(source)).toMatchObject({ outcome: "complete", added: LIST.length });
      const good = (await world.served(source)).get(source.id);

      const counted = serve(world, kind, trouble);
      const report = await world.run(source);
      const { all, but } = ENDS[trouble];
      expect(`${report.outcome} ${report.error?.code ?? report.coverage?.kind ?? ""}`).toBe(
        but?.[kind] ?? all,
      );
      expect(report.removed + report.held).toBe(0);
      expect(report.requests).toBe(counted.requests);
      expect(counted.requests - counted.useful - secondLook(kind, report.outcome)).toBeLessThanOrEqual(1);
      expect(report.error?.message ?? report.coverage?.evidence).toMatch(/\w+ \w+ \w+/);
      const bad = (await world.served(source)).get(source.id);
      expect(withoutSightings(bad)).toEqual(withoutSightings(good));

      serve(world, kind, undefined);
      expect(await world.run(source)).toMatchObject({ outcome: "complete", coverage: { kind: "whole" } });
      expect((await world.served(source)).get(source.id)).toEqual(good);
    } finally {
      await world.close();
    }
  });
});

/** What is served, but for when an offer was last seen: an offer on a page that was not read is served with that. */
function withoutSightings(served: Served | undefined): readonly string[] {
  return [...(served?.values() ?? [])].map((text) => text.replace(/,"last_seen":"[^"]+"/, ""));
}

/** Lists that are read by position are looked at twice. */
function secondLook(kind: Kind, outcome: string): number {
  return (kind === "page-number" || kind === "offset") && outcome === "complete" ? 1 : 0;
}

/** Serves the list, and counts the requests and those that brought a row not seen before. */
function serve(
  { upstreams }: World,
  kind: Kind,
  trouble: PagingTrouble | undefined,
): { readonly requests: number; readonly useful: number } {
  const body = pagedBody({ paging: kind, pageSize: PAGE_SIZE, items: LIST, trouble });
  const seen = new Set<string>();
  const counted = { requests: 0, useful: 0 };
  upstreams.clearBodies();
  upstreams.setBody(listOf(kind), (request: RecordedRequest): Reply => {
    const reply = body(request);
    const ids = JSON.stringify(reply.value).match(/"id":"[^"]+"/g) ?? [];
    counted.requests += 1;
    if (ids.some((id) => !seen.has(id))) counted.useful += 1;
    for (const id of ids) seen.add(id);
    return reply;
  });
  return counted;
}
