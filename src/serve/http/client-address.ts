/** Who asks: the address of the connection, or the one that the proxies in front of us state. */
import { isIP } from "node:net";

/** A client that has one address of version 6 has the 2^64 beside it too. */
const IPV6_GROUPS = 4;
const GROUPS = 8;

/**
 * The client's address as far as it can be believed. Each of the `proxies` in front appended the address that it saw:
 * so many from the end are theirs, and everything before is what anybody may write.
 */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  proxies: number,
): string {
  const direct = networkOf(remote ?? "") ?? "unknown";
  if (proxies === 0 || forwardedFor === undefined) return direct;
  const seen = forwardedFor.split(",").map((each) => each.trim());
  const stated = seen.at(-proxies) ?? seen[0];
  return networkOf(withoutPort(stated ?? "")) ?? direct;
}

/** An address of version 4 whole, of version 6 its network; nothing where the text is no address. */
function networkOf(address: string): string | undefined {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  switch (isIP(bare)) {
    case 4:
      return bare;
    case 6:
      return `${expanded(bare).slice(0, IPV6_GROUPS).join(":")}::/64`;
    default:
      return undefined;
  }
}

function expanded(address: string): readonly string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ""));
}

/** `203.0.113.7:4711` and `[2001:db8::1]:4711`, as some proxies write them. */
function withoutPort(stated: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(stated);
  return bracketed?.[1] ?? stated.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
}
