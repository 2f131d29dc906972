/** How the tests run: threads that share their modules, so no test may lean on a module's state. */

import { defineConfig } from "vitest/config";
import { Tally } from "./tools/tally.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "src/**/*.test.ts"],
    exclude: ["test/acceptance/**", "node_modules/**", "dist/**"],
    pool: "threads",
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    reporters: ["default", new Tally()],
  },
});
