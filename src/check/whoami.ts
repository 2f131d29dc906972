/** Who a token is, as the Hub's `whoami-v2` states it. Tolerant of what is missing, and of what it will say tomorrow. */
import * as z from "zod";
import { storableText } from "../domain/text.ts";
import { fromIso } from "../kit/wire.ts";

export type TokenKind = "read" | "write" | "fine-grained" | "oauth" | "app" | "other";

export interface Organisation {
  readonly name: string;
  readonly fullName?: string;
  readonly plan?: string;
  readonly role?: string;
  /** `sso`, `mfa`, `ip`, `token-policy`. */
  readonly restrictions?: readonly string[];
}

/** What a fine-grained token may do, and with what: `everything`, or an entity such as `user alice`. */
export interface Grant {
  readonly on: string;
  readonly entity: string;
  readonly permissions: readonly string[];
}

export interface Identity {
  readonly kind: TokenKind;
  /** The name that its owner gave it. */
  readonly tokenName?: string;
  readonly account: {
    readonly type: string;
    readonly name: string;
    readonly fullName?: string;
    readonly isPro?: boolean;
    readonly canPay?: boolean;
  };
  readonly organisations: readonly Organisation[];
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  readonly createdAt?: number;
  /** Of a fine-grained token. */
  readonly grants?: readonly Grant[];
}

const Words = z.array(z.string());
const Maybe = z.string().nullish().catch(undefined);
const Flag = z.boolean().nullish().catch(undefined);

const Org = z.object({
  name: z.string().min(1),
  fullname: Maybe,
  plan: Maybe,
  roleInOrg: Maybe,
  securityRestrictions: Words.nullish().catch(undefined),
});

const Scoped = z.object({
  entity: z.object({ type: z.string(), name: Maybe }),
  permissions: Words,
});

const AccessToken = z.object({
  displayName: Maybe,
  role: Maybe,
  createdAt: Maybe,
  fineGrained: z
    .object({
      global: Words.nullish().catch(undefined),
      scoped: z.array(z.unknown()).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

const Whoami = z.object({
  type: Maybe,
  name: z.string().min(1),
  fullname: Maybe,
  isPro: Flag,
  canPay: Flag,
  orgs: z.array(z.unknown()).nullish().catch(undefined),
  auth: z
    .object({ type: Maybe, expiresAt: Maybe, accessToken: AccessToken.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

const ROLES: { readonly [role: string]: TokenKind } = {
  read: "read",
  write: "write",
  fineGrained: "fine-grained",
};
const AUTHS: { readonly [type: string]: TokenKind } = {
  oauth: "oauth",
  app_token_as_user: "oauth",
  app_token: "app",
};

/** Nothing where the answer does not say who the token is: that proves neither that it is good nor that it is not. */
export function readIdentity(body: unknown): Identity | undefined {
  const { data } = Whoami.safeParse(body);
  if (data === undefined) return undefined;
  const name = storableText(data.name);
  if (name === undefined) return undefined;
  const token = data.auth?.accessToken ?? undefined;
  const grants =
    token?.fineGrained === null || token?.fineGrained === undefined ? undefined : grantsOf(token.fineGrained);
  return {
    kind: kindOf(data.auth?.type, token?.role),
    account: {
      type: text(data.type) ?? "user",
      name,
      ...given("fullName", text(data.fullname)),
      ...given("isPro", data.isPro ?? undefined),
      ...given("canPay", data.canPay ?? undefined),
    },
    organisations: (data.orgs ?? []).flatMap(organisation),
    ...given("tokenName", text(token?.displayName)),
    ...given("expiresAt", fromIso(data.auth?.expiresAt)),
    ...given("createdAt", fromIso(token?.createdAt)),
    ...given("grants", grants),
  };
}

function kindOf(auth: string | null | undefined, role: string | null | undefined): TokenKind {
  return lookedUp(ROLES, role) ?? lookedUp(AUTHS, auth) ?? "other";
}

function lookedUp(table: { readonly [word: string]: TokenKind }, word: string | null | undefined) {
  return typeof word === "string" && Object.hasOwn(table, word) ? table[word] : undefined;
}

function grantsOf({
  global,
  scoped,
}: NonNullable<z.infer<typeof AccessToken>["fineGrained"]>): readonly Grant[] {
  const everything =
    (global ?? []).length === 0 ? [] : [{ on: "everything", entity: "global", permissions: global ?? [] }];
  const each = (scoped ?? []).flatMap((one) => {
    const { data } = Scoped.safeParse(one);
    if (data === undefined) return [];
    const { type, name } = data.entity;
    return [{ on: [type, text(name) ?? ""].join(" ").trim(), entity: type, permissions: data.permissions }];
  });
  return [...everything, ...each];
}

function organisation(one: unknown): readonly Organisation[] {
  const { data } = Org.safeParse(one);
  const name = data === undefined ? undefined : storableText(data.name);
  if (data === undefined || name === undefined) return [];
  return [
    {
      name,
      ...given("fullName", text(data.fullname)),
      ...given("plan", text(data.plan)),
      ...given("role", text(data.roleInOrg)),
      ...given("restrictions", data.securityRestrictions ?? undefined),
    },
  ];
}

function text(value: string | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : storableText(value);
}

/** The field, or nothing at all where it is not stated. */
function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  // One field of this name and type, or none.
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: Value };
}
