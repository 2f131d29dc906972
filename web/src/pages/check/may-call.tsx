/** Whether who is signed in may call Inference Providers: which there are, or why not and what to do. */
import type { Invitation } from "../../sign-in/oauth.ts";
import { LeaveButton } from "./leave-button.tsx";
import { ProviderNames } from "./provider-names.tsx";

export function MayCall({ invitation }: { readonly invitation: Invitation | undefined }) {
  return (
    <div className="mt-3 border-t border-line pt-3">
      <h3 className="font-medium">Providers that your account may call</h3>
      <p className="mb-1 text-quiet">
        The permission <code>inference-api</code> was granted.
      </p>
      <ProviderNames />
      <p className="mt-2 text-quiet">
        Hugging Face does not say which of them you have switched off:{" "}
        <At invitation={invitation} path="/settings/inference-providers">
          your settings
        </At>{" "}
        do. A call also needs credit. What this sign-in may do is taken back under{" "}
        <At invitation={invitation} path="/settings/connected-applications">
          connected apps
        </At>
        .
      </p>
    </div>
  );
}

export function MayNotCall({ invitation }: { readonly invitation: Invitation | undefined }) {
  return (
    <div className="mt-3 border-t border-line pt-3">
      <p className="font-medium text-warn">This sign-in may call no provider.</p>
      <p className="my-2 text-quiet">
        It was not given the permission <code>inference-api</code>. It says who you are and shows what you may
        see, but a call with it is refused (403). Sign in again and leave calls to Inference Providers
        allowed. If Hugging Face does not ask you, whoever runs this server adds the permission to its app.
      </p>
      {invitation === undefined ? undefined : (
        <LeaveButton invitation={invitation} how="ask for consent again">
          Sign in again
        </LeaveButton>
      )}
    </div>
  );
}

function At({
  invitation,
  path,
  children,
}: {
  readonly invitation: Invitation | undefined;
  readonly path: string;
  readonly children: string;
}) {
  if (invitation === undefined) return children;
  const { origin } = new URL(invitation.authorization_endpoint);
  return (
    <a className="link" href={origin + path} rel="noreferrer">
      {children}
    </a>
  );
}
