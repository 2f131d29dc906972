/** How a source proves who asks: which header, from which settings. The credential itself never enters a source file. */
import { awsSignature } from "./aws-signature.ts";

export interface Auth {
  readonly header: string;
  /** Before the credential: `Bearer `. */
  readonly prefix: string;
  /** The environment's names for it, the first set one wins; empty where no credential exists. */
  readonly names: readonly string[];
  /** True where the list can also be read without it. */
  readonly optional: boolean;
  /** The AWS service for which each request is signed instead, where the credential is not set and AWS's keys are. */
  readonly awsService?: string;
}

/** The list is public and takes no credential. */
export const noAuth: Auth = { header: "", prefix: "", names: [], optional: true };

/** `Authorization: Bearer …` */
export function bearer(name: string, ...aliases: readonly string[]): Auth {
  return { header: "authorization", prefix: "Bearer ", names: [name, ...aliases], optional: false };
}

/** The credential alone in a header of the upstream's own. */
export function header(headerName: string, name: string, ...aliases: readonly string[]): Auth {
  return { header: headerName.toLowerCase(), prefix: "", names: [name, ...aliases], optional: false };
}

/** The same, but the list can be read without it. */
export function optional(auth: Auth): Auth {
  return { ...auth, optional: true };
}

/** The same, or a signature with AWS's keys, under the names that AWS's own tools read. */
export function awsSigV4(service: string, auth: Auth): Auth {
  return { ...auth, awsService: service };
}

/** What the operator set under one of these names. */
export type Setting = (names: readonly string[]) => string | undefined;

/** What proves who asks: a text for the header, or what signs each request anew, because a signature ages. */
export type Credential = string | ((url: URL, now: number) => { readonly [name: string]: string });

/** The credential that the operator set for a source, if he did. */
export function credentialOf({ names, awsService }: Auth, setting: Setting): Credential | undefined {
  const credential = setting(names);
  if (credential !== undefined || awsService === undefined) return credential;
  const accessKeyId = setting(["AWS_ACCESS_KEY_ID"]);
  const secretAccessKey = setting(["AWS_SECRET_ACCESS_KEY"]);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const keys = { accessKeyId, secretAccessKey, sessionToken: setting(["AWS_SESSION_TOKEN"]) };
  return (url, now) => awsSignature(url, { service: awsService, region: regionOf(url) }, keys, now);
}

/** What is not set, in words. */
export function credentialNames({ names, awsService }: Auth): string {
  const own = names.join(" or ");
  return awsService === undefined ? own : `${own}, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY,`;
}

/** An endpoint of AWS is `<service>.<region>.amazonaws.com`. */
function regionOf(url: URL): string {
  return url.hostname.split(".")[1] ?? "";
}
