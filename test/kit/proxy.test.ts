/** `HTTPS_PROXY`: https goes through it, http and the hosts of `NO_PROXY` do not. */
import { createServer, type AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { httpTransport } from "../../src/kit/client.ts";

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Writes down what it is asked, and refuses. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (bytes) => {
      asked.push(bytes.toString("latin1").split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => void server.close());
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}` };
}

async function ask(url: string, settings: Parameters<typeof httpTransport>[0]) {
  const { transport, close } = httpTransport(settings);
  closing.push(close);
  const request = { url: new URL(url), headers: {}, signal: AbortSignal.timeout(2_000) };
  return transport(request).then(
    ({ status }) => status,
    () => "refused",
  );
}

describe("a proxy", () => {
  test("is asked for every https address", async () => {
    const proxy = await startProxy();
    await ask("https://upstream.invalid/v1/models", { proxy: proxy.url });
    expect(proxy.asked).toEqual(["CONNECT upstream.invalid:443 HTTP/1.1"]);
  });

  test("is asked for what is handed over by https, too", async () => {
    const proxy = await startProxy();
    const { post, close } = httpTransport({ proxy: proxy.url });
    closing.push(close);
    const url = new URL("https://upstream.invalid/oauth/token");
    await post({ url, headers: {}, signal: AbortSignal.timeout(2_000), body: "a=b" }).catch(() => undefined);
    expect(proxy.asked).toEqual(["CONNECT upstream.invalid:443 HTTP/1.1"]);
  });

  test("is not asked for http: a mirror on this machine is reached directly", async () => {
    const proxy = await startProxy();
    await ask("http://127.0.0.1:9/", { proxy: proxy.url });
    expect(proxy.asked).toEqual([]);
  });

  test("is not asked for a host of NO_PROXY", async () => {
    const proxy = await startProxy();
    await ask("https://upstream.invalid/", { proxy: proxy.url, noProxy: "upstream.invalid" });
    expect(proxy.asked).toEqual([]);
  });
});
