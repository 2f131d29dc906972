/** What the serving thread and its worker say to each other. */
import type { HandedCatalog } from "./catalog/handed.ts";
import type { Decision } from "./domain/decision.ts";
import type { Progress } from "./domain/progress.ts";
import type { Flags } from "./config.ts";
import type { Audience } from "./publish/shelves.ts";
import type { AcceptResult, DecideResult, SyncResult } from "./serve/application.ts";
import type { WatchCommand, WatchResult } from "./serve/watches.ts";

/** What the worker starts with: it reads the settings itself, so that no secret is copied. */
export interface WorkerStart {
  readonly cwd: string;
  readonly flags: Flags;
}

/** What was published, for each audience for which it can be handed over. */
export type Handed = { readonly [audience in Audience]?: HandedCatalog };

/** What a command comes to. */
export type Result = SyncResult | AcceptResult | DecideResult | WatchResult;

export type ToWorker =
  | { readonly kind: "decide"; readonly id: number; readonly decision: Decision }
  | { readonly kind: "withdraw"; readonly id: number; readonly decided: number }
  | { readonly kind: "sync"; readonly id: number; readonly sources: readonly string[] }
  | { readonly kind: "accept"; readonly id: number; readonly run: number }
  | { readonly kind: "watch"; readonly id: number; readonly command: WatchCommand }
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "published"; readonly catalogs: Handed }
  | { readonly kind: "trouble"; readonly message: string }
  | { readonly kind: "done"; readonly id: number; readonly result: Result }
  | {
      readonly kind: "refused";
      readonly id: number;
      readonly unknownName: boolean;
      readonly message: string;
    };
