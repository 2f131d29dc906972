/** A lease is taken from the dead at once, and never from the living. */
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { holderName, isGone } from "../src/holder.ts";
import { systemRuntime } from "../src/kit/runtime.ts";

const HOUR_MS = 3_600_000;
const mine = holderName(systemRuntime);
const [host = "", id = "", start = "0"] = mine.split(":");

describe("a holder", () => {
  test("of this very process is not gone, whichever thread it is", () => {
    expect(isGone(mine, systemRuntime)).toBe(false);
    expect(isGone(`${host}:${id}:${Number(start) + 300}:other:accept`, systemRuntime)).toBe(false);
  });

  test("of another living process of this machine is not gone", () => {
    expect(isGone(`${hostname()}:${process.ppid}:${start}:x`, systemRuntime)).toBe(false);
  });

  test("whose process has ended is gone", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    expect(isGone(`${hostname()}:${pid}:${start}:x`, systemRuntime)).toBe(true);
  });

  test("with this process's number and another start is its predecessor, and gone", () => {
    expect(isGone(`${host}:${id}:${Number(start) - HOUR_MS}:x`, systemRuntime)).toBe(true);
  });

  test("of another machine, or of no known form, is not known to be gone", () => {
    expect(isGone(`elsewhere:${id}:0:x`, systemRuntime)).toBe(false);
    expect(isGone("somebody", systemRuntime)).toBe(false);
  });
});
