/** The line below a list: which part of how much it was, and what to ask next. */
import type { ListDocument } from "./documents.ts";
import { count, counted } from "./words.ts";

interface About {
  readonly noun: string;
  /** Of the page, where it began at none. */
  readonly cursor?: string | undefined;
  readonly offset: number;
  readonly filtered: boolean;
}

export function footer(list: ListDocument<unknown>, { noun, cursor, offset, filtered }: About): string {
  const total = list.total ?? 0;
  const shown = list.data.length;
  const revision = list.revision === undefined ? "" : `, revision ${list.revision}`;
  if (total === 0) {
    return filtered
      ? `no ${noun} fits; ask with less: fewer words, fewer filters, another --gateway (modeldex sources lists them)\n`
      : `no ${noun} is known yet; read some with: modeldex sync\n`;
  }
  if (cursor !== undefined) {
    const further = list.next_cursor === undefined ? "" : `; next: --cursor ${list.next_cursor}`;
    return `${count(shown)} of ${counted(total, noun)}${revision}${further}\n`;
  }
  if (shown === 0) return `there are ${counted(total, noun)}, all before --offset ${offset}\n`;
  const range =
    shown === total
      ? counted(total, noun)
      : `${count(offset + 1)}–${count(offset + shown)} of ${counted(total, noun)}`;
  const next = list.has_more ? `; next: --offset ${offset + shown}` : "";
  return `${range}${revision}${next}\n`;
}
