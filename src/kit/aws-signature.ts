/** AWS Signature Version 4 of a GET without a body: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHash, createHmac } from "node:crypto";

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Beside keys that were lent for a time. */
  readonly sessionToken?: string | undefined;
}

export interface AwsScope {
  readonly service: string;
  readonly region: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** The headers that sign a GET of `url` at `now` (milliseconds since 1970); they hold for a few minutes. */
export function awsSignature(
  url: URL,
  { service, region }: AwsScope,
  keys: AwsKeys,
  now: number,
): { readonly [name: string]: string } {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const sent = {
    "x-amz-date": time,
    ...(keys.sessionToken === undefined ? {} : { "x-amz-security-token": keys.sessionToken }),
  };
  const signed = Object.entries({ host: url.host, ...sent });
  const names = signed.map(([name]) => name).join(";");
  const request = [
    "GET",
    canonicalPath(url),
    canonicalQuery(url),
    ...signed.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    sha256(""),
  ].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(
    (secret, step) => hmac(secret, step),
    `AWS4${keys.secretAccessKey}`,
  );
  const signature = hmac(key, [ALGORITHM, time, scope, sha256(request)].join("\n")).toString("hex");
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Every service but S3 signs the path as it is sent, encoded once more. */
function canonicalPath(url: URL): string {
  return url.pathname.split("/").map(encoded).join("/");
}

/** Sorted by name and then by value, as they are encoded. */
function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
}

/** RFC 3986: everything but unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
