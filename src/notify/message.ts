/** What is sent to a watch: the changes of one revision that it wishes for, or a test. The same changes are always the same message. */
import type { Watch } from "../domain/watch.ts";
import type { Ledger, StoredChange } from "../ledger/ledger.ts";
import { changeDocument } from "./change-document.ts";
import { nameOf } from "./signature.ts";
import { isWished, queryOf } from "./wish.ts";

/** Receivers expect small messages: what a revision brings beyond this comes in the next one. */
const CHANGES_MAX = 50;
/** Changes that are looked at at once. */
const PAGE_CHANGES = 1_000;

export interface Message {
  readonly id: string;
  readonly kind: "changes" | "test";
  readonly changes: number;
  readonly revision?: number;
  readonly body: string;
}

export interface Next {
  /** Absent where nothing more is wished for, up to the position. */
  readonly message?: Message;
  /** Where the watch is once that is received. */
  readonly position: number;
}

/** As it was written down, and without what an import told of the past. */
const NEWS = { by: "number", imported: false } as const;

/** The first message after the watch's position. */
export async function nextMessage(
  ledger: Pick<Ledger, "changes">,
  { id, wish, position }: Watch,
  secret: string,
): Promise<Next> {
  // Asked before the changes are: what comes meanwhile is looked at the next time.
  const [newest] = await ledger.changes({ by: "number", order: "desc", limit: 1 });
  let afterId = position;
  let page: readonly StoredChange[];
  do {
    page = await ledger.changes({ ...queryOf(wish), ...NEWS, afterId, limit: PAGE_CHANGES });
    const wished = page.filter((change) => isWished(change, wish));
    const changes = wished.filter(({ revision }) => revision === wished[0]?.revision).slice(0, CHANGES_MAX);
    const [first, last] = [changes[0], changes.at(-1)];
    if (first !== undefined && last !== undefined)
      return { message: messageOf(id, secret, changes, first, last), position: last.id };
    afterId = page.at(-1)?.id ?? afterId;
  } while (page.length === PAGE_CHANGES);
  return { position: Math.max(position, newest?.id ?? 0, afterId) };
}

export function testMessage({ id }: Watch, secret: string, at: number): Message {
  return {
    id: `msg_${nameOf(secret)}_test_${at}`,
    kind: "test",
    changes: 0,
    body: bodyOf("test", at, { watch: id }),
  };
}

function messageOf(
  watch: number,
  secret: string,
  changes: readonly StoredChange[],
  { id, revision, at }: StoredChange,
  last: StoredChange,
): Message {
  return {
    id: `msg_${nameOf(secret)}_${id}_${last.id}`,
    kind: "changes",
    changes: changes.length,
    revision,
    body: bodyOf("changes", at, { watch, revision, changes: changes.map(changeDocument) }),
  };
}

function bodyOf(type: Message["kind"], at: number, content: object): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: content });
}
