/** A catalog goes from thread to thread without a copy. */
import { receiveMessageOnPort, MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { handOver, takeOver, type HandedCatalog } from "../../src/catalog/handed.ts";
import { metered, openHouse } from "../publish/ledgers.ts";
import { contentsOf } from "./contents.ts";

test("a catalog that is handed over says the same, out of the same memory", async () => {
  const house = await openHouse();
  await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000002")]);
  const catalog = (await house.publish()).public;
  await house.close();
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(handOver(catalog));
  // What was handed over on the line before.
  const handed = receiveMessageOnPort(port2)?.message as HandedCatalog;
  port1.close();
  const taken = takeOver(handed);
  expect(contentsOf(taken)).toEqual(contentsOf(catalog));
  const there = new Uint8Array(taken.tables.memory.image);
  const here = new Uint8Array(catalog.tables.memory.image);
  there[there.length - 1] = 200;
  expect(here.at(-1)).toBe(200);
});
