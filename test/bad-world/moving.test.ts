/** A list that moves while it is read by position: whole only where nothing can have slipped, and never a removal otherwise. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pagedBody } from "../simulator/paged.ts";
import { chance } from "./chance.ts";
import { listOf, PAGE_SIZE, rows, sourceOf, type Row } from "./kinds.ts";
import { openWorld, type World } from "./world.ts";

const COUNT = 4 * PAGE_SIZE;
const LIST = rows(COUNT);
const KINDS_BY_POSITION = ["page-number", "offset"] as const;
type ByPosition = (typeof KINDS_BY_POSITION)[number];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** `move` is applied to the list before the request of this number. */
function serve(
  kind: ByPosition,
  options: { readonly total?: "unstated"; readonly at?: number; readonly move?: (list: Row[]) => Row[] } = {},
): void {
  let list = [...LIST];
  let asked = 0;
  const body = pagedBody({
    paging: kind,
    pageSize: PAGE_SIZE,
    items: () => list,
    ...(options.total === undefined ? {} : { total: options.total }),
  });
  world.upstreams.clearBodies();
  world.upstreams.setBody(listOf(kind), (request) => {
    asked += 1;
    if (asked === options.at) list = options.move?.(list) ?? list;
    return body(request);
  });
}

/** How the list moves before the third request: rows of pages that were read already, or not yet. */
const MOVES: { readonly [how: string]: (list: Row[]) => Row[] } = {
  "a row is inserted at the front": (list) => [...rows(1, 90), ...list],
  "a row of page 1 is deleted": (list) => list.toSpliced(1, 1),
  "a row of page 2 is deleted": (list) => list.toSpliced(PAGE_SIZE + 1, 1),
  "a row moves from page 4 to the front": (list) => [...list.slice(-1), ...list.slice(0, -1)],
  "a row moves from page 1 to the end": (list) => [...list.slice(1), ...list.slice(0, 1)],
  "a row is inserted into page 2": (list) => list.toSpliced(PAGE_SIZE, 0, ...rows(1, 90)),
  "the list turns around": (list) => list.toReversed(),
};

describe.each(KINDS_BY_POSITION)("%s", (kind) => {
  const source = sourceOf(kind);

  test("an unmoved list with a stated total is whole", async () => {
    serve(kind);
    const report = await world.run(source);
    expect(report).toMatchObject({ outcome: "complete", coverage: { kind: "whole" }, added: COUNT });
    expect(report.coverage?.evidence).toContain(`${COUNT} of ${COUNT} stated`);
  });

  test.each(Object.entries(MOVES))("%s: a window, and nothing is removed", async (_how, move) => {
    serve(kind);
    await world.run(source);
    serve(kind, { at: 3, move });
    const report = await world.run(source);
    expect(report).toMatchObject({ coverage: { kind: "window" }, removed: 0, held: 0 });
    expect(report.coverage?.evidence).toMatch(/moved|changed while|stated/);

    serve(kind, { at: 1, move });
    expect(await world.run(source)).toMatchObject({ outcome: "complete", coverage: { kind: "whole" } });
  });

  test("no stated total: a window, because nobody can tell what slipped", async () => {
    const untold = sourceOf(kind, kind, { total: "unstated" });
    serve(kind, { total: "unstated" });
    await world.run(untold);
    serve(kind, { total: "unstated", at: 1, move: (list) => list.slice(0, -1) });
    const report = await world.run(untold);
    expect(report).toMatchObject({ coverage: { kind: "window" }, removed: 0 });
    expect(report.coverage?.evidence).toContain("no total is stated");
  });

  test("a list of one page needs no second look, and is whole without a total", async () => {
    const short = sourceOf(kind, kind, { total: "unstated" });
    world.upstreams.setBody(
      listOf(kind),
      pagedBody({ paging: kind, pageSize: PAGE_SIZE, items: rows(2), total: "unstated" }),
    );
    expect(await world.run(short)).toMatchObject({ coverage: { kind: "whole" }, requests: 1 });
  });

  test("a stated total that is not reached: a window", async () => {
    world.upstreams.setBody(
      listOf(kind),
      pagedBody({ paging: kind, pageSize: PAGE_SIZE, items: LIST, total: COUNT + 1 }),
    );
    const report = await world.run(source);
    expect(report).toMatchObject({ coverage: { kind: "window" }, added: COUNT });
    expect(report.coverage?.evidence).toContain(`${COUNT} of ${COUNT + 1} stated`);
  });

  test("whatever moves and whenever: a whole run holds every row that was there throughout", async () => {
    const seed = Number(process.env["BAD_WORLD_SEED"] ?? 20_260_805);
    const random = chance(seed);
    const moves = Object.values(MOVES);
    for (let turn = 0; turn < 40; turn += 1) {
      const move = moves[Math.floor(random() * moves.length)];
      const at = 1 + Math.floor(random() * 7);
      serve(kind, { at, ...(move === undefined ? {} : { move }) });
      const fresh = { ...source, id: `${kind}-${turn}` };
      const report = await world.run(fresh);
      const listed = new Set((await world.ledger.sourceState(fresh.id)).open.map(({ nativeId }) => nativeId));
      const throughout = (move?.([...LIST]) ?? LIST).filter((row) => LIST.includes(row));
      const lost = throughout.filter(({ id }) => !listed.has(id));
      expect(
        report.coverage?.kind === "whole" ? lost.map(({ id }) => id) : [],
        `seed ${seed}, world ${turn}, at ${at}`,
      ).toEqual([]);
    }
  });
});
