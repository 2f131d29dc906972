/** Findings: first and last sighting, closed when not found again, reopened when found once more. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/domain/finding.ts";
import { LeaseLost, type RunCommit } from "../../src/ledger/ledger.ts";
import type { Subject } from "./ledger.test.ts";
import { applied, HOUR_MS, leaseOf, SOURCE, unbelieved } from "./making.ts";
import { NOW } from "./places.ts";

const WORD: Finding = { kind: "unknown-word", subject: "task:dance", message: "no word that we know" };
const ITEM: Finding = {
  kind: "rejected-item",
  subject: "/data/3",
  pointer: "/data/3/id",
  message: "the id is empty",
};

export function findingsContract(current: () => Subject): void {
  describe("findings", () => {
    const found = (commit: RunCommit, ...findings: readonly Finding[]): RunCommit => ({
      ...commit,
      findings,
      findingKinds: ["unknown-word", "rejected-item"],
    });

    it("a finding keeps its first sighting, moves its last, and counts its runs", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(found(applied(1), WORD, ITEM, WORD), lease);
      await ledger.commitRun(
        found(unbelieved(2, "rejected"), { ...ITEM, message: "still empty" }, WORD),
        lease,
      );
      const [first, second] = await ledger.findings({ limit: 9 });
      const seen = { source: SOURCE, firstSeen: NOW + HOUR_MS, lastSeen: NOW + 2 * HOUR_MS, runs: 2 };
      expect([first, second]).toEqual([
        { ...WORD, ...seen },
        { ...ITEM, ...seen, message: "still empty" },
      ]);
      expect(await ledger.findings({ kind: "rejected-item", source: SOURCE, limit: 9 })).toEqual([second]);
      expect(await ledger.findings({ limit: 1 })).toEqual([first]);
      expect(await ledger.findings({ source: "other", limit: 9 })).toEqual([]);
    });

    it("a finding that is not found again is closed, and reopened with its first sighting", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(found(applied(1), WORD, ITEM), lease);
      await ledger.commitRun(found(applied(2, {}, "other"), WORD), lease);
      await ledger.commitRun(found(applied(3), ITEM), lease);
      expect((await ledger.findings({ source: SOURCE, limit: 9 })).map(({ kind }) => kind)).toEqual([
        "rejected-item",
      ]);
      expect(await ledger.findings({ source: "other", limit: 9 })).toHaveLength(1);
      expect((await ledger.health()).map(({ source, findings }) => [source, findings])).toEqual([
        [SOURCE, 1],
        ["other", 1],
      ]);
      await ledger.commitRun({ ...applied(4), findings: [WORD], findingKinds: ["unknown-word"] }, lease);
      const open = await ledger.findings({ source: SOURCE, limit: 9 });
      expect(open).toMatchObject([
        { kind: "unknown-word", firstSeen: NOW + HOUR_MS, lastSeen: NOW + 4 * HOUR_MS, runs: 2 },
        { kind: "rejected-item" },
      ]);
    });

    it("a run that says nothing of a kind leaves its findings open", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(found(applied(1), WORD), lease);
      await ledger.commitRun(applied(2), lease);
      expect(await ledger.findings({ limit: 9 })).toMatchObject([{ lastSeen: NOW + HOUR_MS, runs: 1 }]);
    });

    it("findings of no run replace those of their kinds, whatever their source, and no others", async () => {
      const { ledger } = current();
      const lease = await leaseOf(ledger);
      await ledger.commitRun(found(applied(1), WORD), lease);
      const conflict = (source: string, subject: string) => ({
        source,
        kind: "conflict" as const,
        subject,
        message: "two say two",
      });
      await ledger.replaceFindings(["conflict"], [conflict("a", "x"), conflict("b", "x")], NOW + 1, lease);
      await ledger.replaceFindings(["conflict"], [conflict("b", "x"), conflict("b", "y")], NOW + 2, lease);
      const open = await ledger.findings({ kind: "conflict", limit: 9 });
      expect(open.map(({ source, subject, firstSeen, runs }) => [source, subject, firstSeen, runs])).toEqual([
        ["b", "x", NOW + 1, 2],
        ["b", "y", NOW + 2, 1],
      ]);
      expect(await ledger.findings({ kind: "unknown-word", limit: 9 })).toHaveLength(1);
      await ledger.takeLease(lease.name, "another", NOW + 2_000 * HOUR_MS, HOUR_MS);
      await expect(ledger.replaceFindings(["conflict"], [], NOW + 3, lease)).rejects.toThrow(LeaseLost);
      expect(await ledger.findings({ kind: "conflict", limit: 9 })).toHaveLength(2);
    });
  });
}
