/** Raw bodies: one copy of each content, the pages of each run, and bounds. */
import { describe, expect, it } from "vitest";
import type { RunCommit } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { applied, HOUR_MS, leaseOf, seeded } from "./making.ts";
import { NOW } from "./places.ts";

const URL = "https://api.groq.com/openai/v1/models";

export function rawBodiesContract(current: () => Subject): void {
  describe("raw bodies", () => {
    const withPages = (hour: number, ...bodies: readonly Uint8Array[]): RunCommit => ({
      ...applied(hour),
      rawPages: bodies.map((bytes, page) => ({ url: `${URL}?page=${page}`, bytes })),
    });
    /** Bytes that no compression makes smaller. */
    const noise = (seed: number, bytes: number) => {
      const random = seeded(seed);
      return Uint8Array.from({ length: bytes }, () => random(256));
    };

    it("the same bytes are kept once, and come back as they were", async () => {
      const { ledger, store } = current();
      const lease = await leaseOf(ledger);
      const [same, other, empty] = [
        noise(1, 5_000),
        new TextEncoder().encode("[]".repeat(5_000)),
        new Uint8Array(),
      ];
      const first = await ledger.commitRun(withPages(1, same, other, same, empty), lease);
      const second = await ledger.commitRun(withPages(2, same), lease);
      const pages = await ledger.rawPages(first);
      expect(pages.map(({ url, bytes }) => [url, bytes])).toEqual([
        [`${URL}?page=0`, 5_000],
        [`${URL}?page=1`, 10_000],
        [`${URL}?page=2`, 5_000],
        [`${URL}?page=3`, 0],
      ]);
      expect(pages[2]?.hash).toBe(pages[0]?.hash);
      expect((await ledger.rawPages(second)).map(({ hash }) => hash)).toEqual([pages[0]?.hash]);
      const bodies = await Promise.all(
        pages.map(async ({ hash }) => new Uint8Array((await ledger.rawBody(hash)) ?? [])),
      );
      expect(bodies).toEqual([same, other, same, empty]);
      expect(await store.db.selectFrom("raw_body").select("hash").execute()).toHaveLength(3);
      expect(await ledger.rawBody("no such hash")).toBeUndefined();
    });

    it("an address is kept without user, password and key", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      const secret =
        "https://user:hunter2@api.example/v1/models?page=2&key=canary&access_token=canary&X-Api-Key=canary#canary";
      const run = await ledger.commitRun(
        { ...applied(1), rawPages: [{ url: secret, bytes: noise(1, 9) }] },
        lease,
      );
      expect((await ledger.rawPages(run)).map(({ url }) => url)).toEqual([
        "https://api.example/v1/models?page=2",
      ]);
    });

    it("are dropped by age, then by size, the oldest first, and their pages with them", async () => {
      const { ledger, store } = current();
      const lease = await leaseOf(ledger);
      const [old, kept, middle, young] = [noise(1, 4_000), noise(2, 4_000), noise(3, 4_000), noise(4, 4_000)];
      const first = await ledger.commitRun(withPages(1, old, kept), lease);
      await ledger.commitRun(withPages(2, middle), lease);
      await ledger.commitRun(withPages(3, kept), lease);
      const last = await ledger.commitRun(withPages(4, young), lease);
      expect(await ledger.pruneRawBodies({ bytesMax: 1_000_000, olderThan: NOW })).toBe(0);
      expect(await ledger.pruneRawBodies({ bytesMax: 1_000_000, olderThan: NOW + 2 * HOUR_MS })).toBe(1);
      expect(await ledger.rawPages(first)).toEqual([]);
      expect(await ledger.pruneRawBodies({ bytesMax: 9_000, olderThan: NOW })).toBe(1);
      expect(await store.db.selectFrom("raw_page").select("run_id").orderBy("run_id").execute()).toEqual([
        { run_id: 3 },
        { run_id: 4 },
      ]);
      expect(await ledger.pruneRawBodies({ bytesMax: 0, olderThan: NOW })).toBe(2);
      expect(await ledger.rawPages(last)).toEqual([]);
    });

    it("that are damaged are named, and so are facts and times", async () => {
      const { ledger, store } = current();
      const lease = await leaseOf(ledger);
      const run = await ledger.commitRun(withPages(1, noise(1, 900)), lease);
      expect(await ledger.verify()).toEqual([]);
      const [page] = await ledger.rawPages(run);
      await store.db
        .updateTable("raw_body")
        .set({ body: noise(2, 900) })
        .execute();
      expect(await ledger.verify()).toEqual([`the raw body ${page?.hash}: its bytes do not have its hash`]);
    });
  });
}
