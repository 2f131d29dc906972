/** Publishes and sends without end: `node test/notify/carrier.ts <ledger> <url>`. Who starts it kills it. */
import { sendDue } from "../../src/notify/courier.ts";
import { offer, world } from "./world.ts";

const [url = "", hook = ""] = process.argv.slice(2);
const made = await world({ url });
const carrying = { ...made.carrying, holder: String(process.pid), isGone: () => true };
if ((await made.ledger.watches.list()).length === 0) await made.watch(hook, { gateway: "groq" });

for (;;) {
  await made.publish([offer(1), offer(2, { gateway: "xai" }), offer(3)], `carrier ${process.pid}`);
  await sendDue(carrying);
}
