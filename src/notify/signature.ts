/** How a message is signed: Standard Webhooks (standardwebhooks.com), symmetric, version 1. Pure. */
import { createHash, createHmac } from "node:crypto";

const PREFIX = "whsec_";

/** A secret as its receiver is given it. */
export function writeSecret(key: Uint8Array): string {
  return PREFIX + Buffer.from(key).toString("base64");
}

/** The headers of one attempt, at a time in milliseconds since 1970. */
export function signedHeaders(
  secret: string,
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: number },
): { readonly [name: string]: string } {
  const seconds = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v1,${signature}` };
}

/** A name for whoever holds this secret, which says nothing of it: two ledgers never send two messages of one id. */
export function nameOf(secret: string): string {
  return createHash("sha256").update(`the name of ${secret}`).digest("hex").slice(0, 12);
}

function keyOf(secret: string): Uint8Array {
  return Buffer.from(secret.slice(PREFIX.length), "base64");
}
