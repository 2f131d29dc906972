/** `modeldex token`: whether a Hugging Face token is good, and what it may do. It is never typed: a shell remembers what is. */
import type { TokenCheck } from "../../../check/token.ts";
import { tokenCheck } from "../../http/answers/checks.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { minute } from "../words.ts";

const EXIT: { readonly [verdict in TokenCheck["verdict"]]: ExitCode } = { valid: 0, invalid: 1, unknown: 3 };
const LABEL_CELLS = 20;

export async function token(host: Host, flags: Flags): Promise<ExitCode> {
  const settings = settingFlags(flags);
  const given = flags["stdin"] === true ? await host.readInput() : host.hubToken(settings);
  if (given === undefined || given === "")
    throw new UsageError("there is no token: set HF_TOKEN or HUG_API_KEY, or pipe one in with --stdin");
  const scope = typeof flags["scope"] === "string" ? flags["scope"] : undefined;
  return withApplication(host.open.reading(settings), async (application) => {
    const check = await application.checks.validateToken(given, { scope });
    if (flags["json"] === true) printJson(host, tokenCheck(check));
    else host.out.write(text(host, check));
    return EXIT[check.verdict];
  });
}

function text(host: Host, check: TokenCheck): string {
  const { green, red, yellow } = host.out.colours;
  if (check.verdict !== "valid") {
    const colour = check.verdict === "invalid" ? red : yellow;
    return `${colour(check.verdict)}: ${plain(check.reason)}\n`;
  }
  const { account, organisations, expiresAt, scopes, mayCallInferenceProviders: may } = check;
  const stated: readonly (readonly [label: string, text: string | undefined])[] = [
    ["kind", check.kind],
    ["name", check.tokenName],
    [account.type, account.name],
    ["organisations", listed(organisations.map(({ name }) => name))],
    ["expires", expiresAt === undefined ? undefined : `${minute(new Date(expiresAt).toISOString())} UTC`],
    ["scopes", scopes === undefined ? undefined : `${listed(scopes.words) ?? "none"} (by ${scopes.from})`],
    ["Inference Providers", `${may.verdict}: ${may.evidence}`],
  ];
  const lines = stated.flatMap(([label, value]) =>
    value === undefined ? [] : [`  ${plain(label).padEnd(LABEL_CELLS)}${plain(value)}\n`],
  );
  return `${green("valid")}\n${lines.join("")}`;
}

function listed(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.join(", ");
}
