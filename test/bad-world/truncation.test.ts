/** A body that ends too early is never taken for the whole: at whichever byte it is cut. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodyOf, truncatedAt } from "../simulator/body.ts";
import { hostOf, listOf, rows, sourceOf } from "./kinds.ts";
import { openWorld, type World } from "./world.ts";

const NAMED = rows(3).map((row, index) => (index === 1 ? { ...row, name: "Modèle “deux” \\ 模型 🜚" } : row));
const BODIES = {
  single: JSON.stringify({ data: NAMED }),
  link: `${JSON.stringify(NAMED, undefined, 1)}\n`,
} as const;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test.each(["single", "link"] as const)(
  "a %s page of three rows, cut at every byte, changes nothing",
  async (kind) => {
    const source = sourceOf(kind);
    const whole = Buffer.from(BODIES[kind]);
    world.upstreams.setBody(listOf(kind), whole);
    expect(await world.run(source)).toMatchObject({ outcome: "complete", offers: 3 });
    const good = await world.served(source);
    // Other rows than before: whatever is taken of a cut body would show.
    const other = Buffer.from(BODIES[kind].replaceAll("m-", "n-"));
    world.upstreams.setBody(listOf(kind), other);
    const bytes =
      other.toString().trimEnd().length === other.toString().length ? other.length : other.length - 1;

    const verdicts = new Map<string, number>();
    for (let at = 0; at < bytes; at += 1) {
      world.upstreams.clearFaults();
      world.upstreams.setFault(hostOf(kind), truncatedAt(at));
      const { outcome, error, removed, added, changed } = await world.run(source);
      expect({ outcome, removed, added, changed }, `cut at byte ${at}`).toEqual({
        outcome: "rejected",
        removed: 0,
        added: 0,
        changed: 0,
      });
      expect(error?.message, `cut at byte ${at}`).toMatch(/: .+/);
      verdicts.set(error?.code ?? "none", (verdicts.get(error?.code ?? "none") ?? 0) + 1);
    }
    expect([...verdicts.keys()].toSorted()).toEqual(["bad-encoding", "not-json"]);
    expect([...verdicts.values()].reduce((sum, count) => sum + count, 0)).toBe(bytes);
    expect(await world.served(source)).toEqual(good);
  },
);

test("a compressed body, cut at every byte, changes nothing", async () => {
  const { gzipSync, brotliCompressSync, deflateSync, zstdCompressSync } = await import("node:zlib");
  const source = sourceOf("single", "compressed");
  world.upstreams.setBody(listOf("compressed"), Buffer.from(BODIES.single));
  await world.run(source);
  const good = await world.served(source);
  const forms = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, zstd: zstdCompressSync };
  for (const [encoding, compress] of Object.entries(forms)) {
    const body = compress(Buffer.from(BODIES.single.replaceAll("m-", "n-")));
    for (let at = 0; at < body.length; at += 1) {
      world.upstreams.clearBodies();
      world.upstreams.setBody(listOf("compressed"), () => ({
        headers: { "content-encoding": encoding },
        body: body.subarray(0, at),
      }));
      const { outcome, error } = await world.run(source);
      // Only the trailer of a form may be missing: then every byte of the list was there, and it is no cut list.
      expect(outcome, `${encoding} cut at byte ${at}: ${error?.message}`).toBe("rejected");
      expect(["bad-encoding", "not-json"]).toContain(error?.code);
    }
  }
  expect(await world.served(source)).toEqual(good);
});

test("what stands behind a whole body is refused with it", async () => {
  const source = sourceOf("single", "behind");
  world.upstreams.setBody(listOf("behind"), Buffer.from(BODIES.single));
  await world.run(source);
  world.upstreams.setBody(listOf("behind"), Buffer.from(BODIES.single.replaceAll("m-", "n-")));
  for (const rest of ["x", "}", "{}", "\u0000", "null", "\n<!-- cached -->"]) {
    world.upstreams.setFault(hostOf("behind"), bodyOf(BODIES.single.replaceAll("m-", "n-") + rest));
    expect(await world.run(source)).toMatchObject({ outcome: "rejected", error: { code: "not-json" } });
  }
});
