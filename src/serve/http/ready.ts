/** Answers that are ready to be sent again: those of the revision that is out, within a bound of memory. */
import type { Shelf } from "../../catalog/catalog.ts";
import type { Coding } from "./coding.ts";

/** An answer as it travels. */
export interface Ready {
  readonly status: 200 | 300;
  readonly type: string;
  readonly coding: Coding;
  readonly tag: string;
  readonly body: Buffer;
}

export interface ReadyAnswers {
  /** The answer under this key where it is at hand, of the shelf that is out: whatever was kept of another is let go. */
  peek(key: string, out: Shelf): Ready | undefined;
  /** The same, made at most once at a time. An answer of a shelf that is not out is made, and not kept. */
  get(key: string, shelf: Shelf, make: () => Promise<Ready>): Promise<Ready>;
}

/** One answer that is larger than this share of the bound would push too many others out. */
const SHARE_MAX = 0.1;

export function createReadyAnswers(bytesMax: number): ReadyAnswers {
  let out: Shelf | undefined;
  let bytes = 0;
  /** The least recently asked first. */
  const answers = new Map<string, Ready>();
  const making = new Map<string, Promise<Ready>>();

  function turnTo(shelf: Shelf): void {
    if (out === shelf) return;
    out = shelf;
    bytes = 0;
    answers.clear();
    making.clear();
  }

  function peek(key: string, shelf: Shelf): Ready | undefined {
    turnTo(shelf);
    const answer = answers.get(key);
    if (answer === undefined) return undefined;
    answers.delete(key);
    answers.set(key, answer);
    return answer;
  }

  function keep(key: string, shelf: Shelf, answer: Ready): void {
    if (out !== shelf || answer.body.length > bytesMax * SHARE_MAX) return;
    bytes += answer.body.length;
    answers.set(key, answer);
    for (const [oldest, { body }] of answers) {
      if (bytes <= bytesMax) return;
      answers.delete(oldest);
      bytes -= body.length;
    }
  }

  return {
    peek,
    get: async (key, shelf, make) => {
      if (shelf !== out) return make();
      const answer = peek(key, shelf);
      if (answer !== undefined) return answer;
      const before = making.get(key);
      if (before !== undefined) return before;
      const made = make();
      making.set(key, made);
      try {
        const fresh = await made;
        keep(key, shelf, fresh);
        return fresh;
      } finally {
        if (making.get(key) === made) making.delete(key);
      }
    },
  };
}
