import { expect, test } from "vitest";
import type { Published } from "../../src/publish/publish.ts";
import { createPublisher } from "../../src/publish/publisher.ts";
import { virtualRuntime } from "../worlds/virtual-runtime.ts";

const EVERY_MS = 10_000;

/** A publisher whose publishing ends when the test says so, with a word on how. */
function publisherOf(firstAfterMs = 0) {
  const runtime = virtualRuntime(0, () => 0.5);
  const started: { readonly at: number; readonly end: (failure?: Error) => void }[] = [];
  const failures: unknown[] = [];
  const stop = new AbortController();
  const publisher = createPublisher({
    runtime,
    everyMs: EVERY_MS,
    firstAfterMs,
    signal: stop.signal,
    publish: () => {
      const { promise, resolve, reject } = Promise.withResolvers<Published>();
      // What was published is nobody's business here.
      const end = (failure?: Error) => (failure === undefined ? resolve({} as Published) : reject(failure));
      started.push({ at: runtime.monotonic(), end });
      return promise;
    },
    onPublished: () => undefined,
    onError: (error) => failures.push(error),
  });
  return { publisher, started, failures };
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
}

test("many requests are one revision, and the next comes not sooner than it may", async () => {
  const { publisher, started } = publisherOf();
  publisher.request();
  publisher.request();
  await settled();
  expect(started).toHaveLength(1);
  started[0]?.end();
  await settled();
  publisher.request();
  await settled();
  expect(started.map(({ at }) => at)).toEqual([0, EVERY_MS]);
});

test("the first may have to wait, so that what is read together is one revision", async () => {
  const { publisher, started } = publisherOf(EVERY_MS);
  publisher.request();
  await settled();
  expect(started.map(({ at }) => at)).toEqual([EVERY_MS]);
});

test("what is requested while a revision is made is in the next one", async () => {
  const { publisher, started } = publisherOf();
  publisher.request();
  await settled();
  publisher.request();
  started[0]?.end();
  await settled();
  expect(started).toHaveLength(2);
  started[1]?.end();
  await settled();
  expect(started).toHaveLength(2);
});

test("a publish that failed is said, and tried again", async () => {
  const { publisher, started, failures } = publisherOf();
  publisher.request();
  await settled();
  started[0]?.end(new Error("the disk is full"));
  await settled();
  expect(failures).toHaveLength(1);
  expect(started).toHaveLength(2);
});

test("a flush publishes at once what was requested, and nothing where nothing was", async () => {
  const { publisher, started } = publisherOf();
  await publisher.flush();
  expect(started).toEqual([]);
  publisher.request();
  const flushed = publisher.flush();
  await settled();
  started[0]?.end();
  await flushed;
  expect(started).toHaveLength(1);
});
