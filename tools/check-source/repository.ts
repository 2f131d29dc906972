/** Where things lie: the tools of a copy of the repository speak of that copy alone. */
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const REGISTRY = "src/sources/index.ts";
export const INDEX = "fixtures/index.json";

export const sourceFile = (id: string) => `src/sources/${id}.ts`;
export const fixtureFolder = (id: string) => `fixtures/${id}`;
/** The body that the golden listings are made from. */
export const mainBody = (id: string) => `fixtures/${id}/models.json`;
export const goldenFile = (id: string) => `fixtures/${id}/golden.json`;
