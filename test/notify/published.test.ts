/** From a publish to a receiver: what everybody may know is told, and what only the operator's own keys see never is. */
import { expect, test } from "vitest";
import { sendDue } from "../../src/notify/courier.ts";
import { metered, openHouse } from "../publish/ledgers.ts";
import { ok, receiver, world } from "./world.ts";

test("what only the operator's own key sees is told to nobody, whatever is wished for", async () => {
  const [house, hook, { carrying, close }] = [await openHouse(), await receiver(ok), await world()];
  const mine = (usd: string) => metered("lab/mine", usd, { visibility: "account" });
  await house.says("groq", [metered("lab/a", "0.000001"), mine("0.000001")]);
  await house.publish();
  await house.ledger.watches.add({ url: hook.url, wish: {}, secret: "whsec_AAAA", createdAt: 0 });
  for (const [a, b] of [
    ["0.000002", "0.000002"],
    ["0.000003", "0.000009"],
  ] as const) {
    await house.says("groq", [
      metered("lab/a", a),
      mine(b),
      metered("lab/mine2", b, { visibility: "account" }),
    ]);
    await house.publish();
  }
  await sendDue({ ...carrying, ledger: house.ledger });
  expect(hook.received.length).toBe(2);
  const told = hook.received.map(({ body }) => body).join(" ");
  expect(told).toContain("lab/a");
  expect(told).not.toContain("mine");
  await close();
  await hook.close();
  await house.close();
});
