/** Who is signed in with Hugging Face. The token is in this page's memory and nowhere else, and gone with the page. */
import { useSyncExternalStore } from "react";
import { ask, Problem } from "../api/ask.ts";
import { takeReturn } from "./oauth.ts";

export interface SignedIn {
  readonly token: string;
  /** What was granted. */
  readonly scope: string;
  /** Tells one sign-in from the next without saying anything of it. */
  readonly number: number;
}

export type Standing =
  | { readonly kind: "out"; readonly why?: string }
  | { readonly kind: "arriving" }
  | ({ readonly kind: "in" } & SignedIn);

interface Exchanged {
  readonly access_token: string;
  readonly scope: string;
}

const listeners = new Set<() => void>();
let standing: Standing = { kind: "out" };
let signIns = 0;

export function useStanding(): Standing {
  return useSyncExternalStore(follow, () => standing);
}

/** Nothing where nobody is. */
export function useSignedIn(): SignedIn | undefined {
  const now = useStanding();
  return now.kind === "in" ? now : undefined;
}

/** The header that shows a route who asks. */
export function proofOf(signedIn: SignedIn | undefined): { readonly [name: string]: string } {
  return signedIn === undefined ? {} : { authorization: `Bearer ${signedIn.token}` };
}

export function signOut(): void {
  change({ kind: "out" });
}

/** Exchanges the code that the address holds, where it holds one. A second call finds nothing. */
export async function arrive(): Promise<void> {
  const back = takeReturn();
  if (back === undefined) return;
  if (back.code === undefined) {
    change({ kind: "out", why: back.why });
    return;
  }
  change({ kind: "arriving" });
  try {
    const { code, verifier, redirectUri } = back;
    const { access_token: token, scope } = await ask<Exchanged>("/v1/sign-in/token", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, code_verifier: verifier, redirect_uri: redirectUri }),
    });
    signIns += 1;
    change({ kind: "in", token, scope, number: signIns });
  } catch (error) {
    change({ kind: "out", why: whyOf(error) });
  }
}

function whyOf(error: unknown): string {
  if (error instanceof Problem) return `${error.title}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function change(next: Standing): void {
  standing = next;
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
