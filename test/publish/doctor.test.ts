/** The doctor: each thing that broke others is found where it is, named, and left as it is. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Price } from "../../src/domain/price.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { diagnose } from "../../src/publish/doctor/doctor.ts";
import { boundCheck, outlierCheck, unitCheck } from "../../src/publish/doctor/prices.ts";
import { idCheck, servingCheck, sumCheck } from "../../src/publish/doctor/served.ts";
import { runCheck, settingCheck, type Declared } from "../../src/publish/doctor/sources.ts";
import type { ComparedOffer } from "../../src/publish/outliers.ts";
import { emptyReport } from "../../src/domain/run.ts";
import { metered, openHouse, type House } from "./ledgers.ts";

const HOUR_MS = 3_600_000;

let house: House;

beforeEach(async () => {
  house = await openHouse();
  await house.says("groq", [metered("lab/m", "0.0000001"), metered("lab/n", "0.0000001")]);
  await house.publish();
});
afterEach(() => house.close());

const GROQ: Declared = {
  id: "groq",
  credentials: ["GROQ_API_KEY"],
  credentialOptional: false,
  paging: "single page",
  priceUnit: "dollars per token",
  configured: true,
};

async function examine(ledger: Ledger = house.ledger, laterMs = 0) {
  const now = house.runtime.now() + laterMs;
  const diagnosis = await diagnose({ ...house.publishing, ledger, cards: [GROQ] }, now, 2 * HOUR_MS);
  const ill = diagnosis.checks.filter(({ verdict }) => verdict !== "fine");
  return { ...diagnosis, ill: ill.map(({ check, verdict }) => `${check} ${verdict}`) };
}

describe("the doctor", () => {
  test("finds nothing where nothing is wrong, and says what was looked at", async () => {
    const { verdict, revision, ill, checks } = await examine();
    expect([verdict, revision, ill]).toEqual(["fine", 1, []]);
    expect(checks.map(({ check }) => check)).toEqual([
      "ledger",
      "saved catalog",
      "sums",
      "ids",
      "models",
      "prices",
      "units",
      "outliers",
      "freshness",
      "runs",
      "settings",
    ]);
    expect(checks.find(({ check }) => check === "sums")?.looked).toBe(
      "2 models with 2 offers, beside the ledger",
    );
  });

  test("a flipped bit in the saved catalog is broken, and the file stays as it is", async () => {
    const { directory } = house.publishing;
    const file = join(directory, "public.catalog");
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const { verdict, ill, checks } = await examine();
    expect([verdict, ill]).toEqual(["broken", ["saved catalog broken"]]);
    expect(checks[1]?.symptoms).toEqual([
      { subject: file, message: "is damaged; modeldex sync writes it anew" },
    ]);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test("a saved catalog that is missing is a finding", async () => {
    for (const name of readdirSync(house.publishing.directory))
      rmSync(join(house.publishing.directory, name));
    expect((await examine()).ill).toEqual(["saved catalog findings"]);
  });

  test("a ledger whose hashes do not fit is broken", async () => {
    const damaged = {
      ...house.ledger,
      verify: async () => ["the version 1: its facts do not have its hash"],
    };
    expect(await examine(damaged)).toMatchObject({ verdict: "broken", ill: ["ledger broken"] });
  });

  test("a source that was not read for long is stale", async () => {
    const { verdict, checks } = await examine(house.ledger, 50 * HOUR_MS);
    expect(verdict).toBe("findings");
    expect(checks.find(({ check }) => check === "freshness")?.symptoms).toEqual([
      { subject: "groq", message: "was last read 50 hours ago" },
    ]);
  });

  test("before the first revision what is served is skipped, and a source that was never read is named", async () => {
    const empty = await openHouse();
    const { verdict, checks } = await diagnose({ ...empty.publishing, cards: [GROQ] }, 0, HOUR_MS);
    await empty.close();
    expect(verdict).toBe("findings");
    expect(checks.filter((check) => check.verdict === "skipped")).toHaveLength(7);
    expect(checks.find(({ check }) => check === "freshness")?.symptoms[0]?.message).toMatch(
      /never been read/,
    );
  });

  test("a price far from the others is a finding of the ledger once it is published, and nothing is repaired", async () => {
    await house.says("together", [metered("lab/m", "0.0000001")]);
    await house.says("huggingface-router", [
      metered("lab/m", "0.0001"),
      { ...metered("lab/m", "0.0000001"), provider: "novita" },
    ]);
    const { operator } = await house.publish();
    const [found, ...others] = await house.ledger.findings({ kind: "outlier", limit: 10 });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      source: "huggingface-router",
      subject: "huggingface/unstated/lab/m input",
    });
    expect(found?.message).toBe(
      "input costs $100 per million tokens, 1000 times the median $0.1 of 3 other offers of lab/m",
    );
    const row = operator.offers.rowOf("huggingface/unstated/lab/m") ?? -1;
    expect(Buffer.from(operator.offers.documentAt(row)).toString()).toContain('"usd":"0.0001"');
  });
});

function catalogWith(offersCount: number, aliases: readonly string[] = []) {
  const only = {
    id: "groq/groq/lab/m",
    document: { id: "groq/groq/lab/m", gateway: "groq", model: "lab/m" },
  };
  const entry = (id: string, count: number, list: readonly string[]) => ({
    id,
    aliases: list,
    document: { id, object: "model", ...(count === 0 ? {} : { offers_count: count }) },
  });
  return buildCatalog(
    [
      { ...entry("lab/m", offersCount, aliases), offers: [only] },
      { ...entry("lab/ghost", 0, []), offers: [] },
    ],
    1,
    0,
  );
}

describe("what is served", () => {
  test("a model that counts other offers than it has is broken, and so is a ledger that makes others", async () => {
    const { symptoms, verdict } = await sumCheck(house.publishing, catalogWith(3), true);
    expect(verdict).toBe("broken");
    expect(symptoms.map(({ message }) => message)).toEqual([
      "says that it has 3 offers, and has 1",
      "the ledger makes 2 offers, and 1 are served",
    ]);
    expect((await sumCheck(house.publishing, catalogWith(1), false)).verdict).toBe("fine");
  });

  test("an id that two have is broken, and an alias that is another model's id", () => {
    expect(idCheck(catalogWith(1, ["m"])).verdict).toBe("fine");
    const catalog = catalogWith(1);
    const twice = { ...catalog, models: { ...catalog.models, idAt: () => "lab/m" } };
    expect(idCheck(twice).symptoms[0]?.message).toBe("is the id of more than one model");
    const named = catalogWith(1, ["m"]);
    const taken = { ...named, aliases: { ...named.aliases, idAt: () => "lab/ghost" } };
    expect(idCheck(taken)).toMatchObject({
      verdict: "broken",
      symptoms: [{ subject: "lab/ghost", message: "is a model, and an alias of lab/m" }],
    });
  });

  test("a model that nobody offers and the Hub does not list is a finding", () => {
    expect(servingCheck(catalogWith(1)).symptoms).toEqual([
      { subject: "lab/ghost", message: "nobody offers it, and the Hub does not list it" },
    ]);
  });
});

function offer(source: string, model: string, usd: string, rest: Partial<ComparedOffer> = {}): ComparedOffer {
  const prices: readonly Price[] = [{ meter: "input", unit: "token", usd }];
  return { id: `${source}/${source}/${model}`, model, source, billing: "metered", prices, ...rest };
}

const NEAR = ["a", "b", "c"].flatMap((source) => [1, 2, 3].map((n) => offer(source, `m${n}`, `0.00000${n}`)));

describe("prices", () => {
  test.each([
    ["token", "0.0021", 1],
    ["token", "0.00000000001", 1],
    ["token", "-0.000001", 1],
    ["token", "0", 0],
    ["token", "0.0006", 0],
    ["image", "11", 1],
    ["image", "0.04", 0],
  ] as const)("per %s $%s: %i out of bounds", (unit, usd, found) => {
    const prices: readonly Price[] = [{ meter: "image", unit, usd }];
    expect(boundCheck([offer("a", "m", "0", { prices })]).found).toBe(found);
  });

  test("five times the median of the others is an outlier; what is free, for batches or alone is none", () => {
    expect(outlierCheck([...NEAR, offer("d", "m1", "0.0000049")]).found).toBe(0);
    expect(outlierCheck([...NEAR, offer("d", "m1", "0.000005")]).symptoms[0]?.subject).toBe("d/d/m1 input");
    expect(outlierCheck([...NEAR, offer("d", "m1", "0.0000002")]).found).toBe(1);
    const others = [
      offer("d", "m1", "0.0000001", { variant: "batch" }),
      offer("d", "m2", "0", { billing: "free" }),
      offer("d", "alone", "0.001"),
    ];
    expect(outlierCheck([...NEAR, ...others]).found).toBe(0);
  });

  test("a source a thousand times off is in another unit, and one of which a part is, in two", () => {
    const off = [1, 2, 3].map((n) => offer("d", `m${n}`, `0.00${n}`));
    expect(unitCheck([...NEAR, ...off], []).symptoms).toEqual([
      { subject: "d", message: "its prices are 1000 times those of others, over 3 prices" },
    ]);
    const mixed = [offer("d", "m1", "0.001"), offer("d", "m2", "0.000002"), offer("d", "m3", "0.000003")];
    expect(unitCheck([...NEAR, ...mixed], []).symptoms).toEqual([
      {
        subject: "d",
        message: "1 of its prices seem to be in another unit than the rest, over 3 prices: d/d/m1",
      },
    ]);
  });

  test("a source that states prices declares their unit", () => {
    const { priceUnit: _, ...undeclared } = GROQ;
    expect(
      unitCheck(NEAR, [{ ...undeclared, id: "a" }, GROQ]).symptoms.map(({ subject }) => subject),
    ).toEqual(["a"]);
  });
});

describe("sources", () => {
  const health = (everWhole: boolean, outcome: "complete" | "failed") => ({
    source: "groq",
    everWhole,
    offers: 0,
    held: 0,
    findings: 0,
    lastRun: { id: 1, source: "groq", startedAt: 0, recordedAt: 0, report: emptyReport("groq", outcome) },
  });

  test("a run that failed is named", () => {
    expect(runCheck([GROQ], [health(true, "complete")]).found).toBe(0);
    expect(runCheck([GROQ], [health(true, "failed")]).symptoms[0]?.message).toBe("its last run was failed");
  });

  test("a key that is set for a source that was never read whole, or is not named, is a finding", () => {
    expect(settingCheck([GROQ], [health(true, "complete")]).found).toBe(0);
    expect(settingCheck([GROQ], [health(false, "failed")]).symptoms[0]?.message).toMatch(
      /^its list has never been read whole, though GROQ_API_KEY is set/,
    );
    const unnamed = { ...GROQ, lacks: "MODELDEX_SOURCES does not name it" };
    expect(settingCheck([unnamed], []).symptoms[0]?.message).toMatch(
      /^MODELDEX_SOURCES does not name it, though GROQ_API_KEY is set/,
    );
  });
});
