/** `modeldex doctor`: a table, an object, and an exit code that a script can go by. */
import { expect, test } from "vitest";
import { examined, skipped, type Diagnosis } from "../../src/domain/diagnosis.ts";
import { fakeApplication, NO_PROVENANCE } from "./support/application.ts";
import { HOSTILE, HOUR_MS, NOW } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";

const STALE = Array.from({ length: 12 }, (_, n) => ({ subject: `source-${n}`, message: "is old" }));

function ill(verdict: Diagnosis["verdict"]): Diagnosis {
  return {
    verdict,
    revision: 7,
    checks: [
      examined("ids", "3 ids", [], "broken"),
      skipped("sums", "nothing has been published yet"),
      examined("freshness", "12 sources", STALE, "findings"),
      examined("models", "1 model", [{ subject: HOSTILE, message: HOSTILE }], "broken"),
    ],
  };
}

function host(verdict: Diagnosis["verdict"], asked: unknown[] = []) {
  const diagnose = async (...question: unknown[]) => {
    asked.push(question);
    return ill(verdict);
  };
  return fakeHost(fakeApplication({ provenance: { ...NO_PROVENANCE, diagnose } }), { columns: 80 });
}

test.each([
  ["fine", 0],
  ["findings", 3],
  ["broken", 1],
] as const)("%s is exit code %i", async (verdict, code) => {
  expect((await type(["doctor"], host(verdict))).code).toBe(code);
});

test("says of each check what was looked at, and of a few symptoms what they are", async () => {
  const asked: unknown[] = [];
  const { out } = await type(["doctor"], host("broken", asked));
  expect(asked).toEqual([[NOW, 2 * HOUR_MS]]);
  expect(out).toMatch(/ids +fine +3 ids\nsums +skipped +nothing has been published yet\n/);
  expect(out).toMatch(/freshness +12 findings +12 sources\nmodels +BROKEN +1 model\n/);
  expect(out).toMatch(/ {2}source-9: is old\n {2}and 2 more: --json\n/);
  expect(out).not.toContain("\u001b");
});

test("prints an object with --json, with every symptom", async () => {
  const { out } = await type(["doctor", "--json"], host("findings"));
  const { object, verdict, checks } = JSON.parse(out);
  expect([object, verdict]).toEqual(["diagnosis", "findings"]);
  expect(checks[2]).toMatchObject({ check: "freshness", found: 12, symptoms: STALE });
});
