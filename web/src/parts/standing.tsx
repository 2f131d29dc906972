/** What stands where there is nothing to show: not yet, not at all, or not any more. */
import type { ReactNode } from "react";
import { Problem } from "../api/ask.ts";

export function Loading({ what }: { readonly what: string }) {
  return (
    <p role="status" className="p-6 text-quiet">
      Loading {what} …
    </p>
  );
}

export function Nothing({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <section className="mx-auto max-w-xl p-8 text-center">
      <h1 className="mb-2 text-[16px] font-semibold">{title}</h1>
      <p className="text-quiet">{children}</p>
    </section>
  );
}

/** An error in the server's own words, and what one can do. */
export function Failed({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const status = error instanceof Problem && error.status > 0 ? ` (${error.status})` : "";
  return (
    <section role="alert" className="m-4 rounded-lg border border-bad/50 p-4">
      <h2 className="font-semibold text-bad">
        {error instanceof Problem ? error.title : "Something went wrong"}
        {status}
      </h2>
      <p className="mt-1 text-quiet">{error.message}</p>
      {again === undefined ? undefined : (
        <button type="button" className="button mt-3" onClick={again}>
          Try again
        </button>
      )}
    </section>
  );
}
