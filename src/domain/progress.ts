/** What happens during a sync, as screens and logs follow it. */
import type { Report } from "./run.ts";

export type Progress =
  | { readonly kind: "started"; readonly source: string; readonly rowsExpected?: number }
  | {
      readonly kind: "page";
      readonly source: string;
      readonly rows: number;
      readonly pages: number;
      readonly bytes: number;
      readonly rowsExpected?: number;
    }
  /** The list has ended: its rows are put in their place. */
  | {
      readonly kind: "placing";
      readonly source: string;
      readonly rows: number;
      readonly rowsExpected: number;
    }
  | { readonly kind: "waiting"; readonly source: string; readonly ms: number; readonly why: string }
  | { readonly kind: "finished"; readonly source: string; readonly report: Report }
  | {
      readonly kind: "published";
      readonly revision: number;
      readonly models: number;
      readonly offers: number;
    };

export type OnProgress = (progress: Progress) => void;
