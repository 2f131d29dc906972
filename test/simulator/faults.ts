/**
 * The bad world as a table: every way an answer goes wrong on the wire, by name. How *pages* go wrong is told
 * where pages are made, in `paged.ts`.
 */

import { bodyFaults } from "./body.ts";
import { latencyFaults } from "./latency.ts";
import { statusFaults } from "./status.ts";

export const FAULTS = { latency: latencyFaults, status: statusFaults, body: bodyFaults } as const;

export type FaultGroup = keyof typeof FAULTS;
export type FaultName = (typeof FAULTS)[FaultGroup][number]["name"];
export type NamedRecipe = (typeof FAULTS)[FaultGroup][number];

/** Every recipe, for the tests that walk the whole table. */
export const ALL_FAULTS: readonly NamedRecipe[] = Object.values(FAULTS).flat();

const BY_NAME: ReadonlyMap<string, NamedRecipe> = new Map(ALL_FAULTS.map((each) => [each.name, each]));

/** The recipe of this name: `upstreams.setFault("api.example.com", faultNamed("UTF-16"))`. */
export function faultNamed(name: FaultName): NamedRecipe {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`there is no fault named ${name}`);
  return found;
}
