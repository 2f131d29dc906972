/** A reporter that ends a test run with one line a program can read: `12 passed, 0 failed`. */

import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

export class Tally implements Reporter {
  #passed = 0;
  /** A run that breaks off before it has ended counts as one failure. */
  #failed = 1;

  /** The line is written as the process leaves, because nothing may be printed after it. */
  onInit(): void {
    process.once("exit", () => process.stdout.write(`\n${this.#passed} passed, ${this.#failed} failed\n`));
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const unloaded = modules.filter((module) => module.errors().length > 0).length;
    const failed = tests.filter((test) => test.result().state === "failed").length;
    this.#passed = tests.filter((test) => test.result().state === "passed").length;
    this.#failed = Math.max(failed + unloaded + unhandledErrors.length, reason === "passed" ? 0 : 1);
  }
}
