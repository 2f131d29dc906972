/** What the doors need of the program to tell people of changes: handed in by the composition root. */
import type { Delivery, Watch, Wish } from "../domain/watch.ts";

export type WatchCommand =
  | { readonly do: "add"; readonly url: string; readonly wish: Wish }
  | { readonly do: "remove" | "resume" | "test"; readonly watch: number };

export interface WatchResult {
  readonly watch: Watch;
  /** Of one that was added: it is never told again. */
  readonly secret?: string;
  /** Of a test: what came of it. */
  readonly delivery?: Omit<Delivery, "id">;
}

export interface Watches {
  /** Why nothing could ever be sent to this URL; nothing where that must be tried. */
  urlFault(url: string): string | undefined;
  list(): Promise<readonly Watch[]>;
  /** What was sent, the latest first. Throws `UnknownName`. */
  log(watch: number, limit: number): Promise<readonly Delivery[]>;
  /** Throws `UnknownName` where there is no watch of this number. */
  run(command: WatchCommand): Promise<WatchResult>;
}
