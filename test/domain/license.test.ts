/** One license has one name, however an upstream spells it; what no table knows stays as it was said. */
import { expect, test } from "vitest";
import { licenseOf } from "../../src/domain/license.ts";

test.each([
  ["apache-2.0", "apache-2.0"],
  ["Apache 2.0", "apache-2.0"],
  ["Apache 2.0 License", "apache-2.0"],
  ["Apache License, Version 2.0", "apache-2.0"],
  ["apache2", "apache-2.0"],
  ["MIT", "mit"],
  ["MIT License", "mit"],
  ["other modified-mit", "modified-mit"],
  ["Modified-MIT license", "modified-mit"],
  ["Llama-3.1 (Other)", "llama3.1"],
  ["Llama 3.1 License", "llama3.1"],
  ["Llama 3.3 Community License Agreement", "llama3.3"],
  ["Llama-3 (Other)", "llama3"],
  ["other llama4", "llama4"],
  ["other nvidia-open-model-license", "nvidia-open-model-license"],
  ["OpenMDW v1.1", "openmdw-1.1"],
  ["Qwen License", "qwen"],
  ["Gemma License", "gemma"],
  ["CC-BY-NC-4.0", "cc-by-nc-4.0"],
  ["openrail++", "openrail++"],
  ["other", "other"],
])("%j is called %j", (spelling, license) => {
  expect(licenseOf(spelling)).toBe(license);
});

test.each([
  "Kimi K3 License",
  "MiniMax-M3",
  "MIT (modified)",
  "Apache 2.0 (non-commercial)",
  "other-worldly",
  "apache",
  "<b>mine</b>",
  "constructor",
])("%j is known to no table and stays as it is", (spelling) => {
  expect(licenseOf(spelling)).toBe(spelling);
});

test.each(["unknown", "Unknown", "N/A", "none"])("%j says that none is known", (spelling) => {
  expect(licenseOf(spelling)).toBeUndefined();
});

test("licenses that differ in more than spelling stay apart", () => {
  const names = ["gpl-2.0", "gpl-3.0", "lgpl-3.0", "agpl-3.0", "mit", "modified-mit", "llama3", "llama3.1"];
  expect(names.map(licenseOf)).toEqual(names);
  expect(licenseOf("qwen")).not.toBe(licenseOf("tongyi-qianwen"));
});
