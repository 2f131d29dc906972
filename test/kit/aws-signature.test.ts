import { describe, expect, test } from "vitest";
import { awsSignature } from "../../src/kit/aws-signature.ts";

/** The keys, the scope and the moment of AWS's published test suite for Signature Version 4. */
const KEYS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const SCOPE = { service: "service", region: "us-east-1" };
const UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const NOW = Date.UTC(2015, 7, 30, 12, 36, 0);

function authorizationOf(url: string): string | undefined {
  return awsSignature(new URL(url), SCOPE, KEYS, NOW)["authorization"];
}

describe("a signed GET", () => {
  test.each([
    ["get-vanilla", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    [
      "get-vanilla-query-order-key-case",
      "/?Param2=value2&Param1=value1",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ],
    ["get-vanilla-utf8-query", "/?ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"],
    ["get-unreserved", `/${UNRESERVED}`, "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"],
  ])("is signed as AWS's test suite has it: %s", (_name, path, signature) => {
    expect(authorizationOf(`https://example.amazonaws.com${path}`)).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
        `SignedHeaders=host;x-amz-date, Signature=${signature}`,
    );
  });

  test("carries the moment that it signs", () => {
    expect(awsSignature(new URL("https://example.amazonaws.com/"), SCOPE, KEYS, NOW)["x-amz-date"]).toBe(
      "20150830T123600Z",
    );
  });

  test("signs a lent key's token too", () => {
    const keys = { ...KEYS, sessionToken: "lent" };
    const headers = awsSignature(new URL("https://example.amazonaws.com/"), SCOPE, keys, NOW);
    expect(headers["x-amz-security-token"]).toBe("lent");
    expect(headers["authorization"]).toContain("SignedHeaders=host;x-amz-date;x-amz-security-token,");
    expect(headers["authorization"]).not.toBe(authorizationOf("https://example.amazonaws.com/"));
  });

  test("never carries the secret", () => {
    const headers = awsSignature(new URL("https://example.amazonaws.com/"), SCOPE, KEYS, NOW);
    expect(JSON.stringify(headers)).not.toContain(KEYS.secretAccessKey);
  });
});
