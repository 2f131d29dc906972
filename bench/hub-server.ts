/** A simulated Hub in a process of its own, each answer so late that its own work does not show: `node bench/hub-server.ts <models> <ms> <share by which downloads move after each page>`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { simulatedHub } from "../test/simulator/hub.ts";
import { hubModels, movingDownloads } from "../test/simulator/hub-models.ts";

/** So many requests in a window that nobody is held up by it. */
const QUOTA = 1_000_000;

const [models = "0", latencyMs = "0", share = "0"] = process.argv.slice(2);
const rows = hubModels(Number(models), { providers: ["hf-inference", "novita", "together"] });

const server = createServer((incoming, response) => {
  const arrived = performance.now();
  const url = new URL(incoming.url ?? "/", origin());
  const reply = hub().answer({
    method: "GET",
    url: url.href,
    host: url.host,
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
  });
  const body = Buffer.from(reply.body ?? JSON.stringify(reply.value));
  const left = Number(latencyMs) - (performance.now() - arrived);
  void sleep(Math.max(0, left)).then(() => {
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    return response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => console.log(origin()));

let made: ReturnType<typeof simulatedHub> | undefined;

/** Made when the port is known: its links name it. */
function hub() {
  const moving = Number(share) === 0 ? {} : { onPage: movingDownloads(Number(share)) };
  made ??= simulatedHub({ models: rows, quota: QUOTA, origin: origin(), ...moving });
  return made;
}

function origin(): string {
  // The server listens on a port, not on a path.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
