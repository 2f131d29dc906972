/** No request goes where it should not: every form of an address, and names that lead there, against what posts. */
import { channel } from "node:diagnostics_channel";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPoster, NotSent } from "../../src/kit/post.ts";
import { addressFault, urlFault } from "../../src/kit/reach.ts";

/** Numbers, by which version 4 may be written in ways that a URL takes for one and the same address. */
const SPECIAL_4 = [
  [0, 0, 0, 0],
  [0, 1, 2, 3],
  [10, 0, 0, 1],
  [10, 255, 255, 254],
  [100, 64, 0, 1],
  [100, 100, 100, 200],
  [127, 0, 0, 1],
  [127, 255, 255, 254],
  [168, 63, 129, 16],
  [169, 254, 169, 254],
  [169, 254, 170, 2],
  [172, 16, 0, 1],
  [172, 31, 255, 255],
  [192, 0, 0, 192],
  [192, 0, 2, 1],
  [192, 88, 99, 1],
  [192, 168, 0, 1],
  [198, 18, 0, 1],
  [198, 19, 255, 255],
  [198, 51, 100, 7],
  [203, 0, 113, 9],
  [224, 0, 0, 1],
  [239, 255, 255, 250],
  [240, 0, 0, 1],
  [255, 255, 255, 255],
] as const;
type Four = (typeof SPECIAL_4)[number];

const number = ([a, b, c, d]: Four) => ((a * 256 + b) * 256 + c) * 256 + d;
const hex = (value: number, width: number) => value.toString(16).padStart(width, "0");
const words = ([a, b, c, d]: Four) => `${hex(a * 256 + b, 4)}:${hex(c * 256 + d, 4)}`;

/** Ways to write one address of version 4 as the host of a URL. */
const SPELLINGS: readonly ((four: Four) => string)[] = [
  (four) => four.join("."),
  (four) => String(number(four)),
  (four) => `0x${hex(number(four), 8)}`,
  (four) => four.map((part) => `0${part.toString(8)}`).join("."),
  ([a, ...rest]) => `0x${hex(a, 2)}.${rest[0] * 65_536 + rest[1] * 256 + rest[2]}`,
  (four) => `[::ffff:${four.join(".")}]`,
  (four) => `[::ffff:${words(four)}]`,
  (four) => `[64:ff9b::${words(four)}]`,
  (four) => `[2002:${words(four)}::1]`,
  (four) => `[::${words(four)}]`,
];

const SPECIAL_6 = [
  "::",
  "::1",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:db8::1",
  "2001:10::1",
  "2620:4f:8000::1",
  "3fff::1",
  "5f00::1",
  "fc00::1",
  "fd00:ec2::254",
  "fdff::1",
  "fe80::1",
  "fec0::1",
  "ff02::1",
] as const;

const HOSTS = [
  ...SPECIAL_4.flatMap((four) => SPELLINGS.map((spelled) => spelled(four))),
  ...SPECIAL_6.map((six) => `[${six}]`),
  "127.1",
  "0",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
];

let connections: string[] = [];
const note = (message: unknown) => {
  const { socket } = message as { readonly socket: { on(event: string, listener: () => void): void } };
  socket.on("connect", () => connections.push("connected"));
};
const server = createServer((_request, reply) => void reply.end());
let port = 0;

beforeAll(async () => {
  channel("net.client.socket").subscribe(note);
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  // It listens on a port of this machine.
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  channel("net.client.socket").unsubscribe(note);
  server.close();
});
beforeEach(() => {
  connections = [];
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function poster(...parts: Parameters<typeof createPoster>): ReturnType<typeof createPoster> {
  const made = createPoster(...parts);
  open.push(made);
  return made;
}

const sending = (url: string) => ({
  url: new URL(url),
  headers: {},
  body: "{}",
  signal: AbortSignal.timeout(2_000),
});

describe("what is not on the public internet", () => {
  test(`is connected to in none of ${HOSTS.length} forms, neither by https nor by http`, async () => {
    const { post } = poster("public");
    const outcomes = await Promise.all(
      HOSTS.flatMap((host) =>
        ["https", "http"].map((protocol) =>
          post(sending(`${protocol}://${host}:${port}/`)).then(
            () => `${host} was reached`,
            (error: unknown) => (error instanceof NotSent ? "refused" : `${host}: ${String(error)}`),
          ),
        ),
      ),
    );
    expect(HOSTS.length).toBeGreaterThan(200);
    expect(outcomes.filter((outcome) => outcome !== "refused")).toEqual([]);
    expect(connections).toEqual([]);
  });

  test("is connected to under no name, not even where only one of its addresses is such", async () => {
    const special = [...SPECIAL_4.map((four) => four.join(".")), ...SPECIAL_6];
    for (const address of special) {
      for (const addresses of [[address], ["8.8.8.8", address], [address, "2a00:1450:4001:800::200e"]]) {
        const { post } = poster("public", async () => addresses);
        await expect(post(sending(`https://hooks.example:${port}/`))).rejects.toThrow(NotSent);
      }
    }
    expect(connections).toEqual([]);
  });

  test("is connected to under no name whose meaning changes in between: each connection looks anew", async () => {
    let asked = 0;
    const { post } = poster("private", async () => {
      asked += 1;
      return [asked === 1 ? "127.0.0.1" : "169.254.169.254"];
    });
    expect(await post(sending(`http://hooks.example:${port}/`))).toEqual({ status: 200 });
    await expect(post(sending(`http://hooks.example:${port}/`))).rejects.toThrow("special purpose");
    expect([asked, connections.length]).toEqual([2, 1]);
  });

  test("is refused when it is typed, where it says so itself", () => {
    for (const host of HOSTS) expect(urlFault(`https://${host}/hook`, "public")).toBeDefined();
    for (const host of ["localhost", "LOCALHOST", "a.localhost", "localhost."])
      expect(urlFault(`https://${host}/`, "public")).toMatch(/this machine/);
  });
});

test("one's own network is reached by explicit setting alone, and what serves a special purpose never", () => {
  for (const own of ["10.1.2.3", "127.0.0.1", "192.168.1.1", "100.64.0.9", "172.20.0.1", "::1", "fd12::1"]) {
    expect(addressFault(own, "http:", "public")).toMatch(/MODELDEX_WEBHOOK_PRIVATE=1/);
    expect(addressFault(own, "http:", "private")).toBeUndefined();
  }
  for (const never of [
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "::ffff:10.0.0.1",
    "x",
  ])
    expect(addressFault(never, "https:", "private")).toMatch(/special purpose/);
});

test("the public internet is reached by https, whatever is set", () => {
  for (const address of ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2a00:1450:4001:800::200e"]) {
    expect(addressFault(address, "https:", "public")).toBeUndefined();
    expect(addressFault(address, "http:", "private")).toMatch(/only https/);
  }
  expect(urlFault("https://hooks.example/x?y=1", "public")).toBeUndefined();
  // A zone names a link of this machine, whatever stands before it.
  expect(addressFault("2606:4700::1111%eth0", "https:", "public")).toMatch(/special purpose/);
  expect(urlFault("file:///etc/passwd", "private")).toMatch(/no https URL/);
});
