/** The button that leaves for the provider's page. */
import { useState } from "react";
import { leave, type Invitation } from "../../sign-in/oauth.ts";

export function LeaveButton({
  invitation,
  how,
  children,
}: {
  readonly invitation: Invitation;
  readonly how?: "ask for consent again";
  readonly children: string;
}) {
  const [isRefused, setRefused] = useState(false);
  const go = async () => {
    try {
      await leave(invitation, how);
    } catch {
      setRefused(true);
    }
  };
  return (
    <>
      <button type="button" className="button-strong" onClick={() => void go()}>
        {children}
      </button>
      {isRefused ? (
        <p role="alert" className="mt-2 text-warn">
          Your browser keeps nothing for this page, and without that no sign-in finds its way back: allow it
          to store data for this site.
        </p>
      ) : undefined}
    </>
  );
}
