/** The answers of live checks about Hugging Face. */
import * as z from "zod";
import { MODES, VERDICTS } from "../../../check/verdict.ts";
import { Count, Instant, named, page, Total } from "./named.ts";

export const Provider = named(
  "Provider",
  z.strictObject({
    id: z.string(),
    object: z.literal("provider"),
    name: z.string(),
    gateway: z.literal("huggingface"),
    live: Count.optional(),
    staging: Count.optional(),
    error: Count.optional(),
    tasks: z.array(z.string()),
  }),
);
export type Provider = z.infer<typeof Provider>;

export const ProviderList = named(
  "ProviderList",
  page(Provider, {
    total: Total,
    from: z.array(z.string()).describe("Where this is known from."),
    as_of: Instant,
    trouble: z.array(z.string()).describe("What did not answer.").optional(),
  }),
);

const Served = named(
  "Served",
  z
    .strictObject({
      provider: z.string(),
      status: z.string(),
      provider_id: z.string().optional(),
      task: z.string().optional(),
      adapter: z.string().optional(),
    })
    .describe("One provider's serving of a model, in the Hub's words."),
);

export const AvailableList = named(
  "AvailableList",
  page(z.strictObject({ id: z.string(), object: z.literal("model"), providers: z.array(Served) }), {
    total: Total.optional(),
    from: z.array(z.string()).describe("Where this is known from."),
    as_of: Instant,
  }),
);

// The keys of a table of verdicts are verdicts.
const verdicts = Object.keys(VERDICTS) as (keyof typeof VERDICTS)[];

export const ModelCheck = named(
  "ModelCheck",
  z.strictObject({
    object: z.literal("model_check"),
    model: z.string(),
    renamed_from: z.string().optional(),
    provider: z.string(),
    task: z.string().optional(),
    verdict: z.enum(verdicts),
    reason: z.string(),
    mode: z.enum(MODES),
    passes: z.boolean().describe("Absent where a strict check cannot tell.").optional(),
    served_by: z.array(z.string()),
    mapping: z.array(Served),
    gated: z.string().optional(),
    seen_as: z.enum(["everybody", "the caller"]),
    token_refused: z.literal(true).optional(),
    last_known: z.strictObject({ status: z.string() }).optional(),
    unread: Count.optional(),
    as_of: Instant,
  }),
);
export type ModelCheck = z.infer<typeof ModelCheck>;

const Invalid = z.strictObject({
  object: z.literal("token_check"),
  verdict: z.enum(["invalid", "unknown"]),
  reason: z.string(),
  retry_after_seconds: Count.optional(),
  checked_at: Instant,
});

const Valid = z.strictObject({
  object: z.literal("token_check"),
  verdict: z.literal("valid"),
  kind: z.enum(["read", "write", "fine-grained", "oauth", "app", "other"]),
  token_name: z.string().optional(),
  account: z.strictObject({
    type: z.string(),
    name: z.string(),
    full_name: z.string().optional(),
    is_pro: z.boolean().optional(),
    can_pay: z.boolean().optional(),
  }),
  organisations: z.array(
    z.strictObject({
      name: z.string(),
      full_name: z.string().optional(),
      plan: z.string().optional(),
      role: z.string().optional(),
      restrictions: z.array(z.string()).optional(),
    }),
  ),
  created_at: Instant.optional(),
  expires_at: Instant.optional(),
  scopes: z.array(z.string()).optional(),
  scopes_from: z.string().optional(),
  grants: z.array(z.strictObject({ on: z.string(), permissions: z.array(z.string()) })).optional(),
  inference_providers: z.strictObject({ may_call: z.enum(["yes", "no", "unknown"]), evidence: z.string() }),
  checked_at: Instant,
});

export const TokenCheck = named("TokenCheck", z.discriminatedUnion("verdict", [Valid, Invalid]));
export type TokenCheck = z.infer<typeof TokenCheck>;

/** With fields in the words of OAuth 2.0 (RFC 6749, RFC 7636). */
const Invitation = z.strictObject({
  object: z.literal("sign_in"),
  available: z.literal(true),
  authorization_endpoint: z.string().describe("Where a browser asks for a code, with PKCE (S256)."),
  client_id: z.string(),
  scope: z.string().describe("What to ask for."),
  redirect_path: z.string().describe("Where the browser comes back to, below the origin that it left."),
});

const NoInvitation = z.strictObject({ object: z.literal("sign_in"), available: z.literal(false) });

export const SignIn = named("SignIn", z.discriminatedUnion("available", [Invitation, NoInvitation]));

export const SignedIn = named(
  "SignedIn",
  z.strictObject({
    object: z.literal("signed_in"),
    access_token: z.string(),
    scope: z.string().describe("What was granted."),
    expires_at: Instant.optional(),
  }),
);
