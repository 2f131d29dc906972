/** Where a request may go whose address somebody typed: to the public internet; to one's own networks by explicit setting. Pure. */
import { BlockList, isIP, isIPv4 } from "node:net";

/** `private`: private networks and this machine too. */
export type Reach = "public" | "private";

const ALLOW_PRIVATE = "MODELDEX_WEBHOOK_PRIVATE=1 allows it";

/** One's own: private use, carriers' shared space (which overlay networks use), this machine. */
const PRIVATE_4 = listOf("ipv4", [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
]);
const PRIVATE_6 = listOf("ipv6", ["::1/128", "fc00::/7"]);

/**
 * Never: IANA's registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry and -ipv6-), multicast, and
 * where clouds keep what their machines may know: 169.254.169.254 and its kin.
 */
const SPECIAL_4 = listOf("ipv4", [
  "0.0.0.0/8",
  "100.100.100.200/32",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);
const SPECIAL_6 = listOf("ipv6", [
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
  "fd00:ec2::/32",
]);
/** All that was ever given out as public; whatever lies outside (mapped, translated, link-local, multicast …) is not. */
const PUBLIC_6 = listOf("ipv6", ["2000::/3"]);

/** Why a request by this protocol must not go to this address; nothing where it may. */
export function addressFault(address: string, protocol: string, reach: Reach): string | undefined {
  const kind = kindOf(address);
  if (kind === "special") return `${address} is no address of a server: it serves a special purpose`;
  if (kind === "private")
    return reach === "private" ? undefined : `${address} lies in a private network; ${ALLOW_PRIVATE}`;
  return protocol === "https:" ? undefined : `${address} is public: only https goes there`;
}

/** Why nothing can be sent to this URL, as far as it says so itself: a name is looked up when it is connected to. */
export function urlFault(text: string, reach: Reach): string | undefined {
  if (!URL.canParse(text)) return "it is no URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return "it is no https URL";
  if (username !== "" || password !== "") return "it holds a user or a password";
  const host = hostOf(hostname);
  if (isIP(host) !== 0) return addressFault(host, protocol, reach);
  if (reach === "private") return undefined;
  if (protocol === "http:")
    return `only https goes over the public internet; for a private network, ${ALLOW_PRIVATE}`;
  return /(^|\.)localhost\.?$/.test(host) ? `${host} is this machine; ${ALLOW_PRIVATE}` : undefined;
}

/** Without the brackets around an address of version 6. */
export function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function kindOf(address: string): "public" | "private" | "special" {
  const family = isIPv4(address) ? "ipv4" : "ipv6";
  // A zone names a link of this machine.
  if (isIP(address) === 0 || address.includes("%")) return "special";
  const [special, own] = family === "ipv4" ? [SPECIAL_4, PRIVATE_4] : [SPECIAL_6, PRIVATE_6];
  if (special.check(address, family)) return "special";
  if (own.check(address, family)) return "private";
  return family === "ipv4" || PUBLIC_6.check(address, family) ? "public" : "special";
}

function listOf(family: "ipv4" | "ipv6", subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
