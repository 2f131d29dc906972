/** What the serving thread and its worker say to each other. */
import type { Progress } from "./domain/progress.ts";
import type { Flags } from "./config.ts";
import type { AcceptResult, SyncResult } from "./serve/application.ts";

/** What the worker starts with: it reads the settings itself, so that no secret is copied. */
export interface WorkerStart {
  readonly cwd: string;
  readonly flags: Flags;
}

export type ToWorker =
  | { readonly kind: "sync"; readonly id: number; readonly sources: readonly string[] }
  | { readonly kind: "accept"; readonly id: number; readonly run: number }
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "published" }
  | { readonly kind: "trouble"; readonly message: string }
  | { readonly kind: "done"; readonly id: number; readonly result: SyncResult | AcceptResult }
  | {
      readonly kind: "refused";
      readonly id: number;
      readonly unknownName: boolean;
      readonly message: string;
    };
