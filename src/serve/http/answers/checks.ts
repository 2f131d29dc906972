/** The answers of live checks, in the words of the API. A field that is undefined is not in the JSON. */
import type { AvailableModels } from "../../../check/available.ts";
import type { ModelCheck } from "../../../check/checks.ts";
import type { Providers } from "../../../check/providers.ts";
import type { Exchanged, Invitation } from "../../../check/sign-in.ts";
import type { TokenCheck } from "../../../check/token.ts";
import { instant, listOf, single } from "./envelope.ts";

export function providerList({ providers, from, at, trouble }: Providers): Buffer {
  const documents = providers.map(({ id, name, live, staging, error, tasks }) => ({
    id,
    object: "provider",
    name: name ?? id,
    gateway: "huggingface",
    live,
    staging,
    error,
    tasks,
  }));
  const tail = { total: documents.length, has_more: false, from, as_of: instant(at) };
  return listOf(documents, trouble.length === 0 ? tail : { ...tail, trouble });
}

export function availableList({ models, total, isAll, from, at }: AvailableModels): Buffer {
  const documents = models.map(({ id, providers }) => ({
    id,
    object: "model",
    providers: providers.map(mappingDocument),
  }));
  return listOf(documents, {
    ...(total === undefined ? {} : { total }),
    has_more: !isAll,
    from: [from],
    as_of: instant(at),
  });
}

export function modelCheck(check: ModelCheck): Buffer {
  return single({
    object: "model_check",
    model: check.model,
    renamed_from: check.renamedFrom,
    provider: check.provider,
    task: check.task,
    verdict: check.verdict,
    reason: check.reason,
    mode: check.mode,
    passes: check.passes,
    served_by: check.servedBy,
    mapping: check.mapping.map(mappingDocument),
    gated: check.gated,
    seen_as: check.seenAs,
    token_refused: check.tokenRefused,
    last_known: check.lastKnown,
    unread: check.unread,
    as_of: instant(check.at),
  });
}

export function tokenCheck(check: TokenCheck): Buffer {
  const head = { object: "token_check", verdict: check.verdict };
  const checked = { checked_at: instant(check.checkedAt) };
  if (check.verdict !== "valid") {
    const { reason, retryAfterMs } = check;
    const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1_000);
    return single({ ...head, reason, retry_after_seconds: seconds, ...checked });
  }
  const { account, organisations, mayCallInferenceProviders: may } = check;
  return single({
    ...head,
    kind: check.kind,
    token_name: check.tokenName,
    account: {
      type: account.type,
      name: account.name,
      full_name: account.fullName,
      is_pro: account.isPro,
      can_pay: account.canPay,
    },
    organisations: organisations.map(({ name, fullName, plan, role, restrictions }) => ({
      name,
      full_name: fullName,
      plan,
      role,
      restrictions,
    })),
    created_at: dated(check.createdAt),
    expires_at: dated(check.expiresAt),
    scopes: check.scopes?.words,
    scopes_from: check.scopes?.from,
    grants: check.grants?.map(({ on, permissions }) => ({ on, permissions })),
    inference_providers: { may_call: may.verdict, evidence: may.evidence },
    ...checked,
  });
}

export function signIn(invitation: Invitation | undefined, redirectPath: string): Buffer {
  if (invitation === undefined) return single({ object: "sign_in", available: false });
  const { authorizationEndpoint, clientId, scope } = invitation;
  return single({
    object: "sign_in",
    available: true,
    authorization_endpoint: authorizationEndpoint,
    client_id: clientId,
    scope,
    redirect_path: redirectPath,
  });
}

export function signedIn({
  token,
  scope,
  expiresAt,
}: Extract<Exchanged, { readonly verdict: "signed-in" }>): Buffer {
  return single({ object: "signed_in", access_token: token, scope, expires_at: dated(expiresAt) });
}

function mappingDocument({
  provider,
  status,
  providerId,
  task,
  adapter,
}: ModelCheck["mapping"][number]): object {
  return { provider, status, provider_id: providerId, task, adapter };
}

function dated(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : instant(ms);
}
