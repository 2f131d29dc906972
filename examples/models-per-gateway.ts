/**
 * Prints how many models each gateway offers: `node examples/models-per-gateway.ts [gateway…]`.
 * The first run reads the upstreams; later ones answer from what was read. Outside this checkout: `from "modeldex"`.
 */
import { openCatalog, sync } from "../src/index.ts";

const asked = process.argv.slice(2);
const gateways =
  asked.length > 0 ? asked : ["openrouter", "portkey", "featherless", "deepinfra", "hug", "all"];

const catalog = await openCatalog().catch(async () => {
  await sync();
  return openCatalog();
});

for (const gateway of gateways) {
  const { total } = catalog.models({ gateway: [gateway], limit: 1 });
  console.log(`${gateway.padEnd(15)} ${total.toLocaleString("en").padStart(6)} models`);
}
