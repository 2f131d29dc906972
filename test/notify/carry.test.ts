/** What is sent: in order, once where it is taken, again where it is not, and signed so that a verifier of others accepts it. */
import { createServer as createSecureServer } from "node:https";
import { setDefaultCACertificates } from "node:tls";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, test, vi } from "vitest";
import { sendTest } from "../../src/notify/carry.ts";
import { sendDue, startCourier } from "../../src/notify/courier.ts";
import { CERTIFICATE } from "./certificate.ts";
import {
  NOW,
  numbersIn,
  offer,
  ok,
  receiver,
  world,
  type Received,
  type Receiver,
  type World,
} from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const each of closing.splice(0).toReversed()) await each.close();
});

async function opened(options: Parameters<typeof world>[0] = {}): Promise<World> {
  const made = await world(options);
  closing.push(made);
  return made;
}

async function listening(...parts: Parameters<typeof receiver>): Promise<Receiver> {
  const made = await receiver(...parts);
  closing.push(made);
  return made;
}

/** Sends what is due, then waits as long as is asked, and again, until nothing is left or so many rounds are over. */
async function sendAll({ ledger, carrying, pass }: World, rounds = 100): Promise<number> {
  for (let round = 1; round <= rounds; round += 1) {
    await sendDue(carrying);
    const [watch] = await ledger.watches.list();
    if (watch?.nextAt === undefined) return round;
    pass(watch.nextAt - carrying.runtime.now());
  }
  return rounds;
}

test("a verifier of others accepts every message, and refuses one that was touched", async () => {
  // It holds the time of a message against the machine's clock.
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  const { ledger, carrying, watch, publish } = await opened();
  const hook = await listening(ok);
  const { id } = await watch(hook.url);
  await publish(3);
  await sendDue(carrying);
  await sendTest(carrying, id);
  const verifier = new Webhook((await ledger.watches.secretOf(id)) ?? "");
  const verify = ({ body, headers }: Received, others: object = {}) =>
    verifier.verify(body, { ...textsOf(headers), ...others });
  expect(hook.received.map((each) => verify(each))).toMatchObject([
    { type: "changes", data: { watch: id, revision: 1, changes: [{ object: "change" }, {}, {}] } },
    { type: "test", data: { watch: id } },
  ]);
  for (const each of hook.received) {
    expect(() => verify({ ...each, body: `${each.body} ` })).toThrow(/signature/i);
    expect(() => verify(each, { "webhook-id": "msg_other" })).toThrow(/signature/i);
    expect(() => verify(each, { "webhook-timestamp": String(NOW / 1_000 - 1) })).toThrow(/signature/i);
  }
});

test("what changed before it was added is not told, and only what is wished for is", async () => {
  const { ledger, carrying, watch, publish } = await opened();
  const hook = await listening(ok);
  await publish(2);
  await watch(hook.url, { gateway: "groq", topics: ["price"], causes: ["upstream"], minChangePercent: "10" });
  const priced = (usd: string) => [{ meter: "input", unit: "token", usd }];
  const move = (after: string) => ({
    kind: "changed" as const,
    topics: ["price"] as const,
    fields: [{ field: "prices", before: priced("0.1"), after: priced(after) }],
  });
  await publish([
    offer(1, move("0.2")),
    offer(2, { ...move("0.2"), cause: "rules" }),
    offer(3, { ...move("0.2"), gateway: "xai" }),
    offer(4, move("0.101")),
    offer(5),
    offer(6, move("0.05")),
  ]);
  await sendDue(carrying);
  const [first, , , , , sixth] = (await ledger.changes({ limit: 99 })).slice(2);
  expect(numbersIn(hook.received)).toEqual([first?.id, sixth?.id]);
  // What nobody wishes for is looked at once.
  await publish(1);
  expect(await ledger.watches.due(NOW)).toHaveLength(1);
  await sendDue(carrying);
  expect(hook.received).toHaveLength(1);
  expect(await ledger.watches.due(NOW)).toEqual([]);
});

test("a message holds changes of one revision, and no more than 50", async () => {
  const { carrying, ledger, watch, publish } = await opened();
  const hook = await listening(ok);
  const { id } = await watch(hook.url);
  await publish(120);
  await publish(2);
  await sendDue(carrying);
  expect((await ledger.watches.log(id, 9)).map(({ changes, revision }) => [changes, revision])).toEqual([
    [2, 2],
    [20, 1],
    [50, 1],
    [50, 1],
  ]);
  expect(numbersIn(hook.received)).toEqual(
    (await ledger.changes({ limit: 999 })).map(({ id: each }) => each),
  );
  expect(new Set(hook.received.map(({ headers }) => headers["webhook-id"])).size).toBe(4);
});

test("what is refused again and again is the same message, and nothing overtakes it", async () => {
  const made = await opened();
  const hook = await listening((reply, count) => void reply.writeHead(count % 3 === 0 ? 200 : 500).end());
  await made.watch(hook.url);
  for (let revision = 0; revision < 4; revision += 1) await made.publish(3);
  await sendAll(made);
  const ids = hook.received.map(({ headers }) => headers["webhook-id"]);
  const bodies = new Map(hook.received.map(({ headers, body }) => [headers["webhook-id"], body]));
  expect(ids).toEqual([...bodies.keys()].flatMap((id) => [id, id, id]));
  for (const { headers, body } of hook.received) expect(body).toBe(bodies.get(headers["webhook-id"]));
  const taken = hook.received.filter((_, index) => index % 3 === 2);
  expect(numbersIn(taken)).toEqual((await made.ledger.changes({ limit: 99 })).map(({ id }) => id));
});

test("a receiver that takes nothing is tried for three days, less and less often, and then paused until it is resumed", async () => {
  const made = await opened();
  let status = 503;
  const hook = await listening((reply) => void reply.writeHead(status).end());
  const { id } = await made.watch(hook.url);
  await made.publish(1);
  await sendAll(made);
  expect(made.carrying.runtime.now() - NOW).toBe(72 * HOUR_MS);
  const log = (await made.ledger.watches.log(id, 99)).toReversed();
  const waits = log.flatMap(({ at }, index) => (index === 0 ? [] : [at - (log[index - 1]?.at ?? 0)]));
  expect(waits.map((ms) => ms / MINUTE_MS)).toEqual([
    5 / 60,
    5,
    30,
    120,
    300,
    600,
    840,
    1_200,
    1_200,
    expect.any(Number),
  ]);
  expect(log.map(({ attempt }) => attempt)).toEqual(log.map((_, index) => index + 1));
  const paused = await made.ledger.watches.one(id);
  expect(paused?.paused?.why).toBe("nothing was taken for three days: status 503");
  expect(made.troubles).toEqual([`watch ${id} is paused: nothing was taken for three days: status 503`]);
  await made.publish(1);
  await sendDue(made.carrying);
  expect(hook.received).toHaveLength(log.length);
  status = 200;
  await made.ledger.watches.resume(id);
  await sendDue(made.carrying);
  expect(numbersIn(hook.received.slice(log.length))).toEqual([1, 2]);
});

test("410 pauses at once", async () => {
  const made = await opened();
  const hook = await listening((reply) => void reply.writeHead(410).end());
  const { id } = await made.watch(hook.url);
  await made.publish(1);
  expect(await sendAll(made)).toBe(1);
  expect((await made.ledger.watches.one(id))?.paused?.why).toContain("410");
});

test("Retry-After is waited for, up to the three days", async () => {
  const made = await opened();
  const hook = await listening((reply, count) => {
    reply.writeHead(429, { "retry-after": count === 1 ? "7200" : "99999999" }).end();
  });
  const { id } = await made.watch(hook.url);
  await made.publish(1);
  await sendDue(made.carrying);
  expect(await made.ledger.watches.one(id)).toMatchObject({ nextAt: NOW + 2 * HOUR_MS });
  made.pass(2 * HOUR_MS);
  await sendDue(made.carrying);
  expect(await made.ledger.watches.one(id)).toMatchObject({ nextAt: NOW + 72 * HOUR_MS });
});

test("a redirect is not followed", async () => {
  const made = await opened();
  const inside = await listening(ok);
  const hook = await listening((reply) => void reply.writeHead(307, { location: inside.url }).end());
  const { id } = await made.watch(hook.url);
  await made.publish(1);
  await sendDue(made.carrying);
  expect(inside.received).toEqual([]);
  expect(await made.ledger.watches.log(id, 1)).toMatchObject([
    { status: 307, error: "a redirect (307), which is not followed" },
  ]);
});

test("a slow receiver is given up after a while, and delays nobody", async () => {
  const made = await opened();
  const slow = await listening(() => undefined);
  const hook = await listening(ok);
  const deadlines: number[] = [];
  const carrying = {
    ...made.carrying,
    runtime: {
      ...made.carrying.runtime,
      deadline: (ms: number) => {
        deadlines.push(ms);
        return AbortSignal.timeout(400);
      },
    },
  };
  const { id } = await made.watch(slow.url);
  await made.watch(hook.url);
  await made.publish(1);
  const sending = sendDue(carrying);
  await vi.waitFor(() => expect(hook.received).toHaveLength(1), { interval: 5 });
  expect(await made.ledger.watches.log(id, 1)).toEqual([]);
  await sending;
  expect(await made.ledger.watches.log(id, 1)).toMatchObject([{ error: "no answer within 15 seconds" }]);
  expect(deadlines).toEqual([15_000, 15_000]);
});

test("a certificate must be of the receiver, and of somebody known", async () => {
  const made = await opened({ resolve: async () => ["127.0.0.1"] });
  const secure = await listening(ok, (handle) => createSecureServer(CERTIFICATE, handle));
  const { port } = new URL(secure.url);
  const told = async (host: string) => {
    const { id } = await made.watch(`https://${host}:${port}/hook`);
    return (await sendTest(made.carrying, id))?.error;
  };
  expect(await told("receiver.example")).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  setDefaultCACertificates([CERTIFICATE.cert]);
  expect(await told("other.example")).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(secure.received).toEqual([]);
  expect(await told("receiver.example")).toBeUndefined();
  expect(secure.received).toHaveLength(1);
});

test("the courier sends what comes while it is up, and stops at once", async () => {
  const made = await opened();
  const hook = await listening((reply, count) => {
    // The third is never answered: whoever stops does not wait for it.
    if (count < 3) ok(reply);
  });
  const { id } = await made.watch(hook.url);
  const stop = new AbortController();
  const courier = startCourier({ ...made.carrying, signal: stop.signal });
  for (const count of [1, 2, 3]) {
    await made.publish(1);
    courier.wake();
    await vi.waitFor(() => expect(hook.received).toHaveLength(count), { interval: 5 });
  }
  stop.abort();
  await courier.stopped;
  // Broken off, not failed: it is sent again with the same id.
  expect(await made.ledger.watches.one(id)).toMatchObject({ failures: 0, position: 2 });
});

test("two who send at once do not send twice", async () => {
  const made = await opened();
  const hook = await listening(ok);
  await made.watch(hook.url);
  await made.publish(60);
  await Promise.all(["a", "b", "c"].map((holder) => sendDue({ ...made.carrying, holder })));
  expect(hook.received).toHaveLength(2);
});

function textsOf(headers: Received["headers"]): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
