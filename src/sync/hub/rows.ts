/** From the items of a page to rows of the ledger; an item that makes no sense is set apart, alone. */
import { finishHubModel, type HubRow } from "../../domain/hub-model.ts";
import type { Finding } from "../../domain/finding.ts";
import { idFault, storableText } from "../../domain/text.ts";
import { itemIdOf } from "../../kit/map.ts";
import type { HubSource } from "./job.ts";

export interface HubRows {
  readonly rows: readonly HubRow[];
  readonly rejected: readonly Finding[];
  /** Of the rejected, those that do not even tell which model they are. */
  readonly unknownItems: number;
}

export function rowsOf(source: HubSource, items: readonly unknown[]): HubRows {
  const rows: HubRow[] = [];
  const rejected: Finding[] = [];
  let unknownItems = 0;
  for (const [index, item] of items.entries()) {
    const row = rowOf(source, item);
    if (!("fault" in row)) {
      rows.push(row);
      continue;
    }
    const id = itemIdOf(source, item);
    const isTold = id !== undefined && idFault(id) === undefined;
    // It is listed, though it cannot be read: whoever looks for what is missing must meet it.
    if (isTold) rows.push({ id });
    else unknownItems += 1;
    rejected.push({
      kind: "rejected-item",
      subject: (isTold ? storableText(id) : undefined) ?? `/${index}`,
      pointer: `/${index}`,
      message: storableText(row.fault) ?? "does not fit",
    });
  }
  return { rows, rejected, unknownItems };
}

export function rowOf(source: HubSource, item: unknown): HubRow | { readonly fault: string } {
  const parsed = source.item.safeParse(item);
  if (parsed.success) return finishHubModel(source.crawl.model(parsed.data));
  const [issue] = parsed.error.issues;
  return { fault: `${(issue?.path ?? []).join("/")}: ${issue?.message ?? "does not fit"}` };
}
