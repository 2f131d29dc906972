/** The flags of `modeldex cheapest`: which offers, for which usage. */
import type { Command } from "commander";
import { OFFER_FILTERS } from "../../catalog/parameters.ts";
import { addQuestionFlags } from "./question-flags.ts";
import { addUsageFlags } from "./usage-flags.ts";

/** `--input` and `--output` count tokens where a usage is stated: what goes in and comes out has these flags. */
export const MODALITY_FLAGS: ReadonlyMap<string, string> = new Map([
  ["input", "input_modality"],
  ["output", "output_modality"],
]);
export function addChoosingFlags(command: Command): Command {
  addQuestionFlags(
    command,
    OFFER_FILTERS.map((filter) => ({ ...filter, name: MODALITY_FLAGS.get(filter.name) ?? filter.name })),
  );
  return addUsageFlags(command).option("--limit <count>", "how many to list, 1 to 1000 (20)");
}
