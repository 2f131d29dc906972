/** What may go wrong in one run of a simulated world, drawn by seed. */
import { TROUBLED, type PagingTrouble } from "../simulator/paging-troubles.ts";
import type { Item, Paging } from "../simulator/paging-styles.ts";
import type { Script } from "./scripted-transport.ts";
import { pick, whole, type Random, type Truth } from "./truth.ts";

const BODIES = [
  "",
  "null",
  "{}",
  "[]",
  '""',
  '{"data":null}',
  '{"error":{"message":"no"}}',
  "<!doctype html><html></html>",
  '{"data":[',
  "\u0000\u0001",
  "[".repeat(200),
] as const;
const CODES = [429, 500, 502, 503, 504, 401, 403, 404, 204, 418] as const;

type Fault = (random: Random, paging: Paging, truth: Truth) => Script;

const FAULTS: readonly [Fault, ...Fault[]] = [
  () => ({}),
  () => ({}),
  () => ({}),
  (random) => ({ status: { from: 1, until: whole(random, 1, 6), code: pick(random, CODES) } }),
  (random) => ({ status: { from: whole(random, 1, 8), until: Infinity, code: pick(random, CODES) } }),
  (random) => ({ body: { from: whole(random, 1, 6), text: pick(random, BODIES) } }),
  (random) => ({ cut: { from: whole(random, 1, 6), share: random(), reset: random() < 0.5 } }),
  (random, paging) => {
    const [first, ...others] = troublesOf(paging);
    return first === undefined ? {} : { trouble: pick(random, [first, ...others]) };
  },
  (random) => ({ rows: spoiler(random, (row) => ({ ...row, price: "1,5" })) }),
  (random) => ({
    rows: spoiler(random, ({ id: _gone, ...row }) => ({ ...row, id: null as unknown as string })),
  }),
  (random, paging, truth) => {
    // By opaque cursors the simulator's lists are read by position, and only counted lists promise to notice.
    if (paging !== "offset" && paging !== "page-number" && paging !== "single") return {};
    const how = pick(random, [truth.remove, truth.add, truth.rename]);
    return { move: { after: whole(random, 1, 6), how } };
  },
];

/** One run's script; a fifth of the upstreams state a date, one of them from another century. */
export function scriptOf(random: Random, paging: Paging, truth: Truth, now: number): Script {
  const script = pick(random, FAULTS)(random, paging, truth);
  const dated = random();
  if (dated < 0.6) return script;
  return { ...script, date: dated < 0.95 ? now : Date.UTC(2099, 0, 1) };
}

function troublesOf(paging: Paging): readonly PagingTrouble[] {
  const names = Object.keys(TROUBLED) as PagingTrouble[];
  return names.filter((name) => TROUBLED[name].includes(paging));
}

/** Spoils a share of the rows, always the same ones within a run. */
function spoiler(random: Random, spoil: (row: Item) => Item): NonNullable<Script["rows"]> {
  const share = random() * 0.4;
  const salt = whole(random, 1, 1_000);
  return (rows) => rows.map((row) => (fraction(`${row.id}${salt}`) < share ? spoil(row) : row));
}

function fraction(text: string): number {
  let mixed = 7;
  for (const letter of text) mixed = (Math.imul(mixed, 31) + letter.charCodeAt(0)) >>> 0;
  return (mixed % 997) / 997;
}
